package functionurl

import (
	"bytes"
	"context"
	"io"
	"testing"

	"sluice/internal/function"
	"sluice/internal/functionurl"
	"sluice/internal/gateway/gatewaytest"
)

const (
	owner = gatewaytest.Owner
	urlID = "abcdefghijklmnopqrstuvwxyz234567"
	host  = urlID + ".lambda-url.us-east-1.localhost"
)

// fixture is a front with one URL, behind a real listener.
type fixture struct {
	*gatewaytest.Backend
	*gatewaytest.Listener
	url    *functionurl.Config // nil: it is no more
	unread error               // why the URL can't be looked up
	front  *Front
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	f := &fixture{Backend: gatewaytest.NewBackend(`"hello"`), url: &functionurl.Config{
		Function:  function.ID{Scope: function.Scope{Account: owner, Region: "us-east-1"}, Name: "f"},
		Qualifier: "live", ID: urlID, Auth: functionurl.AuthNone,
	}}
	f.front = New(Config{Config: f.Config(), URLs: f})
	f.Listener = gatewaytest.Listen(t, f.front)
	return f
}

func (f *fixture) Find(_ context.Context, id string) (*functionurl.Config, bool, error) {
	return f.url, id == urlID, f.unread
}

// send sends a request to the URL's own host; header are names and values.
func (f *fixture) send(t *testing.T, method, path string, body io.Reader, header ...string) gatewaytest.Reply {
	t.Helper()
	return f.Ask(t, method, "http://"+host+path, body, header...)
}

func (f *fixture) get(t *testing.T, header ...string) gatewaytest.Reply {
	t.Helper()
	return f.send(t, "GET", "/", nil, header...)
}

// Texts of refusals.
const (
	nobodysText   = `403 AccessDeniedException {"Message":null}`
	forbiddenText = `403 AccessDeniedException {"Message":"Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"}`
	gatewayText   = `502  Internal Server Error`
)

// wantRefusal checks status, kind and body, and that the function was not called.
func (f *fixture) wantRefusal(t *testing.T, got gatewaytest.Reply, want string) {
	t.Helper()
	wantText(t, got, want)
	if len(f.Called) > 0 {
		t.Error("the function was called")
	}
}

func wantText(t *testing.T, got gatewaytest.Reply, want string) {
	t.Helper()
	got.Want(t, "X-Amzn-Errortype", want)
	if kind := got.Header.Get("Content-Type"); kind != "application/json" || got.Header.Get("X-Amzn-Requestid") == "" {
		t.Errorf("content type %s, request %s", kind, got.Header.Get("X-Amzn-Requestid"))
	}
}

// endless is a body of so many bytes without a declared length.
func endless(length int) io.Reader {
	return struct{ io.Reader }{bytes.NewReader(make([]byte, length))}
}
