// Package apigateway holds the resource types AWS::ApiGateway::*: REST APIs and their parts, keys and usage plans. What an update changes is
// written as patches (patch.go). The documents that define APIs are read by definition, for HTTP APIs as well.
//
// What is common to all types does not belong here (internal/api/resource), nor do the rules of REST APIs (internal/restapi).
// internal/server joins Types to those of the other services.
package apigateway

import (
	"slices"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/apigateway/definition"
)

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

// listed returns the items of all pages of a list. in is used up.
func listed(t *task, operation string, in members) (all []members, err error) {
	in["limit"] = 500
	for {
		out, err := call(t, operation, in)
		if err != nil {
			return nil, err
		}
		for _, each := range resource.ListOf(out["item"]) {
			all = append(all, resource.ObjectOf(each))
		}
		if in["position"] = out["position"]; out["position"] == nil {
			return all, nil
		}
	}
}

// madeBefore returns the item of a list that an earlier order made, nil if there is none or the order is the first.
func madeBefore(t *task, operation string, in members, ours func(members) bool) (members, error) {
	if !t.Repeated {
		return nil, nil
	}
	all, err := listed(t, operation, in)
	if i := slices.IndexFunc(all, ours); i >= 0 {
		return all[i], err
	}
	return nil, err
}

// maxName is how long the names are that stand for what has no ID.
const maxName = 128
