// Package executeapi is what API Gateway's two kinds of API are named, tagged and led on by alike: identifiers, the ARNs of what
// is called, stage variables, and URIs that lead to functions.
//
// What an API consists of does not belong here: REST APIs are in internal/restapi, HTTP APIs in internal/httpapi, which call it.
package executeapi
