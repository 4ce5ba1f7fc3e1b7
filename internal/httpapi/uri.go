package httpapi

import (
	"regexp"
	"strings"
)

// What a function's URI is written in, if it is not the function's ARN itself.
const (
	pathBegin = ":lambda:path/2015-03-31/functions/"
	pathEnd   = "/invocations"
)

// FunctionOf returns the ARN or name, perhaps with a qualifier, of the function that a URI leads to, as Integration.URI and
// Authorizer.URI are written. Stage variables are filled in; ok is false if the URI leads elsewhere, or a variable is missing.
func FunctionOf(uri string, variables map[string]string) (function string, ok bool) {
	filled, ok := Fill(uri, variables)
	if !ok {
		return "", false
	}
	if strings.HasPrefix(filled, "arn:") && strings.Contains(filled, ":lambda:") && strings.Contains(filled, ":function:") && !strings.Contains(filled, pathBegin) {
		return filled, true
	}
	begin, rest, ok := strings.Cut(filled, pathBegin)
	if !ok || !strings.HasPrefix(begin, "arn:") || !strings.Contains(begin, ":apigateway:") {
		return "", false
	}
	if function, ok = strings.CutSuffix(rest, pathEnd); !ok || function == "" {
		return "", false
	}
	return function, true
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

// checkFunction refuses a URI that leads to no function, whatever its variables are. One that is a variable alone may.
func checkFunction(uri string) bool {
	if stageVariable.FindString(uri) == uri && uri != "" {
		return true
	}
	_, ok := FunctionOf(stageVariable.ReplaceAllString(uri, "variable"), nil)
	return ok
}
