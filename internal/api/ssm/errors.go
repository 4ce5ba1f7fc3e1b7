package ssm

import (
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// names are AWS's names for errors. All have the status 400, but that of a server that stops.
var names = wire.Codes{
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
	fault.Denied:      {"": "AccessDeniedException"},
	fault.Unavailable: {"": "ServiceUnavailableException"},
}

// failure names an error. AWS says nothing of a parameter that is not there but that (recorded of GetParameter:
// test_parameter_defaults of LocalStack).
func failure(err error) *wire.Error {
	named := names.Error(err)
	if named != nil && named.Code == names[fault.NotFound]["parameter"] {
		named.Message = ""
	}
	return named
}
