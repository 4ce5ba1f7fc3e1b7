package host

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"sluice/internal/function"
)

// apiRig is a Runtime API without a process: the test plays the process.
type apiRig struct {
	*session
	t    *testing.T
	over bool // close was called
}

func newAPI(t *testing.T) *apiRig {
	t.Helper()
	s, err := newSession()
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s.serve()
	}()
	a := &apiRig{session: s, t: t}
	t.Cleanup(func() {
		if !a.over {
			s.close()
		}
		<-ended
	})
	return a
}

// client is one connection to the API.
type client struct {
	net.Conn
	in *bufio.Reader
	t  *testing.T
}

func (a *apiRig) dial() *client {
	a.t.Helper()
	c, err := net.Dial("tcp", a.listener.Addr().String())
	if err != nil {
		a.t.Fatal(err)
	}
	a.t.Cleanup(func() { _ = c.Close() })
	if err := c.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		a.t.Fatal(err)
	}
	return &client{c, bufio.NewReader(c), a.t}
}

func (c *client) send(text string) {
	c.t.Helper()
	if _, err := io.WriteString(c.Conn, text); err != nil {
		c.t.Fatal(err)
	}
}

// receive reads an answer and returns its status and body.
func (c *client) receive() (int, string) {
	c.t.Helper()
	answer, err := http.ReadResponse(c.in, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

// closed waits until the server closes the connection.
func (c *client) closed() {
	c.t.Helper()
	if b, err := c.in.ReadByte(); err != io.EOF {
		c.t.Errorf("the connection goes on with %q, %v", b, err)
	}
}

const nextRequest = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n"

func postRequest(path, headers, body string) string {
	return fmt.Sprintf("POST /2018-06-01/runtime/%s HTTP/1.1\r\nHost: x\r\n%sContent-Length: %d\r\n\r\n%s", path, headers, len(body), body)
}

// offered hands a call to the API.
func (a *apiRig) offered(id string) {
	a.t.Helper()
	m := &message{}
	m.encode(&function.Call{RequestID: id, Payload: []byte(`{}`)}, time.Now().Add(time.Minute))
	if err := a.offer(id, m, time.Now().Add(time.Minute)); err != nil {
		a.t.Fatal(err)
	}
}

func (a *apiRig) wantResult(k kind, body string) {
	a.t.Helper()
	select {
	case r := <-a.results:
		if r.kind != k || string(r.body) != body {
			a.t.Errorf("result %d %q, want %d %q", r.kind, r.body, k, body)
		}
	case <-time.After(10 * time.Second):
		a.t.Fatal("no result")
	}
}

func want(t *testing.T, c *client, status int, part string) {
	t.Helper()
	if got, body := c.receive(); got != status || !strings.Contains(body, part) {
		t.Errorf("answer %d %q, want %d with %q", got, body, status, part)
	}
}

func TestBadRequests(t *testing.T) {
	for name, request := range map[string]string{
		"no HTTP":               "hello\r\n\r\n",
		"no path":               "GET HTTP/1.1\r\n\r\n",
		"another version":       "GET / HTTP/2.0\r\n\r\n",
		"a header without name": "GET / HTTP/1.1\r\n: x\r\n\r\n",
		"a header with a space": "GET / HTTP/1.1\r\nA b: x\r\n\r\n",
		"a folded header":       "GET / HTTP/1.1\r\nA: x\r\n y\r\n\r\n",
		"a long request line":   "GET /" + strings.Repeat("x", 10_000) + " HTTP/1.1\r\n\r\n",
		"too many headers":      "GET / HTTP/1.1\r\n" + strings.Repeat("A: "+strings.Repeat("x", 1000)+"\r\n", 2200),
		"one endless header":    "GET / HTTP/1.1\r\nA: " + strings.Repeat("x", 3<<20),
		"a length of letters":   postRequest("init/error", "Content-Length: x\r\n", ""),
		"a negative length":     "POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
		"two lengths":           postRequest("init/error", "Content-Length: 5\r\n", "abcde"),
		"an unknown encoding":   postRequest("init/error", "Transfer-Encoding: gzip\r\n", ""),
		"broken chunks":         "POST /2018-06-01/runtime/init/error HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
		"an absurd length":      "POST /2018-06-01/runtime/init/error HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			a := newAPI(t)
			c := a.dial()
			go func() { _, _ = io.WriteString(c.Conn, request) }() // the server may close before it has read all
			answer, err := http.ReadResponse(c.in, nil)
			if unread := name == "too many headers" || name == "one endless header"; unread && hungUp(err) {
				return // the answer may get lost when the server closes on unread bytes
			}
			if err != nil {
				t.Fatal(err)
			}
			_ = answer.Body.Close()
			if answer.StatusCode != 400 {
				t.Errorf("status %d", answer.StatusCode)
			}
		})
	}
}

// hungUp reports whether a read failed because the server has closed the connection.
func hungUp(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET)
}

func TestUnknownPathsAndMethods(t *testing.T) {
	a := newAPI(t)
	c := a.dial()
	for _, tt := range []struct {
		request string
		status  int
		part    string
	}{
		{"GET / HTTP/1.1\r\n\r\n", 404, "NotFound"},
		{"GET /2018-06-01/runtime/ HTTP/1.1\r\n\r\n", 404, "NotFound"},
		{"GET /2018-06-01/runtime/invocation/x/other HTTP/1.1\r\n\r\n", 404, "NotFound"},
		{postRequest("invocation/next", "", "body"), 405, "MethodNotAllowed"},
		{"PUT /2018-06-01/runtime/init/error HTTP/1.1\r\n\r\n", 405, "MethodNotAllowed"},
		{"GET /2018-06-01/runtime/invocation/x/response HTTP/1.1\r\n\r\n", 405, "MethodNotAllowed"},
		{postRequest("invocation/x/response", "", "early"), 403, "InvalidStateTransition"},
		{postRequest("invocation/x/error", "", "early"), 403, "InvalidStateTransition"},
	} {
		c.send(tt.request)
		want(t, c, tt.status, tt.part)
	}
}

func TestAnswersOnAnotherConnection(t *testing.T) {
	a := newAPI(t)
	asks, answers := a.dial(), a.dial()
	asks.send(nextRequest)
	<-a.ready
	a.offered("id-1")
	want(t, asks, 200, "{}")
	answers.send(postRequest("invocation/other/response", "", "1"))
	want(t, answers, 400, "InvalidRequestID")
	answers.send(postRequest("invocation/id-1/response", "", "[1]"))
	want(t, answers, 202, `{"status":"OK"}`)
	a.wantResult(answered, "[1]")
	answers.send(postRequest("invocation/id-1/response", "", "[2]"))
	want(t, answers, 403, "InvalidStateTransition")
}

func TestACallMayComeBeforeTheProcessAsks(t *testing.T) {
	a := newAPI(t)
	a.offered("id-1")
	c := a.dial()
	c.send(nextRequest)
	want(t, c, 200, "{}")
	c.send(postRequest("invocation/id-1/error", "Lambda-Runtime-Function-Error-Type: Broken\r\n", `{"errorType":"Broken"}`))
	want(t, c, 202, "OK")
	a.wantResult(refused, `{"errorType":"Broken"}`)
}

func TestFormsOfABody(t *testing.T) {
	const chunked = "Transfer-Encoding: chunked\r\n\r\n"
	head := "POST /2018-06-01/runtime/invocation/ID/response HTTP/1.1\r\nHost: x\r\n"
	a := newAPI(t)
	c := a.dial()
	for i, tt := range []struct{ request, body string }{
		{head + "Content-Length: 3\r\n\r\nabc", "abc"},
		{head + "content-LENGTH:3\r\n\r\nabc", "abc"},
		{head + "\r\n", ""},
		{head + chunked + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "abcde"},
		{head + chunked + "3;ext=1\r\nabc\r\n0\r\nTrailer: x\r\n\r\n", "abc"},
		{head + chunked + "0\r\n\r\n", ""},
		{head + "X-Ray-Cause: " + strings.Repeat("x", 1<<20) + "\r\nContent-Length: 1\r\n\r\na", "a"},
		{strings.ReplaceAll(head, "\r\n", "\n") + "Content-Length: 1\n\na", "a"},
	} {
		id := fmt.Sprint("id-", i)
		c.send(nextRequest)
		a.offered(id)
		want(t, c, 200, "{}")
		c.send(strings.Replace(tt.request, "ID", id, 1))
		want(t, c, 202, "OK")
		a.wantResult(answered, tt.body)
	}
}

func TestExpectContinue(t *testing.T) {
	a := newAPI(t)
	c := a.dial()
	c.send(nextRequest)
	<-a.ready
	a.offered("id-1")
	want(t, c, 200, "{}")
	c.send("POST /2018-06-01/runtime/invocation/id-1/response HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
	if line, err := c.in.ReadString('\n'); err != nil || line != "HTTP/1.1 100 Continue\r\n" {
		t.Fatalf("%q, %v", line, err)
	}
	_, _ = c.in.ReadString('\n')
	c.send("[]")
	want(t, c, 202, "OK")
	a.wantResult(answered, "[]")
}

func TestAnswersThatAreTooLarge(t *testing.T) {
	a := newAPI(t)
	c := a.dial()
	for i, large := range []string{
		fmt.Sprintf("Content-Length: %d\r\n\r\n", maxResponse+1) + strings.Repeat("x", maxResponse+1),
		"Transfer-Encoding: chunked\r\n\r\n700000\r\n" + strings.Repeat("x", 0x700000) + "\r\n0\r\n\r\n",
	} {
		id := fmt.Sprint("id-", i)
		c.send(nextRequest)
		a.offered(id)
		want(t, c, 200, "{}")
		c.send("POST /2018-06-01/runtime/invocation/" + id + "/response HTTP/1.1\r\n" + large)
		want(t, c, 413, "Exceeded maximum allowed payload size (6291556 bytes).")
		a.wantResult(oversized, "")
	}
}

func TestConnectionsThatTheClientEnds(t *testing.T) {
	a := newAPI(t)
	for _, request := range []string{
		"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", "GET / HTTP/1.0\r\n\r\n",
	} {
		c := a.dial()
		c.send(request)
		want(t, c, 404, "NotFound")
		c.closed()
	}
	c := a.dial()
	c.send(nextRequest + nextRequest) // the second can't be answered before the first
	c.closed()
}

func TestAWaitingConnectionThatEndsIsForgotten(t *testing.T) {
	a := newAPI(t)
	c := a.dial()
	c.send(nextRequest)
	<-a.ready
	_ = c.Close()
	eventually(t, "the connection is forgotten", func() bool {
		a.mu.Lock()
		defer a.mu.Unlock()
		return a.parked == nil
	})
	again := a.dial()
	again.send(nextRequest)
	a.offered("id-1")
	want(t, again, 200, "{}")
}

func TestOneConnectionWaitsAtATime(t *testing.T) {
	a := newAPI(t)
	first, second := a.dial(), a.dial()
	first.send(nextRequest)
	<-a.ready
	second.send(nextRequest)
	want(t, second, 403, "InvalidStateTransition")
}

func TestInitErrorOnlyBeforeTheFirstCall(t *testing.T) {
	a := newAPI(t)
	c := a.dial()
	c.send(postRequest("init/error", "Lambda-Runtime-Function-Error-Type: A.B\r\n", `{"errorType":"A.B"}`))
	want(t, c, 202, "OK")
	<-a.failed
	if r, ok := a.startError(); !ok || r.errorType != "A.B" || string(r.body) != `{"errorType":"A.B"}` {
		t.Errorf("%+v, %v", r, ok)
	}
	b := newAPI(t)
	c = b.dial()
	c.send(nextRequest)
	<-b.ready
	c = b.dial()
	c.send(postRequest("init/error", "", `{}`))
	want(t, c, 403, "InvalidStateTransition")
}

// FuzzReadHead wants no panic and no endless read, whatever comes.
func FuzzReadHead(f *testing.F) {
	f.Add("GET /x HTTP/1.1\r\nA: b\r\n\r\n")
	f.Add("POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
	f.Add("POST /x HTTP/1.0\nContent-Length: 3\n\nabc")
	f.Fuzz(func(t *testing.T, text string) {
		var r request
		in := bufio.NewReaderSize(strings.NewReader(text), maxLine)
		for r.readHead(in) == nil {
			if body, err := r.readBody(in); err == nil && len(body) > len(text) {
				t.Fatalf("%d bytes of body in %q", len(body), text)
			}
		}
	})
}
