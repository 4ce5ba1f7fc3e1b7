// Package apigatewayv2 speaks AWS's API Gateway API of HTTP APIs (2018-11-29).
//
// It turns requests into calls of httpapi.Service, and faults into AWS's names. What an API may be is decided in internal/httpapi;
// OpenAPI documents are read and written by internal/httpapi/openapi; requests to the APIs that are configured here are
// internal/gateway's. WebSocket APIs are refused. Called by internal/server.
package apigatewayv2
