package gateway

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/internal/function"
	"sluice/internal/restapi"
)

const (
	apiID   = "abcdefghij"
	apiHost = apiID + ".execute-api.us-east-1.amazonaws.com"
)

// restFixture is a gateway with one REST API, behind a real listener.
type restFixture struct {
	*fixture
	view    *restapi.View
	verdict restapi.Verdict
	samples chan APISample
	events  []*function.Invocation
	logged  []string
}

// newREST makes a fixture whose API's stage "dev" has methods, by "GET /path".
func newREST(t *testing.T, methods map[string]*restapi.Method) *restFixture {
	t.Helper()
	f := &restFixture{fixture: newFixture(t), samples: make(chan APISample, 100)}
	f.handler = func(context.Context, *function.Call) (*function.Outcome, error) {
		return answering(`{"statusCode":200,"body":"hello"}`), nil
	}
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
	f.gateway.config.RESTAPIs, f.gateway.config.APIMeter, f.gateway.config.Events = f, f, f
	f.gateway.config.AccessLog = func(group, stream, line string) { f.logged = append(f.logged, group+" "+stream+" "+line) }
	return f
}

func (f *restFixture) Find(_ context.Context, api, stage string) (*restapi.View, bool, error) {
	if f.unread != nil || api != apiID {
		return nil, false, f.unread
	}
	if stage != f.view.Stage.Name {
		return nil, true, nil
	}
	return f.view, true, nil
}

func (f *restFixture) Admit(*restapi.View, *restapi.PlanKey, string, string) restapi.Verdict {
	return f.verdict
}

func (f *restFixture) RecordAPI(s APISample) { f.samples <- s }

func (f *restFixture) Submit(_ context.Context, inv *function.Invocation) error {
	f.events = append(f.events, inv)
	return nil
}

// ask sends a request to the API's own host; header are names and values.
func (f *restFixture) ask(t *testing.T, method, path, body string, header ...string) reply {
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

// wantAnswer checks status, error type and body.
func wantAnswer(t *testing.T, got reply, want string) {
	t.Helper()
	if text := fmt.Sprint(got.StatusCode, " ", got.Header.Get("X-Amzn-Errortype"), " ", got.body); text != want {
		t.Errorf("got\n%s, want\n%s", text, want)
	}
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

// never is a time that does not come.
func never() time.Time { return time.Now().AddDate(100, 0, 0) }
