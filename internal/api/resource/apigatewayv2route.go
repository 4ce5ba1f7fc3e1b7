package resource

// httpRoute is AWS::ApiGatewayV2::Route. Its Ref is the route's ID.
func httpRoute() *resource {
	p := &part{
		noun: "Route", id: "RouteId",
		fields: fields{
			"ApiKeyRequired": flag(), "AuthorizationScopes": list(text()), "AuthorizationType": text(), "AuthorizerId": text(),
			"ModelSelectionExpression": text(kept), "OperationName": text(kept), "RequestModels": anything(kept), "RequestParameters": anything(kept),
			"RouteKey": text(required), "RouteResponseSelectionExpression": text(kept), "Target": text(),
		},
		unset: members{"authorizationScopes": []any{}, "authorizationType": "NONE", "authorizerId": "", "operationName": "", "target": ""},
		members: func(t *task) members {
			return t.lowered("ApiKeyRequired", "AuthorizationScopes", "AuthorizationType", "AuthorizerId", "OperationName", "RouteKey", "Target")
		},
		same: func(t *task, item members) bool { return textOf(item["routeKey"]) == t.text("RouteKey") },
	}
	return p.resource()
}
