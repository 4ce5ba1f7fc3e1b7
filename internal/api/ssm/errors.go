package ssm

import (
	"net/http"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// names are AWS's names for errors. All have the status 400.
var names = fault.Table[string]{
	fault.NotFound: {
		"parameter": "ParameterNotFound",
		"version":   "ParameterVersionNotFound",
	},
	fault.Conflict: {"parameter": "ParameterAlreadyExists"},
	fault.Limit: {
		"hierarchy": "HierarchyLevelLimitExceededException",
		"versions":  "ParameterMaxVersionLimitExceeded",
		"labels":    "ParameterVersionLabelLimitExceeded",
		"tags":      "TooManyTagsError",
	},
	fault.Invalid: {
		"pattern":       "InvalidAllowedPatternException",
		"value":         "ParameterPatternMismatchException",
		"filter key":    "InvalidFilterKey",
		"filter option": "InvalidFilterOption",
		"filter value":  "InvalidFilterValue",
		"token":         "InvalidNextToken",
		"resource type": "InvalidResourceType",
		"resource":      "InvalidResourceId",
		"":              "ValidationException",
	},
	fault.Denied: {"": "AccessDeniedException"},
}

// translate turns an error into AWS's. Nil means that it is our own fault.
func translate(err error) *wire.Error {
	f := fault.Of(err)
	if f.Kind == fault.Unavailable {
		return &wire.Error{Code: "ServiceUnavailableException", Status: http.StatusServiceUnavailable, Message: f.Message, Cause: err}
	}
	code, ok := names.Find(err)
	if !ok {
		return nil
	}
	return &wire.Error{Code: code, Status: http.StatusBadRequest, Message: f.Message, Cause: err}
}
