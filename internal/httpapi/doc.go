// Package httpapi keeps HTTP APIs (version 2 of API Gateway): their routes, integrations and authorizers, the deployments that are
// snapshots of them, and the stages that show a deployment to the world.
//
// An API is one record that changes as a whole; a deployment is a copy of its Definition, which never changes. A stage may ask for
// a new deployment after each change of its API. A request finds its API in memory (Service.Find): a View, immutable, with all
// stages and what they show.
//
// Reading and writing HTTP does not belong here: internal/gateway serves the stages. Nor do WebSocket APIs, which Sluice has not,
// and REST APIs, which are internal/restapi's. internal/api/apigatewayv2 configures what is here, internal/httpapi/openapi reads
// and writes it as documents, and internal/store keeps the records.
package httpapi
