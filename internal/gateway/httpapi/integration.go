package httpapi

import (
	"net/http"
	"net/url"
	"time"

	"sluice/internal/gateway/executeapi"
	"sluice/internal/gateway/ingress"
	"sluice/internal/gateway/payload"
	"sluice/internal/httpapi"
)

// integrate hands the request to the route's function, and makes the function's answer the request's.
func (v *visit) integrate() (*executeapi.Answer, *refusal) {
	if v.route.integration == nil {
		return nil, notFound
	}
	call := v.call()
	if failed := v.Reach(call); failed != nil {
		return nil, refusalOf(failed)
	}
	request, path := v.mapped()
	event, err := v.event(request, path)
	if err != nil {
		return nil, broken(err.Error())
	}
	answer, failed := v.Invoke(call, event)
	if failed != nil {
		return nil, refusalOf(failed)
	}
	if answer.Failed {
		return nil, broken("The function failed: " + executeapi.ErrorMessage(answer.Payload))
	}
	read, err := readFor(v.route.integration.Format)(answer.Payload)
	if err != nil {
		return nil, broken("The response from the Lambda function doesn't match the format that API Gateway expects: " + err.Error())
	}
	v.answered = read.Status
	return v.remapped(&executeapi.Answer{Status: read.Status, Header: read.Header, Body: read.Body}), nil
}

func readFor(format string) func([]byte) (*payload.Answer, error) {
	if format == httpapi.Format1 {
		return payload.ReadHTTPProxyAnswer
	}
	return payload.ReadHTTPAnswer
}

// call is what the route's integration calls.
func (v *visit) call() *executeapi.Call {
	i := v.route.integration
	return &executeapi.Call{
		Target: v.route.target, Credentials: i.Credentials, Account: v.view.API.Account, Source: v.source(), Limit: time.Duration(i.Timeout) * time.Millisecond,
	}
}

// event is what the function gets of a request, in the form that the integration asks for.
func (v *visit) event(r *http.Request, path string) ([]byte, error) {
	if v.route.integration.Format == httpapi.Format1 {
		return payload.NewHTTPProxyEvent(r, v.Body, v.proxyPlace(path)).Encode()
	}
	return payload.NewEvent(r, v.Body, v.place(path)).Encode()
}

// place is what the request does not say itself, for events in format 2.0.
func (v *visit) place(path string) payload.Place {
	return payload.Place{
		Path: path, HTTPAPI: true, APIID: v.view.API.API, Domain: v.Domain(v.view.API.Region), Prefix: v.view.API.API, RouteKey: v.route.Key,
		Stage: v.stage.Stage.Name, RequestID: v.Extended, SourceIP: ingress.SourceIP(v.R), Port: v.Address.Port, TraceID: v.Trace, Now: v.Began,
		Account: v.view.API.Account, Authorizer: v.shown(), PathParameters: v.parameters, StageVariables: v.stage.variables,
	}
}

// proxyPlace is the same for format 1.0. Its paths have no escapes, and begin with the stage as the request's does.
func (v *visit) proxyPlace(path string) *payload.ProxyPlace {
	if plain, err := url.PathUnescape(path); err == nil {
		path = plain
	}
	p := &payload.ProxyPlace{
		Resource: v.route.path, ResourceID: v.route.Key, Stage: v.stage.Stage.Name, Path: path, FullPath: path, Account: v.view.API.Account,
		APIID: v.view.API.API, Domain: v.Domain(v.view.API.Region), Operation: v.route.OperationName, RequestID: v.Extended, ExtendedID: v.Extended,
		SourceIP: ingress.SourceIP(v.R), Port: v.Address.Port, TraceID: v.Trace, PathParameters: v.parameters, StageVariables: v.stage.variables,
		Identity: executeapi.Identity(v.caller, "", ""), Now: v.Began, Spelled: v.Spelled,
	}
	if p.Resource == "" {
		p.Resource = "/" + httpapi.DefaultKey
	}
	switch {
	case v.said != nil:
		p.Authorizer = v.said.context
	case v.token != nil:
		p.Authorizer = map[string]any{"claims": v.token.Claims, "scopes": v.token.Scopes}
	}
	return p
}
