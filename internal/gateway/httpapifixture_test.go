package gateway

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"sluice/internal/function"
	"sluice/internal/httpapi"
	"sluice/internal/policy"
)

// httpFixture is a gateway with one HTTP API, behind a real listener.
type httpFixture struct {
	*fixture
	view    *httpapi.View
	full    bool // whether the stage has had too many requests
	samples chan APISample
	logged  []string
	claims  map[string]any // of every token
}

const functionARN = "arn:aws:lambda:us-east-1:" + owner + ":function:f"

// newHTTP makes a fixture whose API's stage without a name has routes to f, by their keys.
func newHTTP(t *testing.T, keys ...string) *httpFixture {
	t.Helper()
	f := &httpFixture{fixture: newFixture(t), samples: make(chan APISample, 100)}
	f.handler = func(context.Context, *function.Call) (*function.Outcome, error) {
		return answering(`{"statusCode":200,"body":"hello"}`), nil
	}
	id := httpapi.ID{Scope: function.Scope{Account: owner, Region: "us-east-1"}, API: apiID}
	d := &httpapi.Deployment{API: id, ID: "dep123", Definition: httpapi.Definition{
		Integrations: map[string]*httpapi.Integration{"i": {ID: "i", Type: httpapi.LambdaProxy, URI: functionARN, Format: httpapi.Format2, Timeout: httpapi.MaxTimeout}},
		Routes:       map[string]*httpapi.Route{}, Authorizers: map[string]*httpapi.Authorizer{},
	}}
	for _, key := range keys {
		d.Routes[key] = &httpapi.Route{ID: key, Key: key, Target: "integrations/i", Authorization: httpapi.AuthNone}
	}
	f.view = &httpapi.View{API: id, Name: "shop", Stages: map[string]*httpapi.Shown{}}
	f.show(httpapi.DefaultStage, d)
	f.gateway.config.HTTPAPIs, f.gateway.config.APIMeter, f.gateway.config.Tokens = f, f, f
	f.gateway.config.AccessLog = func(group, stream, line string) { f.logged = append(f.logged, group+" "+stream+" "+line) }
	return f
}

// show adds a stage.
func (f *httpFixture) show(name string, d *httpapi.Deployment) *httpapi.Stage {
	stage := &httpapi.Stage{API: f.view.API, Name: name}
	f.view.Stages[name] = &httpapi.Shown{API: f.view.API, Stage: stage, Deployment: d}
	return stage
}

func (f *httpFixture) deployed() *httpapi.Deployment {
	return f.view.Stages[httpapi.DefaultStage].Deployment
}

func (f *httpFixture) integration() *httpapi.Integration { return f.deployed().Integrations["i"] }

func (f *httpFixture) Find(_ context.Context, api string) (*httpapi.View, error) {
	if f.unread != nil || api != apiID {
		return nil, f.unread
	}
	return f.view, nil
}

func (f *httpFixture) Admit(*httpapi.Shown, string) bool { return !f.full }

func (f *httpFixture) RecordAPI(s APISample) { f.samples <- s }

func (f *httpFixture) Claims(_ context.Context, issuer, token string) (map[string]any, error) {
	if token != "good" {
		return nil, fmt.Errorf("%s has not signed %s", issuer, token)
	}
	return maps.Clone(f.claims), nil
}

// ask sends a request to the API's own host; header are names and values.
func (f *httpFixture) ask(t *testing.T, method, path, body string, header ...string) reply {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, "http://"+apiHost+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	return f.do(t, r)
}

// wantHTTP checks status and body, and that the answer is an HTTP API's.
func wantHTTP(t *testing.T, got reply, want string) {
	t.Helper()
	if text := fmt.Sprint(got.StatusCode, " ", got.body); text != want {
		t.Errorf("got\n%s, want\n%s", text, want)
	}
	if got.Header.Get("Apigw-Requestid") == "" || got.Header.Get("X-Amzn-Requestid") != "" {
		t.Errorf("headers %v", got.Header)
	}
}

// headersLike are an answer's headers that begin so, as name=value, by their names.
func headersLike(got reply, prefix string) string {
	var found []string
	for _, name := range slices.Sorted(maps.Keys(got.Header)) {
		if strings.HasPrefix(name, prefix) {
			found = append(found, strings.TrimPrefix(name, prefix)+"="+strings.Join(got.Header[name], ";"))
		}
	}
	return strings.Join(found, " ")
}

const (
	notFoundText = `404 {"message":"Not Found"}`
	failedText   = `500 {"message":"Internal Server Error"}`
)

// signedless is a request without a signature.
func signedless(t *testing.T, url string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// answered is a function that always says the same.
func answered(text string) func(context.Context, *function.Call) (*function.Outcome, error) {
	return func(context.Context, *function.Call) (*function.Outcome, error) { return answering(text), nil }
}

// quiet is a fixture that keeps nothing of what it is asked.
type quiet struct{ *fixture }

func (q quiet) Allows(context.Context, function.ID, string, policy.Request) (bool, error) {
	return true, nil
}

func (q quiet) Invoke(ctx context.Context, inv *function.Invocation) (function.Answer, error) {
	outcome, err := q.handler(ctx, &inv.Call)
	return function.Answer{Outcome: outcome}, err
}
