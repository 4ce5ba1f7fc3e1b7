package resource

import "sluice/internal/stack"

// requestValidator is AWS::ApiGateway::RequestValidator. Its Ref is the validator's ID.
func requestValidator() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::ApiGateway::RequestValidator", Attributes: []string{"RequestValidatorId"},
			Properties: fields{
				"Name": text(replaces), "RestApiId": text(required, replaces), "ValidateRequestBody": flag(), "ValidateRequestParameters": flag(),
			},
		},
		create: func(t *task) (*stack.Made, error) {
			name := t.name("Name", maxGatewayName)
			found, err := t.madeBefore("GetRequestValidators", t.inAPI(nil), func(v members) bool { return textOf(v["name"]) == name })
			if err == nil && found == nil {
				found, err = t.gateway("CreateRequestValidator", with(t.inAPI(t.lowered("ValidateRequestBody", "ValidateRequestParameters")), members{"name": name}))
			}
			return unless(err, identifiedAs("RequestValidatorId", found["id"]))
		},
		update: func(t *task) (*stack.Made, error) {
			var p patches
			p.replace(t, "ValidateRequestBody", "/validateRequestBody", "false")
			p.replace(t, "ValidateRequestParameters", "/validateRequestParameters", "false")
			return unless(t.patch("UpdateRequestValidator", t.inAPI(members{"RequestValidatorId": t.PhysicalID}), p), unchanged(t))
		},
		delete: func(t *task) error {
			_, err := t.gateway("DeleteRequestValidator", t.inAPI(members{"RequestValidatorId": t.PhysicalID}))
			return err
		},
	}
}

// authorizer is AWS::ApiGateway::Authorizer. Its Ref is the authorizer's ID.
func authorizer() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::ApiGateway::Authorizer", Attributes: []string{"AuthorizerId"},
			Properties: fields{
				"AuthType": text(kept), "AuthorizerCredentials": text(), "AuthorizerResultTtlInSeconds": whole(), "AuthorizerUri": text(),
				"IdentitySource": text(), "IdentityValidationExpression": text(), "Name": text(required), "ProviderARNs": list(text(), kept),
				"RestApiId": text(required, replaces), "Type": text(required),
			},
		},
		create: func(t *task) (*stack.Made, error) {
			found, err := t.madeBefore("GetAuthorizers", t.inAPI(nil), func(a members) bool { return textOf(a["name"]) == t.text("Name") })
			if err == nil && found == nil {
				found, err = t.gateway("CreateAuthorizer", t.inAPI(t.lowered("AuthType", "AuthorizerCredentials", "AuthorizerResultTtlInSeconds",
					"AuthorizerUri", "IdentitySource", "IdentityValidationExpression", "Name", "ProviderARNs", "Type")))
			}
			return unless(err, identifiedAs("AuthorizerId", found["id"]))
		},
		update: func(t *task) (*stack.Made, error) {
			var p patches
			for _, property := range []string{
				"Name", "Type", "AuthType", "AuthorizerUri", "AuthorizerCredentials", "IdentitySource", "IdentityValidationExpression",
			} {
				p.replace(t, property, "/"+lower(property), "")
			}
			p.replace(t, "AuthorizerResultTtlInSeconds", "/authorizerResultTtlInSeconds", "300")
			p.list(t.Old["ProviderARNs"], t.Properties["ProviderARNs"], "/providerARNs", false)
			return unless(t.patch("UpdateAuthorizer", t.inAPI(members{"AuthorizerId": t.PhysicalID}), p), unchanged(t))
		},
		delete: func(t *task) error {
			_, err := t.gateway("DeleteAuthorizer", t.inAPI(members{"AuthorizerId": t.PhysicalID}))
			return err
		},
	}
}

// gatewayResponse is AWS::ApiGateway::GatewayResponse. Its Ref is a name that nothing else knows.
func gatewayResponse() *resource {
	put := func(t *task) (*stack.Made, error) {
		in := with(t.inAPI(t.lowered("ResponseParameters", "ResponseTemplates", "StatusCode")), members{"ResponseType": t.text("ResponseType")})
		_, err := t.gateway("PutGatewayResponse", in)
		id := t.PhysicalID
		if t.creating {
			id = t.generated(maxGatewayName)
		}
		return unless(err, identified(id))
	}
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::ApiGateway::GatewayResponse", Attributes: []string{"Id"},
			Properties: fields{
				"ResponseParameters": table(text()), "ResponseTemplates": table(text()), "ResponseType": text(required, replaces),
				"RestApiId": text(required, replaces), "StatusCode": text(),
			},
		},
		create: put, update: put,
		delete: func(t *task) error {
			_, err := t.gateway("DeleteGatewayResponse", t.inAPI(members{"ResponseType": t.text("ResponseType")}))
			return err
		},
	}
}

// apiAccount is AWS::ApiGateway::Account. Its Ref is a name that nothing else knows. Deleting it changes nothing, as on AWS.
func apiAccount() *resource {
	put := func(t *task) (*stack.Made, error) {
		var p patches
		if t.creating || t.changed("CloudWatchRoleArn") {
			p.add("replace", "/cloudwatchRoleArn", t.text("CloudWatchRoleArn"))
		}
		id := t.PhysicalID
		if t.creating {
			id = t.generated(maxGatewayName)
		}
		return unless(t.patch("UpdateAccount", members{}, p), identified(id))
	}
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::ApiGateway::Account", Attributes: []string{"Id"}, Properties: fields{"CloudWatchRoleArn": text(kept)},
		},
		create: put, update: put,
	}
}
