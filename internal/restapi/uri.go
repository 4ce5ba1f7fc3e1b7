package restapi

import (
	"regexp"
	"strings"
)

// functionPath begins the path of an integration with a function.
const functionPath = "path/2015-03-31/functions/"

// target is an integration's ARN, taken apart.
type target struct{ service, action string }

// parseTarget reads arn:aws:apigateway:REGION:SERVICE:ACTION, where ACTION is path/... or action/...
func parseTarget(uri string) (target, error) {
	parts := strings.SplitN(uri, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return target{}, bad("Invalid ARN specified in the request")
	}
	t := target{parts[4], parts[5]}
	if parts[2] != "apigateway" || !strings.HasPrefix(t.action, "path/") && !strings.HasPrefix(t.action, "action/") {
		return target{}, bad("AWS ARN for integration must contain path or action")
	}
	return t, nil
}

// toFunction reports whether the target is a function.
func (t target) toFunction() bool {
	service := t.service == "lambda" || strings.HasSuffix(t.service, ".lambda")
	return service && strings.HasPrefix(t.action, functionPath) && strings.HasSuffix(t.action, "/invocations")
}

// FunctionOf returns the name or ARN, perhaps with a qualifier, of the function that a URI leads to, as Integration.URI and
// Authorizer.URI are written. Stage variables are filled in; ok is false if the URI leads elsewhere, or a variable is missing.
func FunctionOf(uri string, variables map[string]string) (function string, ok bool) {
	filled, ok := Fill(uri, variables)
	if !ok {
		return "", false
	}
	t, err := parseTarget(filled)
	if err != nil || !t.toFunction() {
		return "", false
	}
	function = strings.TrimSuffix(strings.TrimPrefix(t.action, functionPath), "/invocations")
	return function, function != ""
}

var stageVariable = regexp.MustCompile(`\$\{stageVariables\.([A-Za-z0-9_]+)\}`)

// Fill puts the values of stage variables into a text; false if one is missing.
func Fill(text string, variables map[string]string) (filled string, ok bool) {
	ok = true
	filled = stageVariable.ReplaceAllStringFunc(text, func(found string) string {
		value, there := variables[stageVariable.FindStringSubmatch(found)[1]]
		ok = ok && there
		return value
	})
	return filled, ok
}
