package rest

import (
	"strings"

	"sluice/internal/gateway/executeapi"
	"sluice/internal/gateway/ingress"
	"sluice/internal/gateway/payload"
	"sluice/internal/restapi"
	"sluice/internal/velocity"
)

// visit is one request to a stage of a REST API.
type visit struct {
	*executeapi.Visit
	front *Front
	view  *restapi.View
	shown *snapshot // the deployment that the request goes to
	path  string    // below the stage, with its escapes, beginning with one slash
	// fullPath is the path below the stage as it was sent.
	fullPath string

	route      *served
	parameters map[string]string // of the path, as they were sent
	caller     *payload.IAM      // who signed; nil if nobody had to
	key        *restapi.PlanKey
	shownKey   string         // the API key that was shown
	authorizer map[string]any // what an authorizer said

	values *velocity.Map // $context, once it is needed
	why    *refusal      // why the request was refused; nil if it was not
}

// serve takes the request through its steps, or returns why one of them refused it. Their order is API Gateway's: who calls, by
// which key and how often, what is sent, and then the integration.
func (v *visit) serve() (*executeapi.Answer, *refusal) {
	for _, step := range []func() *refusal{v.bound, v.find, v.authorize, v.admitKey, v.throttle, v.readBody, v.validate} {
		if refused := step(); refused != nil {
			return nil, refused
		}
	}
	if v.overreaches() {
		return nil, notConfigured
	}
	i := v.route.method.Integration
	switch {
	case !i.Served():
		return nil, unserved(i.Type)
	case i.Type == restapi.AWSProxy:
		return v.proxy()
	case i.Type == restapi.AWSIntegration:
		return v.mapped(v.callFunction)
	}
	return v.mapped(v.mock)
}

// bound refuses a request whose headers are too large.
func (v *visit) bound() *refusal {
	if !v.Bounded() {
		return tooLargeHeader
	}
	return nil
}

// find looks the method up. A slash at the path's end does not matter.
func (v *visit) find() *refusal {
	path := v.path
	if len(path) > 1 {
		path = strings.TrimSuffix(path, "/")
	}
	found, parameters, ok := v.shown.routes.Find(v.R.Method, path)
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
func (v *visit) readBody() *refusal { return refusalOf(v.ReadBody()) }

// throttle counts the request.
func (v *visit) throttle() *refusal {
	switch v.front.config.APIs.Admit(v.view, v.key, v.route.method.HTTPMethod, v.route.resource.Path) {
	case restapi.Throttled:
		return tooMany
	case restapi.Exhausted:
		return exhausted
	}
	return nil
}

// admitKey wants an API key if the method does. A method that wants none does not look at one.
func (v *visit) admitKey() *refusal {
	if !v.route.method.KeyRequired {
		return nil
	}
	v.shownKey = v.R.Header.Get("X-Api-Key")
	if v.shown.settings.KeySource == "AUTHORIZER" {
		v.shownKey, _ = v.authorizer[usageKey].(string)
	}
	if v.key = v.view.Key(v.shownKey); v.shownKey == "" || v.key == nil {
		return invalidKey
	}
	return nil
}

// source names the method as resource policies do.
func (v *visit) source() string {
	return v.view.API.ExecuteARN(v.view.Stage.Name, v.R.Method, strings.TrimPrefix(v.route.resource.Path, "/"))
}

// place is what the request does not say itself, for events.
func (v *visit) place() *payload.ProxyPlace {
	p := &payload.ProxyPlace{
		Stage: v.view.Stage.Name, Path: v.path, FullPath: "/" + v.view.Stage.Name + v.fullPath, Account: v.view.API.Account, APIID: v.view.API.API,
		Deployment: v.shown.deployment, Domain: v.Domain(v.view.API.Region), RequestID: v.ID, ExtendedID: v.Extended,
		SourceIP: ingress.SourceIP(v.R), Port: v.Address.Port, TraceID: v.Trace,
		PathParameters: v.parameters, StageVariables: v.shown.variables, Authorizer: v.authorizer, Now: v.Began,
		Spelled: v.Spelled,
	}
	if v.path == "/" && !strings.HasSuffix(v.To.Path, "/") {
		p.FullPath = strings.TrimSuffix(p.FullPath, "/")
	}
	if v.route != nil {
		p.Resource, p.ResourceID, p.Operation = v.route.resource.Path, v.route.resource.ID, v.route.method.OperationName
	}
	if v.key != nil {
		p.Identity = executeapi.Identity(v.caller, v.key.Key.Value, v.key.Key.ID)
	} else {
		p.Identity = executeapi.Identity(v.caller, "", "")
	}
	p.Binary = v.shown.binary.matches(v.R.Header.Get("Content-Type"))
	return p
}
