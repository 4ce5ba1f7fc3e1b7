package rest

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"sluice/internal/gateway/executeapi"
	"sluice/internal/restapi"
)

// refusal is an answer of API Gateway's own: a gateway response. An API may change what its clients see of it.
type refusal struct {
	kind    string // the gateway response's type
	status  int
	name    string // of X-Amzn-Errortype
	message string // empty: null
	detail  string // $context.error.validationErrorString
}

// The refusals that have one text. It is AWS's (recorded: TestApigatewayRouting.test_routing_not_found, and the page "Gateway
// response types for API Gateway").
var (
	missingToken   = &refusal{kind: "MISSING_AUTHENTICATION_TOKEN", status: http.StatusForbidden, name: "MissingAuthenticationTokenException", message: "Missing Authentication Token"}
	forbiddenStage = &refusal{kind: "DEFAULT_4XX", status: http.StatusForbidden, name: "ForbiddenException", message: "Forbidden"}
	invalidKey     = &refusal{kind: "INVALID_API_KEY", status: http.StatusForbidden, name: "ForbiddenException", message: "Forbidden"}
	tooMany        = &refusal{kind: "THROTTLED", status: http.StatusTooManyRequests, name: "TooManyRequestsException", message: "Too Many Requests"}
	exhausted      = &refusal{kind: "QUOTA_EXCEEDED", status: http.StatusTooManyRequests, name: "LimitExceededException", message: "Limit Exceeded"}
	tooLongRequest = &refusal{kind: "REQUEST_TOO_LARGE", status: http.StatusRequestEntityTooLarge, name: "RequestTooLargeException", message: "Request Too Long"}
	tooLargeHeader = &refusal{kind: "REQUEST_TOO_LARGE", status: http.StatusRequestEntityTooLarge, name: "RequestTooLargeException", message: "HTTP header is larger than 10240 bytes."}
	unreadable     = &refusal{kind: "DEFAULT_4XX", status: http.StatusRequestTimeout, name: "RequestTimeoutException", message: "The request's body did not arrive."}
	badMediaType   = &refusal{kind: "UNSUPPORTED_MEDIA_TYPE", status: http.StatusUnsupportedMediaType, name: "UnsupportedMediaTypeException", message: "Unsupported Media Type"}
	timedOut       = &refusal{kind: "INTEGRATION_TIMEOUT", status: http.StatusGatewayTimeout, name: "InternalServerErrorException", message: "Endpoint request timed out"}
	malformed      = &refusal{kind: "INTEGRATION_FAILURE", status: http.StatusBadGateway, name: "InternalServerErrorException", message: internalMessage}
	unreached      = &refusal{kind: "INTEGRATION_FAILURE", status: http.StatusInternalServerError, name: "InternalServerErrorException", message: internalMessage}
	notConfigured  = misconfigured(internalMessage)
	unauthorized   = &refusal{kind: "UNAUTHORIZED", status: http.StatusUnauthorized, name: "UnauthorizedException", message: "Unauthorized"}
	denied         = &refusal{kind: "ACCESS_DENIED", status: http.StatusForbidden, name: "AccessDeniedException", message: "User is not authorized to access this resource"}
	deniedPlainly  = &refusal{kind: "ACCESS_DENIED", status: http.StatusForbidden, name: "AccessDeniedException", message: "User is not authorized to access this resource with an explicit deny"}
	authorizerFell = &refusal{kind: "AUTHORIZER_CONFIGURATION_ERROR", status: http.StatusInternalServerError, name: "AuthorizerConfigurationException"}
)

const internalMessage = "Internal server error"

// misconfigured says that an API is not set up so that it can answer.
func misconfigured(message string) *refusal {
	return &refusal{kind: "API_CONFIGURATION_ERROR", status: http.StatusInternalServerError, name: "InternalServerErrorException", message: message}
}

// unserved says that a method leads to something that Sluice has not. AWS would go there; 501 tells the two apart.
func unserved(kind string) *refusal {
	return &refusal{
		kind: "API_CONFIGURATION_ERROR", status: http.StatusNotImplemented, name: "NotImplementedException",
		message: "Sluice answers integrations with Lambda functions (AWS_PROXY, AWS) and MOCK; this method's is another one (" + kind + ").",
	}
}

// refusals are the answers to what failed for a reason that both kinds of APIs have: API Gateway takes all but an answer too late
// and a request too long for its own failure.
var refusals = map[executeapi.Reason]*refusal{
	executeapi.TooLong: tooLongRequest, executeapi.Unread: unreadable, executeapi.NoFunction: notConfigured, executeapi.NotAllowed: notConfigured,
	executeapi.Late: timedOut, executeapi.Unreached: unreached,
}

// refusalOf is the refusal for a failure; nil if there is none.
func refusalOf(f *executeapi.Failure) *refusal {
	if f == nil {
		return nil
	}
	return refusals[f.Reason]
}

// refusal makes the answer that the API has for a refusal. One that says no status keeps the refusal's, as AWS does (recorded:
// test_lambda_aws_proxy_integration_non_post_method).
func (v *visit) refusal(why *refusal) *executeapi.Answer {
	custom := v.customized(why)
	if custom == nil {
		return why.answer()
	}
	a := &executeapi.Answer{Status: why.status, Header: http.Header{"X-Amzn-Errortype": {why.name}}}
	if status, err := strconv.Atoi(custom.Status); err == nil {
		a.Status = status
	}
	e := v.expressions(why)
	a.Header.Set("Content-Type", "application/json")
	a.Body = why.body()
	if kind, template, ok := templateFor(custom.Templates, v.R.Header.Get("Accept")); ok {
		a.Header.Set("Content-Type", kind)
		a.Body = []byte(names.Fill(template, "", e.value))
	}
	for to, from := range custom.Parameters {
		name, ok := strings.CutPrefix(to, "gatewayresponse.header.")
		if value, known := e.value(from); ok && known && sendable(name, value) {
			a.Header.Set(name, value)
		}
	}
	return a
}

// customized returns what the API changed of a type of response, or of the default of its kind.
func (v *visit) customized(why *refusal) *restapi.GatewayResponse {
	changed := v.shown.responses[why.kind]
	if changed == nil {
		changed = v.shown.responses[why.fallback()]
	}
	return changed
}

// fallback is the type that stands for all of a class of statuses.
func (why *refusal) fallback() string {
	if why.status >= http.StatusInternalServerError {
		return "DEFAULT_5XX"
	}
	return "DEFAULT_4XX"
}

// answer is what a refusal looks like where no API changed it.
func (why *refusal) answer() *executeapi.Answer {
	return &executeapi.Answer{Status: why.status, Body: why.body(), Header: http.Header{"X-Amzn-Errortype": {why.name}, "Content-Type": {"application/json"}}}
}

func (why *refusal) body() []byte { return []byte(`{"message":` + why.messageString() + `}`) }

// messageString is the message as JSON: a text, or null.
func (why *refusal) messageString() string {
	if why.message == "" {
		return "null"
	}
	text, _ := json.Marshal(why.message) // a text: never fails
	return string(text)
}

// templateFor picks a template by what the client accepts: the first type that has one, else JSON's, else the first by name.
func templateFor(templates map[string]string, accept string) (kind, template string, ok bool) {
	for each := range strings.SplitSeq(accept, ",") {
		each, _, _ = strings.Cut(strings.TrimSpace(each), ";")
		if template, ok = templates[each]; ok {
			return each, template, true
		}
	}
	if template, ok = templates["application/json"]; ok {
		return "application/json", template, true
	}
	for name := range templates {
		if !ok || name < kind {
			kind, template, ok = name, templates[name], true
		}
	}
	return kind, template, ok
}
