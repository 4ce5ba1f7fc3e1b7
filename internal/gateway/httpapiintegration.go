package gateway

import (
	"net/http"
	"net/url"
	"time"

	"sluice/internal/function"
	"sluice/internal/gateway/payload"
	"sluice/internal/httpapi"
)

// integrate hands the request to the route's function, and makes the function's answer the request's.
func (v *httpVisit) integrate() (*apiAnswer, *httpRefusal) {
	i := v.route.integration
	if i == nil {
		return nil, httpNotFound
	}
	if refused := v.reach(); refused != nil {
		return nil, refused
	}
	request, path := v.mapped()
	event, err := v.event(request, path)
	if err != nil {
		return nil, httpFailed(err.Error())
	}
	if len(event) > function.MaxPayload {
		return nil, httpTooLong
	}
	answer, err := v.invoke(v.route.target, event, time.Duration(i.Timeout)*time.Millisecond)
	if err != nil {
		return nil, v.callFailure(err)
	}
	if answer.Failed {
		return nil, httpFailed("The function failed: " + errorMessage(answer.Payload))
	}
	read, err := readFor(i.Format)(answer.Payload)
	if err != nil {
		return nil, httpFailed("The response from the Lambda function doesn't match the format that API Gateway expects: " + err.Error())
	}
	v.answered = read.Status
	return v.remapped(&apiAnswer{status: read.Status, header: read.Header, body: read.Body}), nil
}

func readFor(format string) func([]byte) (*payload.Answer, error) {
	if format == httpapi.Format1 {
		return payload.ReadHTTPProxyAnswer
	}
	return payload.ReadHTTPAnswer
}

// reach looks whether the integration leads to a function that API Gateway may call.
func (v *httpVisit) reach() *httpRefusal {
	if !v.route.reachable {
		return httpFailed("The integration leads to no function.")
	}
	if v.route.integration.Credentials != "" {
		return nil
	}
	allowed, err := v.mayInvoke(v.route.target, v.view.API.Account, v.source())
	switch {
	case err != nil:
		return v.callFailure(err)
	case !allowed:
		v.config.Logger.WarnContext(v.r.Context(), "API Gateway may not call the function: its resource policy has no statement for it",
			"request", v.id, "function", v.route.target.function.ARN(), "qualifier", v.route.target.qualifier, "source", v.source())
		return httpFailed("The IAM role configured on the integration or API Gateway doesn't have permissions to call the integration. Check the permissions and try again.")
	}
	return nil
}

// event is what the function gets of a request, in the form that the integration asks for.
func (v *httpVisit) event(r *http.Request, path string) ([]byte, error) {
	if v.route.integration.Format == httpapi.Format1 {
		return payload.NewHTTPProxyEvent(r, v.body, v.proxyPlace(path)).Encode()
	}
	return payload.NewEvent(r, v.body, v.place(path)).Encode()
}

// place is what the request does not say itself, for events in format 2.0.
func (v *httpVisit) place(path string) payload.Place {
	return payload.Place{
		Path: path, HTTPAPI: true, APIID: v.view.API.API, Domain: v.domain(v.view.API.Region), Prefix: v.view.API.API, RouteKey: v.route.Key,
		Stage: v.stage.Stage.Name, RequestID: v.extended, SourceIP: sourceIP(v.r), Port: v.config.Address.Port, TraceID: v.trace, Now: v.began,
		Account: v.view.API.Account, Authorizer: v.authorizer(), PathParameters: v.parameters, StageVariables: v.stage.variables,
	}
}

// proxyPlace is the same for format 1.0. Its paths have no escapes, and begin with the stage as the request's does.
func (v *httpVisit) proxyPlace(path string) *payload.ProxyPlace {
	if plain, err := url.PathUnescape(path); err == nil {
		path = plain
	}
	p := &payload.ProxyPlace{
		Resource: v.route.path, ResourceID: v.route.Key, Stage: v.stage.Stage.Name, Path: path, FullPath: path, Account: v.view.API.Account,
		APIID: v.view.API.API, Domain: v.domain(v.view.API.Region), Operation: v.route.OperationName, RequestID: v.extended, ExtendedID: v.extended,
		SourceIP: sourceIP(v.r), Port: v.config.Address.Port, TraceID: v.trace, PathParameters: v.parameters, StageVariables: v.stage.variables,
		Identity: identityOf(v.caller, "", ""), Now: v.began, Spelled: v.spelled,
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
