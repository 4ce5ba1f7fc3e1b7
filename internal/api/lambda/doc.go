// Package lambda speaks AWS Lambda's API: it turns decoded requests into calls of internal/function, and answers and
// errors into AWS's shapes. It holds no rule of its own.
//
// One file a noun, as in internal/function. Error names and statuses are in errors.go and nowhere else.
package lambda
