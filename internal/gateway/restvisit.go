package gateway

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"

	"sluice/internal/fault"
	"sluice/internal/gateway/payload"
	"sluice/internal/restapi"
	"sluice/internal/velocity"
)

// RESTAPIs finds the stages of REST APIs, and counts their requests; see restapi.Service.
type RESTAPIs interface {
	Find(ctx context.Context, apiID, stage string) (v *restapi.View, known bool, err error)
	Admit(v *restapi.View, key *restapi.PlanKey, method, path string) restapi.Verdict
}

// restVisit is one request to a stage of a REST API.
type restVisit struct {
	*apiVisit
	view  *restapi.View
	shown *restSnapshot // the deployment that the request goes to
	path  string        // below the stage, with its escapes, beginning with one slash
	// fullPath is the path below the stage as it was sent.
	fullPath string

	route      *restRoute
	parameters map[string]string // of the path, as they were sent
	caller     *payload.IAM      // who signed; nil if nobody had to
	key        *restapi.PlanKey
	shownKey   string         // the API key that was shown
	authorizer map[string]any // what an authorizer said

	values *velocity.Map // $context, once it is needed
	why    *restRefusal  // why the request was refused; nil if it was not
}

// serveREST answers a request to a REST API.
func (v *apiVisit) serveREST() {
	stage, path := cutStage(oneSlash(v.to.path))
	view, err := v.findREST(stage)
	if err != nil {
		v.logFailure("a stage could not be looked up", err)
		v.sendRefusal(unreached)
		return
	}
	if view == nil {
		v.sendRefusal(forbiddenStage)
		return
	}
	rest := &restVisit{apiVisit: v, view: view, path: oneSlash(path), fullPath: path}
	v.trace = withParent(v.trace)
	rest.shown = rest.choose(view.Front(compileStage).(*restStage))
	answer, refused := rest.serve()
	if refused != nil {
		rest.why, answer = refused, rest.refusal(refused)
	}
	if rest.traced(refused) {
		v.w.Header().Set("X-Amzn-Trace-Id", v.trace)
	}
	v.send(answer)
	rest.tell()
}

// traced reports whether the answer names the trace: not if it is API Gateway's own (recordings test_invocation_trace_id and
// test_apigateway_header_remapping_aws).
func (v *restVisit) traced(refused *restRefusal) bool {
	return v.route != nil && v.route.method.Integration.Type != restapi.MockIntegration && (refused == nil || v.integration > 0)
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

// findREST looks a stage up; nil if there is none, or if the host's region is another one.
func (v *apiVisit) findREST(stage string) (*restapi.View, error) {
	if v.config.RESTAPIs == nil || stage == "" {
		return nil, nil
	}
	name, err := url.PathUnescape(stage)
	if err != nil {
		return nil, nil // no stage has such a name
	}
	view, _, err := v.config.RESTAPIs.Find(v.r.Context(), v.to.id, name)
	if err != nil || view == nil || v.to.region != "" && v.to.region != view.API.Region {
		return nil, err
	}
	return view, nil
}

// choose picks the stage's deployment, or its canary by chance.
func (v *restVisit) choose(s *restStage) *restSnapshot {
	if s.canary != nil && rand.Float64()*100 < s.percent {
		return s.canary
	}
	return s.main
}

// serve takes the request through its steps, or returns why one of them refused it. Their order is API Gateway's: who calls, by
// which key and how often, what is sent, and then the integration.
func (v *restVisit) serve() (*apiAnswer, *restRefusal) {
	for _, step := range []func() *restRefusal{v.bound, v.find, v.authorize, v.admitKey, v.throttle, v.readBody, v.validate} {
		if refused := step(); refused != nil {
			return nil, refused
		}
	}
	if v.overreaches() {
		return nil, notConfigured
	}
	switch v.route.method.Integration.Type {
	case restapi.AWSProxy:
		return v.proxy()
	case restapi.AWSIntegration:
		return v.mapped(v.callFunction)
	case restapi.MockIntegration:
		return v.mapped(v.mock)
	}
	return nil, misconfigured("Sluice serves integrations with Lambda functions and MOCK; this method has one of type " + v.route.method.Integration.Type)
}

// bound refuses a request whose headers are too large.
func (v *restVisit) bound() *restRefusal {
	if v.headerSize() > maxHeader {
		return tooLargeHeader
	}
	return nil
}

// find looks the method up. A slash at the path's end does not matter.
func (v *restVisit) find() *restRefusal {
	path := v.path
	if len(path) > 1 {
		path = strings.TrimSuffix(path, "/")
	}
	found, parameters, ok := v.shown.routes.Find(v.r.Method, path)
	if !ok {
		return missingToken
	}
	if found.method.Integration == nil {
		return misconfigured("No integration defined for method")
	}
	v.route, v.parameters = found, parameters
	return nil
}

// readBody reads the whole body.
func (v *restVisit) readBody() *restRefusal {
	switch v.take() {
	case tooLong:
		return tooLongRequest
	case late, cut:
		return unreadable
	}
	return nil
}

// throttle counts the request.
func (v *restVisit) throttle() *restRefusal {
	switch v.config.RESTAPIs.Admit(v.view, v.key, v.route.method.HTTPMethod, v.route.resource.Path) {
	case restapi.Throttled:
		return tooMany
	case restapi.Exhausted:
		return exhausted
	}
	return nil
}

// admitKey wants an API key if the method does. A method that wants none does not look at one.
func (v *restVisit) admitKey() *restRefusal {
	if !v.route.method.KeyRequired {
		return nil
	}
	v.shownKey = v.r.Header.Get("X-Api-Key")
	if v.shown.settings.KeySource == "AUTHORIZER" {
		v.shownKey, _ = v.authorizer[usageKey].(string)
	}
	if v.key = v.view.Key(v.shownKey); v.shownKey == "" || v.key == nil {
		return invalidKey
	}
	return nil
}

// source names the method as resource policies do.
func (v *restVisit) source() string {
	return v.view.API.ExecuteARN(v.view.Stage.Name, v.r.Method, strings.TrimPrefix(v.route.resource.Path, "/"))
}

// place is what the request does not say itself, for events.
func (v *restVisit) place() *payload.ProxyPlace {
	p := &payload.ProxyPlace{
		Stage: v.view.Stage.Name, Path: v.path, FullPath: "/" + v.view.Stage.Name + v.fullPath, Account: v.view.API.Account, APIID: v.view.API.API,
		Deployment: v.shown.deployment, Domain: v.domain(v.view.API.Region), RequestID: v.id, ExtendedID: v.extended,
		SourceIP: sourceIP(v.r), Port: v.config.Address.Port, TraceID: v.trace,
		PathParameters: v.parameters, StageVariables: v.shown.variables, Authorizer: v.authorizer, Now: v.began,
		Spelled: v.spelled,
	}
	if v.path == "/" && !strings.HasSuffix(v.to.path, "/") {
		p.FullPath = strings.TrimSuffix(p.FullPath, "/")
	}
	if v.route != nil {
		p.Resource, p.ResourceID, p.Operation = v.route.resource.Path, v.route.resource.ID, v.route.method.OperationName
	}
	if v.key != nil {
		p.Identity = identityOf(v.caller, v.key.Key.Value, v.key.Key.ID)
	} else {
		p.Identity = identityOf(v.caller, "", "")
	}
	p.Binary = v.shown.binary.matches(v.r.Header.Get("Content-Type"))
	return p
}

// tell tells the meter and the access log, when the request has been answered.
func (v *restVisit) tell() {
	ended := time.Now()
	if v.config.APIMeter != nil {
		v.config.APIMeter.RecordAPI(APISample{
			Scope: v.view.API.Scope, API: v.view.API.API, Name: v.view.Name, Stage: v.view.Stage.Name,
			Status: v.status, Ended: ended, Latency: ended.Sub(v.began), Integration: v.integration, Sent: v.sent,
		})
	}
	v.logAccess(ended)
}

// callFailure words why a function could not be called: API Gateway takes all but an answer too late for its own failure.
func (v *restVisit) callFailure(err error) *restRefusal {
	switch {
	case errors.Is(err, errTimeout):
		return timedOut
	case fault.Is(err, fault.TooLarge, ""):
		return tooLongRequest
	case !fault.Is(err, fault.Throttled, "") && !fault.Is(err, fault.NotFound, ""):
		v.logFailure("an integration failed", err)
	}
	return unreached
}

// headerOf makes a header of one name.
func headerOf(name, value string) http.Header { return http.Header{name: {value}} }
