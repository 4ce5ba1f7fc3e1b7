// Package gateway is the HTTP front that ends at a function or an alias: today the function URLs. A request for one comes
// by its host name, or by a path for clients that can't resolve that; it leaves as an event, and the function's answer
// becomes the request's.
//
// What a URL is set to is internal/functionurl's, the form of events and answers internal/gateway/payload's, and who signed
// a request internal/api/wire/sigv4's. AWS's API calls do not belong here. Called by internal/server, which sends it the
// requests that Meant finds.
package gateway
