package gateway

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"sluice/internal/restapi"
)

// restRefusal is an answer of API Gateway's own: a gateway response. An API may change what its clients see of it.
type restRefusal struct {
	kind    string // the gateway response's type
	status  int
	name    string // of X-Amzn-Errortype
	message string // empty: null
	detail  string // $context.error.validationErrorString
}

// The refusals that have one text. It is AWS's (recorded: TestApigatewayRouting.test_routing_not_found, and the page "Gateway
// response types for API Gateway").
var (
	missingToken   = &restRefusal{kind: "MISSING_AUTHENTICATION_TOKEN", status: http.StatusForbidden, name: "MissingAuthenticationTokenException", message: "Missing Authentication Token"}
	forbiddenStage = &restRefusal{kind: "DEFAULT_4XX", status: http.StatusForbidden, name: "ForbiddenException", message: "Forbidden"}
	invalidKey     = &restRefusal{kind: "INVALID_API_KEY", status: http.StatusForbidden, name: "ForbiddenException", message: "Forbidden"}
	tooMany        = &restRefusal{kind: "THROTTLED", status: http.StatusTooManyRequests, name: "TooManyRequestsException", message: "Too Many Requests"}
	exhausted      = &restRefusal{kind: "QUOTA_EXCEEDED", status: http.StatusTooManyRequests, name: "LimitExceededException", message: "Limit Exceeded"}
	tooLongRequest = &restRefusal{kind: "REQUEST_TOO_LARGE", status: http.StatusRequestEntityTooLarge, name: "RequestTooLargeException", message: "Request Too Long"}
	tooLargeHeader = &restRefusal{kind: "REQUEST_TOO_LARGE", status: http.StatusRequestEntityTooLarge, name: "RequestTooLargeException", message: "HTTP header is larger than 10240 bytes."}
	unreadable     = &restRefusal{kind: "DEFAULT_4XX", status: http.StatusRequestTimeout, name: "RequestTimeoutException", message: "The request's body did not arrive."}
	badMediaType   = &restRefusal{kind: "UNSUPPORTED_MEDIA_TYPE", status: http.StatusUnsupportedMediaType, name: "UnsupportedMediaTypeException", message: "Unsupported Media Type"}
	timedOut       = &restRefusal{kind: "INTEGRATION_TIMEOUT", status: http.StatusGatewayTimeout, name: "InternalServerErrorException", message: "Endpoint request timed out"}
	malformed      = &restRefusal{kind: "INTEGRATION_FAILURE", status: http.StatusBadGateway, name: "InternalServerErrorException", message: internalMessage}
	unreached      = &restRefusal{kind: "INTEGRATION_FAILURE", status: http.StatusInternalServerError, name: "InternalServerErrorException", message: internalMessage}
	notConfigured  = misconfigured(internalMessage)
	unauthorized   = &restRefusal{kind: "UNAUTHORIZED", status: http.StatusUnauthorized, name: "UnauthorizedException", message: "Unauthorized"}
	denied         = &restRefusal{kind: "ACCESS_DENIED", status: http.StatusForbidden, name: "AccessDeniedException", message: "User is not authorized to access this resource"}
	deniedPlainly  = &restRefusal{kind: "ACCESS_DENIED", status: http.StatusForbidden, name: "AccessDeniedException", message: "User is not authorized to access this resource with an explicit deny"}
	authorizerFell = &restRefusal{kind: "AUTHORIZER_CONFIGURATION_ERROR", status: http.StatusInternalServerError, name: "AuthorizerConfigurationException"}
)

const internalMessage = "Internal server error"

// misconfigured says that an API is not set up so that it can answer.
func misconfigured(message string) *restRefusal {
	return &restRefusal{kind: "API_CONFIGURATION_ERROR", status: http.StatusInternalServerError, name: "InternalServerErrorException", message: message}
}

// refusal makes the answer that the API has for a refusal. One that says no status keeps the refusal's, as AWS does (recorded:
// test_lambda_aws_proxy_integration_non_post_method).
func (v *restVisit) refusal(why *restRefusal) *apiAnswer {
	custom := v.customized(why)
	if custom == nil {
		return why.answer()
	}
	a := &apiAnswer{status: why.status, header: http.Header{"X-Amzn-Errortype": {why.name}}}
	if status, err := strconv.Atoi(custom.Status); err == nil {
		a.status = status
	}
	e := v.expressions(why)
	a.header.Set("Content-Type", "application/json")
	a.body = why.body()
	if kind, template, ok := templateFor(custom.Templates, v.r.Header.Get("Accept")); ok {
		a.header.Set("Content-Type", kind)
		a.body = []byte(e.fill(template))
	}
	for to, from := range custom.Parameters {
		name, ok := strings.CutPrefix(to, "gatewayresponse.header.")
		if value, known := e.value(from); ok && known && sendable(name, value) {
			a.header.Set(name, value)
		}
	}
	return a
}

// customized returns what the API changed of a type of response, or of the default of its kind.
func (v *restVisit) customized(why *restRefusal) *restapi.GatewayResponse {
	changed := v.shown.responses[why.kind]
	if changed == nil {
		changed = v.shown.responses[why.fallback()]
	}
	return changed
}

// fallback is the type that stands for all of a class of statuses.
func (why *restRefusal) fallback() string {
	if why.status >= http.StatusInternalServerError {
		return "DEFAULT_5XX"
	}
	return "DEFAULT_4XX"
}

// answer is what a refusal looks like where no API changed it.
func (why *restRefusal) answer() *apiAnswer {
	return &apiAnswer{status: why.status, body: why.body(), header: http.Header{"X-Amzn-Errortype": {why.name}, "Content-Type": {"application/json"}}}
}

func (why *restRefusal) body() []byte { return []byte(`{"message":` + why.messageString() + `}`) }

// messageString is the message as JSON: a text, or null.
func (why *restRefusal) messageString() string {
	if why.message == "" {
		return "null"
	}
	text, _ := json.Marshal(why.message) // a text: never fails
	return string(text)
}

// sendRefusal sends a refusal by no API.
func (v *apiVisit) sendRefusal(why *restRefusal) { v.send(why.answer()) }

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
