package rest

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
	"sluice/internal/restapi"
)

const (
	owner   = gatewaytest.Owner
	apiID   = gatewaytest.APIID
	apiHost = gatewaytest.APIHost
)

// fixture is a front with one REST API, behind a real listener.
type fixture struct {
	*gatewaytest.Backend
	*gatewaytest.Listener
	view    *restapi.View
	unread  error // why the stage can't be looked up
	verdict restapi.Verdict
	samples chan executeapi.Sample
	events  []*function.Invocation
	refused error // of events
	logged  []string
	apis    *executeapi.Config
}

// newFixture makes a fixture whose API's stage "dev" has methods, by "GET /path".
func newFixture(t *testing.T, methods map[string]*restapi.Method) *fixture {
	t.Helper()
	f := &fixture{Backend: gatewaytest.NewBackend(`{"statusCode":200,"body":"hello"}`), samples: make(chan executeapi.Sample, 100)}
	id := restapi.ID{Scope: function.Scope{Account: owner, Region: "us-east-1"}, API: apiID}
	d := &restapi.Deployment{API: id, ID: "dep123", Definition: restapi.Definition{
		Settings: restapi.Settings{KeySource: "HEADER"}, Root: "root", Resources: map[string]*restapi.Resource{},
		Models: map[string]*restapi.Model{}, Validators: map[string]*restapi.RequestValidator{}, Authorizers: map[string]*restapi.Authorizer{},
		Responses: map[string]*restapi.GatewayResponse{},
	}}
	for number, name := range slices.Sorted(maps.Keys(methods)) {
		verb, path, _ := strings.Cut(name, " ")
		m := methods[name]
		m.HTTPMethod = verb
		resourceID := fmt.Sprint("res", number)
		d.Resources[resourceID] = &restapi.Resource{ID: resourceID, Path: path, Methods: map[string]*restapi.Method{verb: m}}
	}
	f.view = &restapi.View{API: id, Name: "shop", Stage: &restapi.Stage{API: id, Name: "dev"}, Deployment: d}
	f.apis = &executeapi.Config{Config: f.Config(), Meter: f, AccessLog: func(group, stream, line string) { f.logged = append(f.logged, group+" "+stream+" "+line) }}
	front := New(Config{APIs: f, Events: f})
	f.Listener = gatewaytest.Listen(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { front.Serve(executeapi.Begin(f.apis, w, r)) }))
	return f
}

func (f *fixture) Find(_ context.Context, api, stage string) (*restapi.View, bool, error) {
	if f.unread != nil || api != apiID {
		return nil, false, f.unread
	}
	if stage != f.view.Stage.Name {
		return nil, true, nil
	}
	return f.view, true, nil
}

func (f *fixture) Admit(*restapi.View, *restapi.PlanKey, string, string) restapi.Verdict {
	return f.verdict
}

func (f *fixture) RecordAPI(s executeapi.Sample) { f.samples <- s }

func (f *fixture) Submit(_ context.Context, inv *function.Invocation) error {
	f.events = append(f.events, inv)
	return f.refused
}

// ask sends a request to the API's own host; header are names and values.
func (f *fixture) ask(t *testing.T, method, path, body string, header ...string) gatewaytest.Reply {
	t.Helper()
	return f.Ask(t, method, "http://"+apiHost+path, strings.NewReader(body), header...)
}

// wantAnswer checks status, error type and body.
func wantAnswer(t *testing.T, got gatewaytest.Reply, want string) {
	t.Helper()
	got.Want(t, "X-Amzn-Errortype", want)
	if got.Header.Get("X-Amzn-Requestid") == "" || got.Header.Get("X-Amz-Apigw-Id") == "" {
		t.Errorf("headers %v", got.Header)
	}
}

const lambdaURI = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:" + owner + ":function:f"

// proxied is a method that hands its requests to the function f.
func proxied() *restapi.Method {
	return &restapi.Method{Integration: &restapi.Integration{Type: restapi.AWSProxy, HTTPMethod: "POST", URI: lambdaURI + "/invocations", Timeout: restapi.MaxTimeout}}
}

// mapping is a method that calls the function f with what templates make.
func mapping(request string, responses ...*restapi.IntegrationResponse) *restapi.Method {
	m := proxied()
	m.Integration.Type, m.Integration.Passthrough = restapi.AWSIntegration, restapi.PassWhenNoMatch
	if request != "" {
		m.Integration.Templates = map[string]string{"application/json": request}
	}
	m.Integration.Responses = map[string]*restapi.IntegrationResponse{}
	for _, r := range responses {
		m.Integration.Responses[r.Status] = r
	}
	return m
}

// mocked is a method that answers by itself.
func mocked(request string, responses ...*restapi.IntegrationResponse) *restapi.Method {
	m := mapping(request, responses...)
	m.Integration.Type = restapi.MockIntegration
	return m
}

// on is the response for a pattern; an empty one is the default.
func on(pattern, status, template string) *restapi.IntegrationResponse {
	r := &restapi.IntegrationResponse{Status: status}
	if pattern != "" {
		r.Selection = &pattern
	}
	if template != "" {
		r.Templates = map[string]string{"application/json": template}
	}
	return r
}

const internalText = `500 InternalServerErrorException {"message":"Internal server error"}`
