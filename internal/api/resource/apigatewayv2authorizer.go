package resource

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
