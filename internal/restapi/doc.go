// Package restapi keeps REST APIs: their resources, methods and integrations, the deployments that are snapshots of them, the
// stages that show a deployment to the world, and the API keys and usage plans of their clients.
//
// An API is one record that changes as a whole; a deployment is a copy of its Definition, which never changes. A request finds
// its stage in memory (Service.Find): a View, immutable, with the deployment, the stage and the keys that it takes.
//
// Reading and writing HTTP does not belong here, nor running mapping templates: internal/gateway serves the stages.
// internal/api/apigateway configures them, and internal/store keeps the records.
package restapi
