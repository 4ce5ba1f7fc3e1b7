package gateway

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"sluice/internal/gateway/payload"
)

// value evaluates what identity sources and mappings of HTTP APIs may name, such as $request.header.X or $context.routeKey; false if it
// is not there.
func (v *httpVisit) value(expression string) (string, bool) {
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

func (v *httpVisit) ofRequest(part string) (string, bool) {
	part, name, _ := strings.Cut(part, ".")
	switch part {
	case "header":
		values := v.r.Header.Values(name)
		return strings.Join(values, ","), len(values) > 0
	case "querystring":
		values := payload.QueryValues(v.r.URL.RawQuery)[name]
		return strings.Join(values, ","), len(values) > 0
	case "path":
		if name == "" {
			return v.path, true
		}
		value, ok := v.parameters[name]
		return value, ok
	case "body":
		return ofBody(string(v.body), name)
	}
	return "", false
}

// ofContext is one of the variables of AWS's page "Customize HTTP API access logs".
func (v *httpVisit) ofContext(name string) (string, bool) {
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

func (v *httpVisit) plainContext() map[string]string {
	all := map[string]string{
		"accountId": v.view.API.Account, "apiId": v.view.API.API, "stage": v.stage.Stage.Name, "domainName": v.domain(v.view.API.Region),
		"domainPrefix": v.view.API.API, "httpMethod": v.r.Method, "path": v.to.path, "protocol": v.r.Proto, "requestId": v.extended,
		"extendedRequestId": v.extended, "requestTime": payload.TimeOf(v.began), "requestTimeEpoch": strconv.FormatInt(v.began.UnixMilli(), 10),
		"identity.sourceIp": sourceIP(v.r), "identity.userAgent": v.r.UserAgent(),
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

func (v *httpVisit) ofAuthorizer(name string) (string, bool) {
	if claim, ok := strings.CutPrefix(name, "claims."); ok && v.token != nil {
		value, there := v.token.Claims[claim]
		return value, there
	}
	if v.said == nil || v.said.context[name] == nil {
		return "", false
	}
	return claimText(v.said.context[name]), true
}

// httpMention finds what a text may name: $context.x, or ${context.x} with other text around it.
var httpMention = regexp.MustCompile(`\$(?:\{(` + httpNamed + `)\}|(` + httpNamed + `))`)

const httpNamed = `(?:context|stageVariables|request|response)(?:\.[A-Za-z0-9_-]+)+`

// fillIn puts values into a text.
func fillIn(text, missing string, value func(expression string) (string, bool)) string {
	return httpMention.ReplaceAllStringFunc(text, func(found string) string {
		if value, ok := value(strings.Trim(found, "${}")); ok {
			return value
		}
		return missing
	})
}

// logAccess writes the stage's line about the request. What is not known of it is a hyphen.
func (v *httpVisit) logAccess(ended time.Time) {
	if v.stage.log == nil || v.config.AccessLog == nil {
		return
	}
	measured := map[string]string{
		"context.status": strconv.Itoa(v.status), "context.responseLength": strconv.Itoa(v.sent),
		"context.responseLatency": strconv.FormatInt(ended.Sub(v.began).Milliseconds(), 10),
	}
	if v.integration > 0 {
		latency := strconv.FormatInt(v.integration.Milliseconds(), 10)
		measured["context.integrationLatency"], measured["context.integration.latency"] = latency, latency
	}
	if v.answered != 0 {
		measured["context.integrationStatus"], measured["context.integration.integrationStatus"] = strconv.Itoa(v.answered), strconv.Itoa(v.answered)
		measured["context.integration.status"] = "200" // the function's call itself
	}
	line := fillIn(v.stage.log.format, "-", func(expression string) (string, bool) {
		if value, ok := measured[expression]; ok {
			return value, true
		}
		return v.value(expression)
	})
	v.config.AccessLog(v.stage.log.group, v.view.API.API+"/"+v.stage.Stage.Name, line)
}
