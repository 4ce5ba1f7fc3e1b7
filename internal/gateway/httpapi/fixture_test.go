package httpapi

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"sluice/internal/function"
	"sluice/internal/gateway/executeapi"
	"sluice/internal/gateway/gatewaytest"
	"sluice/internal/httpapi"
)

const (
	owner   = gatewaytest.Owner
	apiID   = gatewaytest.APIID
	apiHost = gatewaytest.APIHost
)

// fixture is a front with one HTTP API, behind a real listener.
type fixture struct {
	*gatewaytest.Backend
	*gatewaytest.Listener
	view    *httpapi.View
	unread  error // why the API can't be looked up
	full    bool  // whether the stage has had too many requests
	samples chan executeapi.Sample
	logged  []string
	claims  map[string]any // of every token
	front   *Front
	apis    *executeapi.Config
}

const functionARN = "arn:aws:lambda:us-east-1:" + owner + ":function:f"

// newFixture makes a fixture whose API's stage without a name has routes to f, by their keys.
func newFixture(t *testing.T, keys ...string) *fixture {
	t.Helper()
	f := &fixture{Backend: gatewaytest.NewBackend(`{"statusCode":200,"body":"hello"}`), samples: make(chan executeapi.Sample, 100)}
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
	f.apis = &executeapi.Config{Config: f.Config(), Meter: f, AccessLog: func(group, stream, line string) { f.logged = append(f.logged, group+" "+stream+" "+line) }}
	f.front = New(Config{APIs: f, Tokens: f})
	f.Listener = gatewaytest.Listen(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !f.front.Serve(executeapi.Begin(f.apis, w, r)) {
			w.WriteHeader(http.StatusTeapot) // the next front's
		}
	}))
	return f
}

// show adds a stage.
func (f *fixture) show(name string, d *httpapi.Deployment) *httpapi.Stage {
	stage := &httpapi.Stage{API: f.view.API, Name: name}
	f.view.Stages[name] = &httpapi.Shown{API: f.view.API, Stage: stage, Deployment: d}
	return stage
}

func (f *fixture) deployed() *httpapi.Deployment {
	return f.view.Stages[httpapi.DefaultStage].Deployment
}

func (f *fixture) integration() *httpapi.Integration { return f.deployed().Integrations["i"] }

func (f *fixture) Find(_ context.Context, api string) (*httpapi.View, error) {
	if f.unread != nil || api != apiID {
		return nil, f.unread
	}
	return f.view, nil
}

func (f *fixture) Admit(*httpapi.Shown, string) bool { return !f.full }

func (f *fixture) RecordAPI(s executeapi.Sample) { f.samples <- s }

func (f *fixture) Claims(_ context.Context, issuer, token string) (map[string]any, error) {
	if token != "good" {
		return nil, fmt.Errorf("%s has not signed %s", issuer, token)
	}
	return maps.Clone(f.claims), nil
}

// ask sends a request to the API's own host; header are names and values.
func (f *fixture) ask(t *testing.T, method, path, body string, header ...string) gatewaytest.Reply {
	t.Helper()
	return f.Ask(t, method, "http://"+apiHost+path, strings.NewReader(body), header...)
}

// wantAnswer checks status and body, and that the answer is an HTTP API's.
func wantAnswer(t *testing.T, got gatewaytest.Reply, want string) {
	t.Helper()
	if text := fmt.Sprint(got.StatusCode, " ", got.Text); text != want {
		t.Errorf("got\n%s, want\n%s", text, want)
	}
	if got.Header.Get("Apigw-Requestid") == "" || got.Header.Get("X-Amzn-Requestid") != "" {
		t.Errorf("headers %v", got.Header)
	}
}

// headersLike are an answer's headers that begin so, as name=value, by their names.
func headersLike(got gatewaytest.Reply, prefix string) string {
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
