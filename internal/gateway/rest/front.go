package rest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"

	"sluice/internal/function"
	"sluice/internal/gateway/address"
	"sluice/internal/gateway/executeapi"
	"sluice/internal/restapi"
)

// APIs finds the stages of REST APIs, and counts their requests; see restapi.Service.
type APIs interface {
	Find(ctx context.Context, apiID, stage string) (v *restapi.View, known bool, err error)
	Admit(v *restapi.View, key *restapi.PlanKey, method, path string) restapi.Verdict
}

// Events takes event invocations; see async.Service. The request is accepted when Submit returns.
type Events interface {
	Submit(ctx context.Context, inv *function.Invocation) error
}

// Config is what a Front needs.
type Config struct {
	APIs   APIs   // nil: there are none
	Events Events // nil: no integration can ask for an event invocation
}

// Front serves the stages of REST APIs.
type Front struct{ config Config }

// New returns a Front. It starts nothing.
func New(c Config) *Front { return &Front{c} }

// Serve answers a request to an API. One to no stage is refused.
func (f *Front) Serve(v *executeapi.Visit) {
	header := v.W.Header()
	header["X-Amzn-Requestid"] = []string{v.ID}
	header["X-Amz-Apigw-Id"] = []string{v.Extended}
	name, path := address.CutStage(oneSlash(v.To.Path))
	view, err := f.find(v, name)
	if err != nil {
		v.LogFailure("a stage could not be looked up", err)
		v.Send(unreached.answer())
		return
	}
	if view == nil {
		v.Send(forbiddenStage.answer())
		return
	}
	rest := &visit{Visit: v, front: f, view: view, path: oneSlash(path), fullPath: path, shown: view.Front(compileStage).(*stage).choose()}
	v.Trace = withParent(v.Trace)
	answer, refused := rest.serve()
	if refused != nil {
		rest.why, answer = refused, rest.refusal(refused)
	}
	if rest.traced(refused) {
		header.Set("X-Amzn-Trace-Id", v.Trace)
	}
	v.Send(answer)
	rest.tell()
}

// traced reports whether the answer names the trace: not if it is API Gateway's own (recordings test_invocation_trace_id and
// test_apigateway_header_remapping_aws).
func (v *visit) traced(refused *refusal) bool {
	return v.route != nil && v.route.method.Integration.Type != restapi.MockIntegration && (refused == nil || v.Integration > 0)
}

// withParent adds to a trace that a caller began the segment that API Gateway is (recording test_invocation_trace_id).
func withParent(trace string) string {
	if strings.Contains(trace, "Parent=") || !strings.HasPrefix(trace, "Root=") {
		return trace
	}
	return trace + fmt.Sprintf(";Parent=%016x;Sampled=0", rand.Uint64())
}

// oneSlash is a path that begins with one slash, however many there were (recording test_lambda_aws_proxy_integration).
func oneSlash(path string) string { return "/" + strings.TrimLeft(path, "/") }

// find looks a stage up; nil if there is none, or if the host's region is another one.
func (f *Front) find(v *executeapi.Visit, stage string) (*restapi.View, error) {
	if f.config.APIs == nil || stage == "" {
		return nil, nil
	}
	name, err := url.PathUnescape(stage)
	if err != nil {
		return nil, nil // no stage has such a name
	}
	view, _, err := f.config.APIs.Find(v.R.Context(), v.To.ID, name)
	if err != nil || view == nil || v.To.Region != "" && v.To.Region != view.API.Region {
		return nil, err
	}
	return view, nil
}
