package gateway

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"sluice/internal/account"
	"sluice/internal/api/wire/sigv4"
	"sluice/internal/client"
	"sluice/internal/function"
	"sluice/internal/functionurl"
	"sluice/internal/gateway/spelling"
	"sluice/internal/policy"
)

const (
	owner = "111111111111" // the account of the tests' function
	host  = urlID + ".lambda-url.us-east-1.localhost"
)

// fixture is a gateway with one URL, behind a real listener. It holds what the gateway asks for and what it was told.
type fixture struct {
	url  *functionurl.Config // nil: it is no more
	keys map[string]sigv4.Identity
	// handler is the function; it must not be changed while requests run.
	handler func(ctx context.Context, call *function.Call) (*function.Outcome, error)
	denied  bool
	unread  error // why the URL can't be looked up
	asked   []policy.Request
	called  []*function.Invocation

	gateway *Gateway
	server  *httptest.Server
	client  *http.Client
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	return newPatientFixture(t, 0)
}

// newPatientFixture has a gateway that waits so long for a body; 0 means as long as it takes.
func newPatientFixture(t *testing.T, bodyTime time.Duration) *fixture {
	t.Helper()
	f := &fixture{
		url: &functionurl.Config{
			Function:  function.ID{Scope: function.Scope{Account: owner, Region: "us-east-1"}, Name: "f"},
			Qualifier: "live", ID: urlID, Auth: functionurl.AuthNone,
		},
		keys:    map[string]sigv4.Identity{},
		handler: func(context.Context, *function.Call) (*function.Outcome, error) { return answering(`"hello"`), nil },
	}
	f.gateway = New(Config{
		URLs: f, Functions: f, Permissions: f, Address: Address{Port: "4566"}, Keys: f, BodyTime: bodyTime, Logger: slog.New(slog.DiscardHandler),
	})
	f.server = httptest.NewUnstartedServer(f.gateway)
	f.server.Listener, f.server.Config.ConnContext = spelling.Listener{Listener: f.server.Listener}, spelling.Context
	f.server.Start()
	t.Cleanup(f.server.Close)
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, f.server.Listener.Addr().String())
	}
	transport := &http.Transport{DialContext: dial, DisableCompression: true}
	t.Cleanup(transport.CloseIdleConnections)
	f.client = &http.Client{Transport: transport}
	return f
}

func answering(payload string) *function.Outcome { return &function.Outcome{Payload: []byte(payload)} }

func (f *fixture) Find(_ context.Context, id string) (*functionurl.Config, bool, error) {
	return f.url, id == urlID, f.unread
}

func (f *fixture) Secret(id, token string) (sigv4.Identity, bool) {
	who, known := f.keys[id+"/"+token]
	return who, known
}

func (f *fixture) Allows(_ context.Context, id function.ID, qualifier string, r policy.Request) (bool, error) {
	r.Resource = id.Qualified(qualifier)
	f.asked = append(f.asked, r)
	return !f.denied, nil
}

func (f *fixture) Invoke(ctx context.Context, inv *function.Invocation) (function.Answer, error) {
	f.called = append(f.called, inv)
	outcome, err := f.handler(ctx, &inv.Call)
	return function.Answer{Outcome: outcome}, err
}

// key makes a key that the gateway knows, of an account's user or, with a token, of a session.
func (f *fixture) key(accountID, arn, token string) client.Client {
	pair := account.NewKey()
	f.keys[pair.ID+"/"+token] = sigv4.Identity{AccessKeyID: pair.ID, Secret: pair.Secret, Account: accountID, ARN: arn}
	return client.Client{URL: "http://" + host, Key: pair, Token: token}
}

// event is what the function got last.
func (f *fixture) event(t *testing.T) map[string]any {
	t.Helper()
	if len(f.called) == 0 {
		t.Fatal("the function was not called")
	}
	var event map[string]any
	if err := json.Unmarshal(f.called[len(f.called)-1].Call.Payload, &event); err != nil {
		t.Fatal(err)
	}
	return event
}

// reply is an answer with its whole body.
type reply struct {
	*http.Response
	body string
}

// send sends a request to the URL's own host; header are names and values.
func (f *fixture) send(t *testing.T, method, path string, body io.Reader, header ...string) reply {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, "http://"+host+path, body)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	return f.do(t, r)
}

func (f *fixture) get(t *testing.T, header ...string) reply {
	t.Helper()
	return f.send(t, "GET", "/", nil, header...)
}

func (f *fixture) do(t *testing.T, r *http.Request) reply {
	t.Helper()
	response, err := f.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{response, string(body)}
}

// signed sends a request that a client signed for the service and region that are a function URL's.
func (f *fixture) signed(t *testing.T, c client.Client, method, path, body string) reply {
	t.Helper()
	return f.do(t, signedRequest(t, c, "lambda", method, path, body))
}

func signedRequest(t *testing.T, c client.Client, service, method, path, body string) *http.Request {
	t.Helper()
	r, err := c.Request(t.Context(), service, method, path, nil, []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Texts of refusals.
const (
	nobodysText   = `403 AccessDeniedException {"Message":null}`
	forbiddenText = `403 AccessDeniedException {"Message":"Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"}`
	gatewayText   = `502  Internal Server Error`
)

// wantRefusal checks status, kind and body, and that the function was not called.
func (f *fixture) wantRefusal(t *testing.T, got reply, want string) {
	t.Helper()
	wantText(t, got, want)
	if len(f.called) > 0 {
		t.Error("the function was called")
	}
}

func wantText(t *testing.T, got reply, want string) {
	t.Helper()
	status, _, _ := strings.Cut(got.Status, " ")
	if text := strings.Join([]string{status, got.Header.Get("X-Amzn-Errortype"), got.body}, " "); text != want {
		t.Errorf("got\n%s, want\n%s", text, want)
	}
	if kind := got.Header.Get("Content-Type"); kind != "application/json" || got.Header.Get("X-Amzn-Requestid") == "" {
		t.Errorf("content type %s, request %s", kind, got.Header.Get("X-Amzn-Requestid"))
	}
}

// endless is a body of so many bytes without a declared length.
func endless(length int) io.Reader {
	return struct{ io.Reader }{bytes.NewReader(make([]byte, length))}
}
