package executeapi

import (
	"strings"

	"sluice/internal/fault"
)

// functionPath begins the path of an integration with a function.
const functionPath = "2015-03-31/functions/"

// Target is the ARN of an integration, taken apart.
type Target struct{ service, action string }

// ParseTarget reads arn:aws:apigateway:REGION:SERVICE:ACTION, where ACTION is path/... or action/...
// Errors: fault.Invalid "request", in AWS's words.
func ParseTarget(uri string) (Target, error) {
	parts := strings.SplitN(uri, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return Target{}, bad("Invalid ARN specified in the request")
	}
	t := Target{parts[4], parts[5]}
	if parts[2] != "apigateway" || !strings.HasPrefix(t.action, "path/") && !strings.HasPrefix(t.action, "action/") {
		return Target{}, bad("AWS ARN for integration must contain path or action")
	}
	return t, nil
}

// Function returns the name or ARN, perhaps with a qualifier, of the function that the target is; empty if it is none. Slashes and spaces
// before the path do not matter (recording test_apigateway_with_custom_authorization_method).
func (t Target) Function() string {
	path, _ := strings.CutPrefix(t.action, "path/")
	path, begins := strings.CutPrefix(strings.TrimLeft(path, "/ "), functionPath)
	function, ends := strings.CutSuffix(path, "/invocations")
	if !begins || !ends || t.service != "lambda" && !strings.HasSuffix(t.service, ".lambda") {
		return ""
	}
	return function
}

// FunctionOf returns the function of a target's ARN; false if the URI leads elsewhere.
func FunctionOf(uri string) (function string, ok bool) {
	t, err := ParseTarget(uri)
	if err != nil {
		return "", false
	}
	function = t.Function()
	return function, function != ""
}

func bad(format string, args ...any) error {
	return fault.Errorf(fault.Invalid, "request", format, args...)
}
