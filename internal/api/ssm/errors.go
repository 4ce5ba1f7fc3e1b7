package ssm

import (
	"net/http"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// key is what an error is looked up by; an empty noun means any other.
type key struct {
	kind fault.Kind
	noun string
}

// names are AWS's names for errors. All have the status 400.
var names = map[key]string{
	{fault.NotFound, "parameter"}:    "ParameterNotFound",
	{fault.NotFound, "version"}:      "ParameterVersionNotFound",
	{fault.Conflict, "parameter"}:    "ParameterAlreadyExists",
	{fault.Limit, "hierarchy"}:       "HierarchyLevelLimitExceededException",
	{fault.Limit, "versions"}:        "ParameterMaxVersionLimitExceeded",
	{fault.Limit, "labels"}:          "ParameterVersionLabelLimitExceeded",
	{fault.Limit, "tags"}:            "TooManyTagsError",
	{fault.Invalid, "pattern"}:       "InvalidAllowedPatternException",
	{fault.Invalid, "value"}:         "ParameterPatternMismatchException",
	{fault.Invalid, "filter key"}:    "InvalidFilterKey",
	{fault.Invalid, "filter option"}: "InvalidFilterOption",
	{fault.Invalid, "filter value"}:  "InvalidFilterValue",
	{fault.Invalid, "token"}:         "InvalidNextToken",
	{fault.Invalid, "resource type"}: "InvalidResourceType",
	{fault.Invalid, "resource"}:      "InvalidResourceId",
	{fault.Invalid, ""}:              "ValidationException",
	{fault.Denied, ""}:               "AccessDeniedException",
}

// translate turns an error into AWS's. Nil means that it is our own fault.
func translate(err error) *wire.Error {
	f := fault.Of(err)
	if f.Kind == fault.Unavailable {
		return &wire.Error{Code: "ServiceUnavailableException", Status: http.StatusServiceUnavailable, Message: f.Message, Cause: err}
	}
	code, ok := names[key{f.Kind, f.Noun}]
	if !ok {
		code = names[key{f.Kind, ""}]
	}
	if code == "" {
		return nil
	}
	return &wire.Error{Code: code, Status: http.StatusBadRequest, Message: f.Message, Cause: err}
}
