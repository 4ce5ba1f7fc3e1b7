// Package route finds what answers a request by its method and path, among paths with variables: /pets, /pets/{id} and
// /files/{path+}, whose last variable takes all that follows.
//
// It is pure, knows neither HTTP nor what the routes lead to, and is shared by the stages of REST and HTTP APIs. Called by
// internal/gateway. Source: API Gateway's page "Create routes for HTTP APIs", whose order both kinds of API follow: a text is
// more specific than a variable, and a variable more than one that takes the rest.
package route
