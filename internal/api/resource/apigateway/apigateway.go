// Package apigateway holds the resource types AWS::ApiGateway::*: REST APIs and their parts, keys and usage plans. What an update changes is
// written as patches (patch.go). The documents that define APIs are read by definition, for HTTP APIs as well.
//
// What is common to all types does not belong here (internal/api/resource), nor do the rules of REST APIs (internal/restapi).
// internal/server joins Types to those of the other services.
package apigateway

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/apigateway/definition"
)

// The words of every file here.
type (
	task    = resource.Task
	members = resource.Members
)

// service is the service that makes AWS::ApiGateway::*, by its Model's name.
const service = "API Gateway"

// Types are all of AWS::ApiGateway::*. The types of domains, documentation, certificates and VPC links are not there:
// a stack that has them is refused before it begins.
func Types(objects definition.Objects) []*resource.Type {
	return []*resource.Type{
		restAPI(objects), resourceType(), method(), deployment(), stage(), model(), requestValidator(), authorizer(), account(),
		gatewayResponse(), usagePlan(), usagePlanKey(), apiKey(),
	}
}

var tagging = resource.Tagging{
	Service: service, List: "GetTags", Tag: "TagResource", Untag: "UntagResource", Shown: "tags", Tags: "tags", Keys: "tagKeys", AsMap: true,
}

// call calls an operation of API Gateway.
func call(t *task, operation string, in members) (members, error) {
	return t.Call(service, operation, in)
}

// arn names something as API Gateway's tags do.
func arn(t *task, rest string) string {
	return "arn:aws:apigateway:" + t.Stack.Region + "::/" + rest
}

// inAPI are the members that name something in the API of the property RestApiId.
func inAPI(t *task, more members) members {
	return resource.With(members{"RestApiId": t.Text("RestApiId")}, more)
}

// listing is how the service lists what there is, 500 at a time.
var listing = resource.Listing{Service: service, Items: "item", Next: "position", From: "position", Limit: 500}

// maxName is how long the names are that stand for what has no ID.
const maxName = 128
