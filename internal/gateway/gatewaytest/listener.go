package gatewaytest

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"sluice/internal/gateway/spelling"
)

// Listener is a front behind a real listener.
type Listener struct {
	URL, Addr string       // of the listener: http://ADDR, HOST:PORT
	Client    *http.Client // which reaches it under every host name
}

// Listen lets a front listen until the test ends.
func Listen(t *testing.T, front http.Handler) *Listener {
	t.Helper()
	server := httptest.NewUnstartedServer(front)
	server.Listener, server.Config.ConnContext = spelling.Listener{Listener: server.Listener}, spelling.Context
	server.Start()
	t.Cleanup(server.Close)
	l := &Listener{URL: server.URL, Addr: server.Listener.Addr().String()}
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, l.Addr)
	}
	transport := &http.Transport{DialContext: dial, DisableCompression: true}
	t.Cleanup(transport.CloseIdleConnections)
	l.Client = &http.Client{Transport: transport}
	return l
}

// Reply is an answer with its whole body.
type Reply struct {
	*http.Response
	Text string
}

// Ask sends a request; header are names and values.
func (l *Listener) Ask(t *testing.T, method, url string, body io.Reader, header ...string) Reply {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	return l.Do(t, r)
}

// Do sends a request.
func (l *Listener) Do(t *testing.T, r *http.Request) Reply {
	t.Helper()
	response, err := l.Client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, response)
}

// Open sends a request and leaves the answer's body to be read; it is closed when the test ends.
func (l *Listener) Open(t *testing.T, url string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	response, err := l.Client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { response.Body.Close() })
	return response
}

// Raw sends text over a connection of its own and reads the answer's status and body.
func (l *Listener) Raw(t *testing.T, text string) string {
	t.Helper()
	connection, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", l.Addr)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = connection.Close() }()
	if _, err := io.WriteString(connection, text); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(connection), nil)
	if err != nil {
		t.Fatal(err)
	}
	got := read(t, response)
	return fmt.Sprint(got.StatusCode, " ", got.Text)
}

func read(t *testing.T, response *http.Response) Reply {
	t.Helper()
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return Reply{response, string(body)}
}

// Want checks an answer's status, one of its headers and its body.
func (r Reply) Want(t *testing.T, header, want string) {
	t.Helper()
	if got := fmt.Sprintf("%d %s %s", r.StatusCode, r.Header.Get(header), r.Text); got != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
}
