// Package gateway is the HTTP front that ends at a function or an alias: function URLs, and the stages of APIs. A request for
// one comes by its host name, or by a path for clients that can't resolve that; it leaves as an event, and the function's answer
// becomes the request's. This package puts the fronts together and gives each request to its own:
//
//	functionurl       function URLs
//	httpapi, rest     the stages of HTTP APIs and of REST APIs; executeapi: what both do alike
//	ingress, address  what all three do alike; which requests mean one
//	payload           the form of events and answers
//	route, token      finding a method by its path; reading JSON Web Tokens
//	spelling          headers as clients spell them
//
// What a URL is set to is internal/functionurl's, what a stage is internal/restapi's or internal/httpapi's; running templates
// internal/velocity's, who signed a request internal/api/wire/sigv4's. AWS's API calls do not belong here. Called by
// internal/server, which sends it the requests that address.Meant finds.
package gateway
