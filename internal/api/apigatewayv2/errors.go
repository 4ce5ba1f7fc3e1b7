package apigatewayv2

import (
	"net/http"

	apishape "sluice/internal/api/shape"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// names are AWS's names for errors (the pages of the operations).
var names = wire.Names{
	fault.NotFound:    {"": {Code: "NotFoundException", Status: http.StatusNotFound}},
	fault.Invalid:     {"": {Code: "BadRequestException", Status: http.StatusBadRequest}, "unserved": {Code: "NotImplementedException", Status: http.StatusBadRequest}},
	fault.Conflict:    {"": {Code: "ConflictException", Status: http.StatusConflict}},
	fault.Unavailable: {"": {Code: "ServiceUnavailableException", Status: http.StatusServiceUnavailable}},
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
