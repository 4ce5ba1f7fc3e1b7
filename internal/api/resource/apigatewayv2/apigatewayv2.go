// Package apigatewayv2 holds the resource types AWS::ApiGatewayV2::*: HTTP APIs and their parts.
//
// What is common to all types does not belong here (internal/api/resource), nor do the rules of HTTP APIs (internal/httpapi).
// internal/server joins Types to those of the other services.
package apigatewayv2

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/apigateway/definition"
)

// The words of every file here.
type (
	task    = resource.Task
	members = resource.Members
)

// service is the service that makes AWS::ApiGatewayV2::*, by its Model's name.
const service = "ApiGatewayV2"

// Types are all of AWS::ApiGatewayV2::*. The types of domains, VPC links, models and responses are not there: a stack that has
// them is refused before it begins.
func Types(objects definition.Objects) []*resource.Type {
	return []*resource.Type{api(objects), stage(), route(), integration(), deployment(), authorizer()}
}

// call calls an operation of API Gateway's version 2.
func call(t *task, operation string, in members) (members, error) {
	return t.Call(service, operation, in)
}

// arn names something as API Gateway's tags do.
func arn(t *task, rest string) string {
	return "arn:aws:apigateway:" + t.Stack.Region + "::/" + rest
}

// inAPI are the members that name something in the API of the property ApiId.
func inAPI(t *task, more members) members {
	return resource.With(members{"ApiId": t.Text("ApiId")}, more)
}

// listing is how the service lists what there is.
var listing = resource.Listing{Service: service, Items: "items", Next: "nextToken", From: "NextToken"}
