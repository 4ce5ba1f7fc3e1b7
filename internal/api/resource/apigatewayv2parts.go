package resource

import "sluice/internal/stack"

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

// httpIntegration is AWS::ApiGatewayV2::Integration. Its Ref is the integration's ID.
func httpIntegration() *resource {
	p := &part{
		noun: "Integration", id: "IntegrationId",
		fields: fields{
			"ConnectionId": text(kept), "ConnectionType": text(), "ContentHandlingStrategy": text(kept), "CredentialsArn": text(), "Description": text(),
			"IntegrationMethod": text(kept), "IntegrationSubtype": text(replaces), "IntegrationType": text(required), "IntegrationUri": text(),
			"PassthroughBehavior": text(kept), "PayloadFormatVersion": text(), "RequestParameters": table(text()), "RequestTemplates": anything(kept),
			"ResponseParameters":          table(object(fields{"ResponseParameters": list(object(fields{"Destination": text(required), "Source": text(required)}))})),
			"TemplateSelectionExpression": text(kept), "TimeoutInMillis": whole(), "TlsConfig": object(fields{"ServerNameToVerify": text()}, kept),
		},
		unset:   members{"credentialsArn": "", "description": "", "payloadFormatVersion": "1.0", "timeoutInMillis": 30000},
		members: integrationMembers,
	}
	return p.resource()
}

// integrationMembers also take away the mappings that a template gives no more: an empty value does that.
func integrationMembers(t *task) members {
	in := t.lowered("ConnectionType", "CredentialsArn", "Description", "IntegrationMethod", "IntegrationSubtype", "IntegrationType", "IntegrationUri",
		"PayloadFormatVersion", "TimeoutInMillis")
	if parameters := renewed(t.Old["RequestParameters"], t.Properties["RequestParameters"]); len(parameters) > 0 {
		in["requestParameters"] = parameters
	}
	responses := members{}
	before, now := answerMappings(t.Old["ResponseParameters"]), answerMappings(t.Properties["ResponseParameters"])
	for _, all := range []members{before, now} {
		for status := range all {
			responses[status] = renewed(before[status], now[status])
		}
	}
	if len(responses) > 0 {
		in["responseParameters"] = responses
	}
	return in
}

// renewed is a table as an update takes it: entries that are no more have an empty value.
func renewed(before, now any) members {
	all := members{}
	for key := range objectOf(before) {
		all[key] = ""
	}
	for key, value := range objectOf(now) {
		all[key] = textOf(value)
	}
	return all
}

// answerMappings are the mappings of answers, by status and by what they change.
func answerMappings(property any) members {
	all := members{}
	for status, given := range objectOf(property) {
		mappings := members{}
		for _, each := range listOf(objectOf(given)["ResponseParameters"]) {
			m := objectOf(each)
			mappings[textOf(m["Destination"])] = textOf(m["Source"])
		}
		all[status] = mappings
	}
	return all
}

// httpAuthorizer is AWS::ApiGatewayV2::Authorizer. Its Ref is the authorizer's ID.
func httpAuthorizer() *resource {
	p := &part{
		noun: "Authorizer", id: "AuthorizerId",
		fields: fields{
			"AuthorizerCredentialsArn": text(), "AuthorizerPayloadFormatVersion": text(), "AuthorizerResultTtlInSeconds": whole(),
			"AuthorizerType": text(required), "AuthorizerUri": text(), "EnableSimpleResponses": flag(), "IdentitySource": list(text()),
			"IdentityValidationExpression": text(kept), "JwtConfiguration": object(fields{"Audience": list(text()), "Issuer": text()}), "Name": text(required),
		},
		unset: members{"authorizerCredentialsArn": "", "authorizerResultTtlInSeconds": 0, "enableSimpleResponses": false, "identitySource": []any{}},
		members: func(t *task) members {
			in := t.lowered("AuthorizerCredentialsArn", "AuthorizerPayloadFormatVersion", "AuthorizerResultTtlInSeconds", "AuthorizerType", "AuthorizerUri",
				"EnableSimpleResponses", "IdentitySource", "JwtConfiguration", "Name")
			if in["identitySource"] == nil {
				in["identitySource"] = []any{}
			}
			return in
		},
		same: func(t *task, item members) bool { return textOf(item["name"]) == t.text("Name") },
	}
	return p.resource()
}

// httpDeployment is AWS::ApiGatewayV2::Deployment. Its Ref is the deployment's ID. A repeated order may leave a deployment that nothing
// shows: it goes with the API.
func httpDeployment() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::ApiGatewayV2::Deployment", Attributes: []string{"DeploymentId"},
			Properties: fields{"ApiId": text(required, replaces), "Description": text(), "StageName": text()},
		},
		create: func(t *task) (*stack.Made, error) {
			made, err := t.http("CreateDeployment", t.inHTTPAPI(t.lowered("Description", "StageName")))
			return unless(err, identifiedAs("DeploymentId", made["deploymentId"]))
		},
		update: func(t *task) (*stack.Made, error) {
			_, err := t.http("UpdateDeployment", t.inHTTPAPI(members{"DeploymentId": t.PhysicalID, "description": t.text("Description")}))
			if err == nil && t.changed("StageName") && t.has("StageName") {
				_, err = t.http("UpdateStage", t.inHTTPAPI(members{"StageName": t.text("StageName"), "deploymentId": t.PhysicalID}))
			}
			return unless(err, unchanged(t))
		},
		delete: deleteHTTPDeployment,
	}
}

// deleteHTTPDeployment lets the deployment's stage show nothing, if it still shows the deployment.
func deleteHTTPDeployment(t *task) error {
	if name := t.text("StageName"); name != "" {
		shown, err := t.http("GetStage", t.inHTTPAPI(members{"StageName": name}))
		if err == nil && textOf(shown["deploymentId"]) == t.PhysicalID {
			_, err = t.http("UpdateStage", t.inHTTPAPI(members{"StageName": name, "deploymentId": ""}))
		}
		if err != nil && classify(err) != notFound {
			return err
		}
	}
	_, err := t.http("DeleteDeployment", t.inHTTPAPI(members{"DeploymentId": t.PhysicalID}))
	return err
}
