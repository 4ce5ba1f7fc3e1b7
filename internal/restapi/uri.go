package restapi

import "sluice/internal/executeapi"

// FunctionOf returns the name or ARN, perhaps with a qualifier, of the function that a URI leads to, as Integration.URI and
// Authorizer.URI are written. Stage variables are filled in; ok is false if the URI leads elsewhere, or a variable is missing.
func FunctionOf(uri string, variables map[string]string) (function string, ok bool) {
	filled, ok := executeapi.Fill(uri, variables)
	if !ok {
		return "", false
	}
	return executeapi.FunctionOf(filled)
}
