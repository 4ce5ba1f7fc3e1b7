package sts

import (
	"net/http"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// translate turns an error into AWS's. Nil means that it is our own fault. The names of those for tags and durations are
// recorded (TestSTSAssumeRoleTagging and test_sts_invalid_parameters of LocalStack).
func translate(err error) *wire.Error {
	f := fault.Of(err)
	e := &wire.Error{Status: http.StatusBadRequest, Message: f.Message, Cause: err}
	switch {
	case f.Kind == fault.Denied:
		e.Code, e.Status = "AccessDenied", http.StatusForbidden
	case f.Kind == fault.Invalid && f.Noun == "tags":
		e.Code = "InvalidParameterValue"
	case f.Kind == fault.Invalid:
		e.Code = "ValidationError"
	case f.Kind == fault.Unavailable:
		e.Code, e.Status = "ServiceUnavailable", http.StatusServiceUnavailable
	default:
		return nil
	}
	return e
}
