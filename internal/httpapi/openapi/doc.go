// Package openapi reads HTTP APIs from OpenAPI 3.0 documents (JSON or YAML, with API Gateway's x-amazon-apigateway extensions), and
// writes them as such.
//
// Both are pure: what is read is an httpapi.Creation that nobody keeps yet. Which document is asked for, and what becomes of it, is
// decided by internal/api/apigatewayv2. Documents of REST APIs are internal/restapi/openapi's, and those that SAM makes are
// internal/stack/sam/openapi's.
package openapi
