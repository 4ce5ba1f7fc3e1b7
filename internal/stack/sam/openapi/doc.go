// Package openapi edits Swagger 2 and OpenAPI 3 documents the way the SAM transform does: paths and methods, Lambda
// integrations, CORS, authorizers, API keys, resource policies, gateway responses, models and media types.
//
// Documents are partial by nature: SAM builds them from an empty skeleton, and conditions (Fn::If) may stand at any
// path or method. So an edit visits every branch of a condition.
//
// The id of a REST deployment is a hash over the document as Python 2.7 printed it, in the order of its hash tables;
// Dict reproduces that order. Nothing else depends on it.
//
// What does not belong here: SAM's resources and events (package sam), serving an API (internal/restapi). Caller:
// package sam.
package openapi
