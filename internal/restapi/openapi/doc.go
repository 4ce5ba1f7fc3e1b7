// Package openapi reads REST APIs from OpenAPI documents (Swagger 2.0 and OpenAPI 3.0, as JSON or YAML, with API Gateway's
// x-amazon-apigateway extensions), and writes them as such.
//
// Both are pure: what is read is a restapi.Definition that nobody keeps yet. Which document is asked for, and what becomes of
// it, is decided by internal/api/apigateway. The documents that SAM makes are internal/stack/sam/openapi's.
package openapi
