package resource

import (
	"maps"
	"slices"

	"sluice/internal/stack"
)

// apiGateway is the service that makes AWS::ApiGateway::*, by its Model's name.
const apiGateway = "API Gateway"

// apiGatewayTypes are all of AWS::ApiGateway::*. The types of domains, documentation, certificates and VPC links are not there:
// a stack that has them is refused before it begins.
func apiGatewayTypes() []*resource {
	return []*resource{
		restAPI(), apiResource(), apiMethod(), apiDeployment(), apiStage(), apiModel(), requestValidator(), authorizer(), apiAccount(),
		gatewayResponse(), usagePlan(), usagePlanKey(), apiKey(),
	}
}

var apiGatewayTags = tagging{
	service: apiGateway, list: "GetTags", tag: "TagResource", untag: "UntagResource", shown: "tags", tags: "tags", keys: "tagKeys", asMap: true,
}

// gateway calls an operation of API Gateway.
func (t *task) gateway(operation string, in members) (members, error) {
	return t.call(apiGateway, operation, in)
}

// gatewayARN names something as API Gateway's tags do.
func (t *task) gatewayARN(rest string) string {
	return "arn:aws:apigateway:" + t.Stack.Region + "::/" + rest
}

// inAPI are the members that name something in the API of the property RestApiId.
func (t *task) inAPI(more members) members {
	return with(members{"RestApiId": t.text("RestApiId")}, more)
}

// remade is the task with the tags that CloudFormation puts on what it makes, by which a repeated order finds it again.
func (t *task) remade() *task {
	order := *t.Order
	order.Stack.Tags = maps.Clone(order.Stack.Tags)
	if order.Stack.Tags == nil {
		order.Stack.Tags = map[string]string{}
	}
	maps.Copy(order.Stack.Tags, map[string]string{
		"aws:cloudformation:stack-name": t.Stack.Name, "aws:cloudformation:stack-id": t.Stack.ID, "aws:cloudformation:logical-id": t.LogicalID,
	})
	other := *t
	other.Order = &order
	return &other
}

// listed returns the items of all pages of a list. in is used up.
func (t *task) listed(operation string, in members) (all []members, err error) {
	in["limit"] = 500
	for {
		out, err := t.gateway(operation, in)
		if err != nil {
			return nil, err
		}
		for _, each := range listOf(out["item"]) {
			all = append(all, objectOf(each))
		}
		if in["position"] = out["position"]; out["position"] == nil {
			return all, nil
		}
	}
}

// madeBefore returns the item of a list that an earlier order made, nil if there is none or the order is the first.
func (t *task) madeBefore(operation string, in members, ours func(members) bool) (members, error) {
	if !t.Repeated {
		return nil, nil
	}
	all, err := t.listed(operation, in)
	if i := slices.IndexFunc(all, ours); i >= 0 {
		return all[i], err
	}
	return nil, err
}

// identifiedAs is what has an ID and an attribute that repeats it.
func identifiedAs(attribute string, id any) *stack.Made {
	return &stack.Made{PhysicalID: textOf(id), Attributes: members{attribute: textOf(id)}}
}

// maxGatewayName is how long the names are that stand for what has no ID.
const maxGatewayName = 128
