package logs

import (
	"net/http"
	"slices"
	"strings"

	"sluice/internal/api/shape"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// names are AWS's names for errors. All have the status 400, but that of a server that stops.
var names = wire.Codes{
	fault.NotFound: {
		"group":        "ResourceNotFoundException",
		"stream":       "ResourceNotFoundException",
		"filter":       "ResourceNotFoundException",
		"policy":       "ResourceNotFoundException",
		"subscription": "ResourceNotFoundException",
	},
	fault.Conflict: {
		"group":           "ResourceAlreadyExistsException",
		"stream":          "ResourceAlreadyExistsException",
		"protected group": "ValidationException", // AWS's page "DeleteLogGroup" names no better one
	},
	fault.Limit: {
		"":     "LimitExceededException",
		"tags": "TooManyTagsException",
	},
	fault.Invalid:     {"": "InvalidParameterException"},
	fault.Denied:      {"": "AccessDeniedException"},
	fault.Throttled:   {"": "ThrottlingException"},
	fault.Unavailable: {"": "ServiceUnavailableException"},
}

// invalid words a request that breaks the model's constraints. AWS is laxer than its model with metrics' namespaces, and
// says it in its own words when a name is too long to create anything by it (recordings
// test_put_metric_filter_with_special_namespace and test_create_log_group_invalid_name_length).
func invalid(op *shape.Operation, violations []shape.Violation) *wire.Error {
	violations = slices.DeleteFunc(slices.Clone(violations), harmless)
	if len(violations) == 0 {
		return nil
	}
	if strings.HasPrefix(op.Name, "Create") && slices.ContainsFunc(violations, tooLongName) {
		return names.Error(fault.Errorf(fault.Invalid, "name",
			"Invalid LogGroup or LogStream, both must have length less than or equal to 512."))
	}
	return names.Error(fault.Errorf(fault.Invalid, "request", "%s", shape.Message(violations)))
}

// harmless finds a namespace that only a colon makes wrong.
func harmless(v shape.Violation) bool {
	return (v.Path == "metricNamespace" || strings.HasSuffix(v.Path, ".metricNamespace")) &&
		strings.HasPrefix(v.Demand, "Member must satisfy regular expression") && !strings.ContainsAny(v.Value, "*$")
}

func tooLongName(v shape.Violation) bool {
	return (v.Path == "logGroupName" || v.Path == "logStreamName") && strings.Contains(v.Demand, "length less")
}

// refuse answers what Sluice knows of and does not do (docs/decisions/0002-unimplemented-operations.md).
func refuse(what string) error {
	return &wire.Error{Code: "NotImplementedException", Status: http.StatusBadRequest, Message: "Sluice does not implement " + what + "."}
}
