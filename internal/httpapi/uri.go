package httpapi

import (
	"strings"

	"sluice/internal/executeapi"
)

// FunctionOf returns the ARN or name, perhaps with a qualifier, of the function that a URI leads to, as Integration.URI and
// Authorizer.URI are written. Stage variables are filled in; ok is false if the URI leads elsewhere, or a variable is missing.
func FunctionOf(uri string, variables map[string]string) (function string, ok bool) {
	filled, ok := executeapi.Fill(uri, variables)
	if !ok {
		return "", false
	}
	if function, ok = executeapi.FunctionOf(filled); ok {
		return function, true
	}
	// Else it may be the function's own ARN.
	if strings.HasPrefix(filled, "arn:") && strings.Contains(filled, ":lambda:") && strings.Contains(filled, ":function:") && !strings.Contains(filled, ":lambda:path/") {
		return filled, true
	}
	return "", false
}

// checkFunction refuses a URI that leads to no function, whatever its variables are. One that is a variable alone may.
func checkFunction(uri string) bool {
	if executeapi.IsVariable(uri) {
		return true
	}
	_, ok := FunctionOf(executeapi.Assume(uri), nil)
	return ok
}
