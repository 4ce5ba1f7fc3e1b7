// Package apigateway speaks AWS's API Gateway API of REST APIs (2015-07-09).
//
// It turns requests into calls of restapi.Service, and faults into AWS's names. What an API may be is decided in
// internal/restapi; OpenAPI documents are read and written by internal/restapi/openapi; requests to the APIs that are configured
// here are internal/gateway's. Called by internal/server.
package apigateway
