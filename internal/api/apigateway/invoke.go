package apigateway

import (
	"cmp"
	"context"
	"net/http"
	"strings"
	"time"

	shape "sluice/internal/api/shape/apigateway"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/restapi"
)

// Trial is a request to a method as it is now.
type Trial struct {
	View     *restapi.View // of a stage test-invoke-stage that is nowhere else
	Resource *restapi.Resource
	Method   string // the request's, which is also the method's; ANY is tried as GET
	// Path is the request's, with its query string; empty is the resource's.
	Path    string
	Body    string
	Headers map[string][]string

	variables map[string]string // of the path
}

// Outcome is what a trial answered.
type Outcome struct {
	Status  int
	Headers map[string][]string
	Body    string
}

// trialStage is how AWS calls the stage of a trial.
const trialStage = "test-invoke-stage"

// Request is the trial as a request to the API's host.
// Errors: fault.Invalid for a path that is none.
func (t *Trial) Request(ctx context.Context) (*http.Request, error) {
	host := t.View.API.API + ".execute-api." + t.View.API.Region + ".amazonaws.com"
	r, err := http.NewRequestWithContext(ctx, t.Method, "http://"+host+"/"+trialStage+"/"+strings.TrimPrefix(cmp.Or(t.Path, t.Resource.Path), "/"), strings.NewReader(t.Body))
	if err != nil {
		return nil, fault.Errorf(fault.Invalid, "path", "Invalid path specified: %s", t.Path)
	}
	for name, values := range t.Headers {
		r.Header[http.CanonicalHeaderKey(name)] = values
	}
	r.RemoteAddr, r.RequestURI = "127.0.0.1:0", r.URL.RequestURI()
	return r, nil
}

func (a *api) testInvoke(ctx context.Context, r *wire.Request, in *shape.TestInvokeMethodRequest) (*shape.TestInvokeMethodResponse, error) {
	if a.invoke == nil {
		return nil, unserved("Sluice does not implement TestInvokeMethod: deploy the API, and send the request to its stage.")
	}
	id := identify(r, in.RestApiId)
	t := &Trial{
		Method: wire.Value(in.HttpMethod), Path: wire.Value(in.PathWithQueryString), Body: wire.Value(in.Body), Headers: in.MultiValueHeaders,
	}
	if t.Headers == nil {
		t.Headers = map[string][]string{}
	}
	for name, value := range in.Headers {
		t.Headers[name] = []string{value}
	}
	_, err := look(ctx, a, id, noResource(), func(d *restapi.Definition) (struct{}, error) {
		m, err := d.Method(wire.Value(in.ResourceId), t.Method)
		if fault.Is(err, fault.NotFound, "Method") {
			m, err = d.Method(wire.Value(in.ResourceId), restapi.AnyMethod)
		}
		if err != nil {
			return struct{}{}, err
		}
		m.Authorization, m.KeyRequired = restapi.AuthNone, false // a trial needs neither, as on AWS
		if t.Method == restapi.AnyMethod {
			t.Method = http.MethodGet
		}
		t.Resource = d.Resources[wire.Value(in.ResourceId)]
		t.View = &restapi.View{
			API: id, Stage: &restapi.Stage{API: id, Name: trialStage, Variables: in.StageVariables},
			Deployment: &restapi.Deployment{API: id, Definition: *d},
		}
		t.settle()
		return struct{}{}, nil
	})
	if err != nil {
		return nil, err
	}
	begun := time.Now()
	out, err := a.invoke(ctx, t)
	if err != nil {
		return nil, err
	}
	log := t.log(out, out.arrived(), begun)
	latency := time.Since(begun).Milliseconds()
	return &shape.TestInvokeMethodResponse{
		Status: new(int64(out.Status)), Body: &out.Body, Headers: single(out.Headers), MultiValueHeaders: out.Headers,
		Log: &log, Latency: &latency,
	}, nil
}
