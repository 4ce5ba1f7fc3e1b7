package apigatewayv2

import (
	"net/http"

	apishape "sluice/internal/api/shape"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

type name struct {
	code   string
	status int
}

// names are AWS's names for errors (the pages of the operations).
var names = fault.Table[name]{
	fault.NotFound:    {"": {"NotFoundException", http.StatusNotFound}},
	fault.Invalid:     {"": {"BadRequestException", http.StatusBadRequest}, "unserved": {"NotImplementedException", http.StatusBadRequest}},
	fault.Conflict:    {"": {"ConflictException", http.StatusConflict}},
	fault.Unavailable: {"": {"ServiceUnavailableException", http.StatusServiceUnavailable}},
}

// translate turns an error into AWS's. Nil means that it is our own fault.
func translate(err error) *wire.Error {
	n, ok := names.Find(err)
	if !ok {
		return nil
	}
	return &wire.Error{Code: n.code, Status: n.status, Message: fault.Of(err).Message, Cause: err}
}

// invalid words what violates constraints.
func invalid(_ *apishape.Operation, violations []apishape.Violation) *wire.Error {
	return &wire.Error{Code: "BadRequestException", Status: http.StatusBadRequest, Message: apishape.Message(violations)}
}

// unserved is the answer to what AWS has and Sluice hasn't.
func unserved(format string, args ...any) error {
	return fault.Errorf(fault.Invalid, "unserved", format, args...)
}

func bad(format string, args ...any) error {
	return fault.Errorf(fault.Invalid, "request", format, args...)
}
