// Package functionurl keeps the configurations of function URLs: which function or alias has an HTTP address of its own,
// who may call it, and what browsers are told about other origins.
//
// Its rules are pure, and a request finds its configuration in memory. Reading and writing HTTP does not belong here, nor
// does the check of signatures: internal/gateway serves the URLs. internal/api/lambda configures them, and
// internal/store keeps the records.
package functionurl
