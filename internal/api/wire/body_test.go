package wire_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// dial starts the fixture on a real listener, since what happens to broken bodies is net/http's business as well.
func dial(t *testing.T) net.Conn {
	t.Helper()
	server := httptest.NewServer(newFixture().server)
	t.Cleanup(server.Close)
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return conn
}

// head is the beginning of a signed invocation, up to its body.
func head(t *testing.T, body string) string {
	t.Helper()
	req := ask{method: "POST", path: things + "/f/invocations", body: body}.request(t)
	var b bytes.Buffer
	if err := req.Write(&b); err != nil {
		t.Fatal(err)
	}
	text, _, _ := strings.Cut(b.String(), "\r\n\r\n")
	return text + "\r\n\r\n"
}

func reply(t *testing.T, conn net.Conn) (int, string) {
	t.Helper()
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header.Get("X-Amzn-Errortype") + string(text)
}

func TestABodyThatEndsEarlyIsRefused(t *testing.T) {
	conn := dial(t)
	fmt.Fprint(conn, head(t, `{"a":1}`)+`{"a"`)
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if status, text := reply(t, conn); status != 400 || !strings.Contains(text, "MalformedHttpRequestException") {
		t.Errorf("%d %s", status, text)
	}
}

func TestABodyThatDoesNotComeIsRefused(t *testing.T) {
	conn := dial(t)
	fmt.Fprint(conn, head(t, `{"a":1}`)+`{"a"`)
	if status, text := reply(t, conn); status != 408 || !strings.Contains(text, "RequestTimeoutException") {
		t.Errorf("%d %s", status, text)
	}
}

// A request that is refused for its signature is answered although its body never comes.
func TestAStrangersBodyIsNotWaitedFor(t *testing.T) {
	signed := head(t, `{"a":1}`)
	for name, tt := range map[string]struct {
		head   string
		status int
	}{
		"unsigned":    {"POST " + things + "/f/invocations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n", 403},
		"unknown key": {strings.Replace(signed, "Credential=", "Credential=NOBODY", 1), 403},
	} {
		t.Run(name, func(t *testing.T) {
			conn := dial(t)
			fmt.Fprint(conn, tt.head)
			if status, text := reply(t, conn); status != tt.status {
				t.Errorf("%d %s", status, text)
			}
		})
	}
}

func TestABodyBeyondItsLimit(t *testing.T) {
	long := strings.Repeat("x", 3<<20)
	want := "RequestEntityTooLargeException" + `{"message":"Request must be smaller than 1000 bytes for the InvokeFunction operation"}`
	t.Run("of declared length", func(t *testing.T) {
		conn := dial(t)
		go fmt.Fprint(conn, head(t, long)+long)
		if status, text := reply(t, conn); status != 413 || text != want {
			t.Errorf("%d %s", status, text)
		}
	})
	t.Run("of unknown length", func(t *testing.T) {
		conn := dial(t)
		chunked := "Transfer-Encoding: chunked\r\n\r\n" + fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(long), long)
		lines := strings.Split(strings.TrimSuffix(head(t, ""), "\r\n\r\n"), "\r\n")
		var kept []string
		for _, line := range lines {
			if !strings.HasPrefix(line, "Content-Length") {
				kept = append(kept, line)
			}
		}
		go fmt.Fprint(conn, strings.Join(kept, "\r\n")+"\r\n"+chunked)
		if status, text := reply(t, conn); status != 413 || text != want {
			t.Errorf("%d %s", status, text)
		}
	})
	t.Run("just within", func(t *testing.T) {
		w := newFixture().do(t, ask{method: "POST", path: things + "/f/invocations", body: strings.Repeat("x", 1000)})
		if w.Code != 200 || w.Body.Len() != 1000 {
			t.Errorf("%d, %d bytes", w.Code, w.Body.Len())
		}
	})
}

func TestAConnectionServesManyRequests(t *testing.T) {
	// The time for a body must not run on while the handler works or the connection idles.
	conn := dial(t)
	for range 3 {
		fmt.Fprint(conn, head(t, `{"a":1}`)+`{"a":1}`)
		if status, text := reply(t, conn); status != 200 || text != `{"a":1}` {
			t.Fatalf("%d %s", status, text)
		}
	}
}
