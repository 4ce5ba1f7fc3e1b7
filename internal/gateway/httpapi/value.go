package httpapi

import (
	"strconv"
	"strings"

	"sluice/internal/gateway/executeapi"
	"sluice/internal/gateway/ingress"
	"sluice/internal/gateway/payload"
)

// value evaluates what identity sources and mappings of HTTP APIs may name, such as $request.header.X or $context.routeKey; false if it
// is not there.
func (v *visit) value(expression string) (string, bool) {
	scope, name, _ := strings.Cut(strings.TrimPrefix(expression, "$"), ".")
	switch scope {
	case "request":
		return v.ofRequest(name)
	case "stageVariables":
		value, ok := v.stage.variables[name]
		return value, ok
	case "context":
		return v.ofContext(name)
	}
	return "", false
}

func (v *visit) ofRequest(part string) (string, bool) {
	part, name, _ := strings.Cut(part, ".")
	switch part {
	case "header":
		values := v.R.Header.Values(name)
		return strings.Join(values, ","), len(values) > 0
	case "querystring":
		values := payload.QueryValues(v.R.URL.RawQuery)[name]
		return strings.Join(values, ","), len(values) > 0
	case "path":
		if name == "" {
			return v.path, true
		}
		value, ok := v.parameters[name]
		return value, ok
	case "body":
		return executeapi.OfBody(string(v.Body), name)
	}
	return "", false
}

// ofContext is one of the variables of AWS's page "Customize HTTP API access logs".
func (v *visit) ofContext(name string) (string, bool) {
	if value, ok := v.plainContext()[name]; ok {
		return value, value != ""
	}
	if part, ok := strings.CutPrefix(name, "authorizer."); ok {
		return v.ofAuthorizer(part)
	}
	if part, ok := strings.CutPrefix(name, "identity."); ok && v.caller != nil {
		value := map[string]string{
			"accountId": v.caller.AccountID, "caller": v.caller.CallerID, "user": v.caller.UserID, "userArn": v.caller.UserARN, "accessKey": v.caller.AccessKey,
		}[part]
		return value, value != ""
	}
	return "", false
}

func (v *visit) plainContext() map[string]string {
	all := map[string]string{
		"accountId": v.view.API.Account, "apiId": v.view.API.API, "stage": v.stage.Stage.Name, "domainName": v.Domain(v.view.API.Region),
		"domainPrefix": v.view.API.API, "httpMethod": v.R.Method, "path": v.To.Path, "protocol": v.R.Proto, "requestId": v.Extended,
		"extendedRequestId": v.Extended, "requestTime": payload.TimeOf(v.Began), "requestTimeEpoch": strconv.FormatInt(v.Began.UnixMilli(), 10),
		"identity.sourceIp": ingress.SourceIP(v.R), "identity.userAgent": v.R.UserAgent(),
	}
	if v.route != nil {
		all["routeKey"] = v.route.Key
	}
	if v.why != nil {
		all["error.message"], all["error.messageString"], all["integrationErrorMessage"] = v.why.message, strconv.Quote(v.why.message), v.why.reason
		all["error.responseType"] = strconv.Itoa(v.why.status)
	}
	return all
}

func (v *visit) ofAuthorizer(name string) (string, bool) {
	if claim, ok := strings.CutPrefix(name, "claims."); ok && v.token != nil {
		value, there := v.token.Claims[claim]
		return value, there
	}
	if v.said == nil || v.said.context[name] == nil {
		return "", false
	}
	return claimText(v.said.context[name]), true
}

// names are what mappings and access logs may name.
var names = executeapi.NewNames("context", "stageVariables", "request", "response")
