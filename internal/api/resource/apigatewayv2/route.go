package apigatewayv2

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
)

// route is AWS::ApiGatewayV2::Route. Its Ref is the route's ID.
func route() *resource.Type {
	p := &part{
		noun: "Route", id: "RouteId",
		fields: schema.Fields{
			"ApiKeyRequired": schema.Boolean(), "AuthorizationScopes": schema.List(schema.String()), "AuthorizationType": schema.String(), "AuthorizerId": schema.String(),
			"ModelSelectionExpression": schema.String(schema.Kept), "OperationName": schema.String(schema.Kept), "RequestModels": schema.Any(schema.Kept), "RequestParameters": schema.Any(schema.Kept),
			"RouteKey": schema.String(schema.Required), "RouteResponseSelectionExpression": schema.String(schema.Kept), "Target": schema.String(),
		},
		unset: members{"authorizationScopes": []any{}, "authorizationType": "NONE", "authorizerId": "", "operationName": "", "target": ""},
		members: func(t *task) members {
			return t.Lowered("ApiKeyRequired", "AuthorizationScopes", "AuthorizationType", "AuthorizerId", "OperationName", "RouteKey", "Target")
		},
		same: func(t *task, item members) bool { return resource.TextOf(item["routeKey"]) == t.Text("RouteKey") },
	}
	return p.resource()
}
