// Package gateway is the HTTP front that ends at a function or an alias: function URLs, and the stages of APIs. A request for
// one comes by its host name, or by a path for clients that can't resolve that; it leaves as an event, and the function's answer
// becomes the request's. A stage's method may also map both with templates, or answer by itself (MOCK).
//
// What a URL is set to is internal/functionurl's, what a stage is internal/restapi's, or internal/httpapi's for HTTP APIs; the form
// of events and answers is internal/gateway/payload's, finding a method by its path internal/gateway/route's, running templates
// internal/velocity's, who signed a request internal/api/wire/sigv4's, and reading tokens internal/gateway/token's. AWS's API calls
// do not belong here. Called by internal/server, which sends it the requests that Meant finds.
package gateway
