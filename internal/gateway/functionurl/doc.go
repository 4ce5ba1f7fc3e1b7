// Package functionurl is the front of function URLs: a request becomes an event in format 2.0, and the function's answer, which may
// come piece by piece, becomes the request's.
//
// What a URL is set to is internal/functionurl's; the form of events and answers internal/gateway/payload's; what all fronts do
// alike internal/gateway/ingress's. It is a front of its own beside rest and httpapi because a URL has no stages, routes, authorizers
// or mappings, refuses in Lambda's words and not in API Gateway's, and streams. Called by internal/gateway.
package functionurl
