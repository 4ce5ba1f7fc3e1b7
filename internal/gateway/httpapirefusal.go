package gateway

import (
	"encoding/json"
	"net/http"
)

// httpRefusal is an answer of an HTTP API's own.
type httpRefusal struct {
	status  int
	message string
	reason  string // for access logs: $context.error.message, and of the integration's failures $context.integrationErrorMessage
}

// The refusals that have one text (AWS's page "Troubleshooting issues with HTTP API Lambda integrations", and those on its authorizers
// and routes).
var (
	httpNotFound     = &httpRefusal{status: http.StatusNotFound, message: "Not Found"}
	httpUnauthorized = &httpRefusal{status: http.StatusUnauthorized, message: "Unauthorized"}
	httpForbidden    = &httpRefusal{status: http.StatusForbidden, message: "Forbidden"}
	httpTooMany      = &httpRefusal{status: http.StatusTooManyRequests, message: "Too Many Requests"}
	httpLargeHeader  = &httpRefusal{status: http.StatusRequestHeaderFieldsTooLarge, message: "Request Header Fields Too Large"}
	httpTooLong      = &httpRefusal{status: http.StatusRequestEntityTooLarge, message: "Request Entity Too Large"}
	httpUnread       = &httpRefusal{status: http.StatusRequestTimeout, message: "Request Timeout"}
	httpUnavailable  = &httpRefusal{status: http.StatusServiceUnavailable, message: "Service Unavailable", reason: "The integration did not answer in time."}
)

// httpFailed is the answer to a request whose integration or authorizer is not what it should be, with the reason for the log.
func httpFailed(reason string) *httpRefusal {
	return &httpRefusal{status: http.StatusInternalServerError, message: "Internal Server Error", reason: reason}
}

// answer is what a refusal looks like.
func (why *httpRefusal) answer() *apiAnswer {
	body, _ := json.Marshal(map[string]string{"message": why.message}) // texts: never fails
	return &apiAnswer{status: why.status, header: http.Header{"Content-Type": {"application/json"}}, body: body}
}
