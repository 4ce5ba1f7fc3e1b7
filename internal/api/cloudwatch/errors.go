package cloudwatch

import (
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// name is how AWS names an error.
type name struct {
	code   string // in JSON and CBOR
	query  string // in the query protocol, and in the header that SDKs take the code from
	status int
	// from is the namespace of code: another one for errors that come from before the service. Recorded in
	// test_exception_serializing_with_no_shape_in_spec.
	from string
}

const (
	service  = "com.amazonaws.cloudwatch.v2010_08_01#"
	validate = "com.amazon.coral.validate#"

	internal = "InternalServiceError" // what nobody expected
)

var (
	validation  = name{"ValidationException", "ValidationError", 400, validate}
	combination = name{"InvalidParameterCombinationException", "InvalidParameterCombination", 400, service}
	parameter   = name{"InvalidParameterValueException", "InvalidParameterValue", 400, service}
	missing     = name{"MissingRequiredParameterException", "MissingParameter", 400, service}
	limit       = name{"LimitExceededFault", "LimitExceeded", 400, service}
)

// names are AWS's names for errors (the API's model of 2010-08-01). A noun that is not listed is its kind's.
var names = fault.Table[name]{
	fault.Invalid: {
		"":            validation,
		"combination": combination,
		"parameter":   parameter,
		"required":    missing,
		"page":        {"InvalidNextToken", "InvalidNextToken", 400, service},
		"reason data": {"InvalidFormatFault", "InvalidFormat", 400, service},
		"dashboard":   {"DashboardInvalidInputError", "InvalidParameterInput", 400, service},
	},
	fault.NotFound: {
		"alarm":     {"ResourceNotFound", "ResourceNotFound", 404, service},
		"tagged":    {"ResourceNotFoundException", "ResourceNotFoundException", 404, service},
		"dashboard": {"DashboardNotFoundError", "ResourceNotFound", 404, service},
	},
	fault.Conflict: {
		"alarm":         validation,
		"alarm parents": validation,
	},
	fault.Limit: {
		"":           limit,
		"alarms":     validation,
		"alarm rule": validation,
	},
	fault.TooLarge:    {"": {"RequestEntityTooLargeException", "RequestEntityTooLarge", 413, ""}},
	fault.Throttled:   {"": {"ThrottlingException", "Throttling", 400, ""}},
	fault.Unavailable: {"": {"ServiceUnavailable", "ServiceUnavailable", 503, ""}},
}

// translate turns an error into AWS's. Nil means that it is our own fault.
func translate(err error) *wire.Error {
	f := fault.Of(err)
	n, ok := names.Find(err)
	if !ok {
		return nil
	}
	return &wire.Error{Code: n.from + n.code, QueryCode: n.query, Status: n.status, Message: f.Message, Cause: err}
}
