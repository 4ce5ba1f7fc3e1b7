package httpapi

import (
	"encoding/json"
	"net/http"

	"sluice/internal/gateway/executeapi"
)

// refusal is an answer of an HTTP API's own.
type refusal struct {
	status  int
	message string
	reason  string // for access logs: $context.error.message, and of the integration's failures $context.integrationErrorMessage
}

// The refusals that have one text (AWS's page "Troubleshooting issues with HTTP API Lambda integrations", and those on its authorizers
// and routes).
var (
	notFound     = &refusal{status: http.StatusNotFound, message: "Not Found"}
	unauthorized = &refusal{status: http.StatusUnauthorized, message: "Unauthorized"}
	forbidden    = &refusal{status: http.StatusForbidden, message: "Forbidden"}
	tooMany      = &refusal{status: http.StatusTooManyRequests, message: "Too Many Requests"}
	largeHeader  = &refusal{status: http.StatusRequestHeaderFieldsTooLarge, message: "Request Header Fields Too Large"}
	tooLong      = &refusal{status: http.StatusRequestEntityTooLarge, message: "Request Entity Too Large"}
	unread       = &refusal{status: http.StatusRequestTimeout, message: "Request Timeout"}
	unavailable  = &refusal{status: http.StatusServiceUnavailable, message: "Service Unavailable", reason: "The integration did not answer in time."}
)

// broken is the answer to a request whose integration or authorizer is not what it should be, with the reason for the log.
func broken(reason string) *refusal {
	return &refusal{status: http.StatusInternalServerError, message: "Internal Server Error", reason: reason}
}

// refusalOf is the refusal for a failure; nil if there is none.
func refusalOf(f *executeapi.Failure) *refusal {
	if f == nil {
		return nil
	}
	switch f.Reason {
	case executeapi.TooLong:
		return tooLong
	case executeapi.Unread:
		return unread
	case executeapi.Late:
		return unavailable
	case executeapi.Unauthorized:
		return unauthorized
	}
	return broken(f.Detail)
}

// answer is what a refusal looks like.
func (why *refusal) answer() *executeapi.Answer {
	body, _ := json.Marshal(map[string]string{"message": why.message}) // texts: never fails
	return &executeapi.Answer{Status: why.status, Header: http.Header{"Content-Type": {"application/json"}}, Body: body}
}
