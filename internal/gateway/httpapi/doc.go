// Package httpapi is the front of the stages of HTTP APIs: a request finds its route, passes its authorizer or shows a token, and its
// function gets it as an event in either format, with what the integration's mappings change.
//
// What an API is set to is internal/httpapi's; reading tokens internal/gateway/token's; finding a route by its path
// internal/gateway/route's; what stages of both kinds of APIs do alike internal/gateway/executeapi's. Called by internal/gateway.
package httpapi
