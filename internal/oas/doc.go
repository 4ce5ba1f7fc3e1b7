// Package oas reads documents of the OpenAPI Specification, 2.0 (Swagger) and 3, as plain trees: JSON or YAML, of bounded size and
// depth, without aliases.
//
// What an API becomes of a document does not belong here: internal/restapi/openapi and internal/httpapi/openapi, which call it,
// each know that of their kind.
package oas
