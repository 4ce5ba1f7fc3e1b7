package apigatewayv2

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
)

// authorizer is AWS::ApiGatewayV2::Authorizer. Its Ref is the authorizer's ID.
func authorizer() *resource.Type {
	p := &part{
		noun: "Authorizer", id: "AuthorizerId",
		fields: schema.Fields{
			"AuthorizerCredentialsArn": schema.String(), "AuthorizerPayloadFormatVersion": schema.String(), "AuthorizerResultTtlInSeconds": schema.Integer(),
			"AuthorizerType": schema.String(schema.Required), "AuthorizerUri": schema.String(), "EnableSimpleResponses": schema.Boolean(), "IdentitySource": schema.List(schema.String()),
			"IdentityValidationExpression": schema.String(schema.Kept), "JwtConfiguration": schema.Object(schema.Fields{"Audience": schema.List(schema.String()), "Issuer": schema.String()}), "Name": schema.String(schema.Required),
		},
		unset: members{"authorizerCredentialsArn": "", "authorizerResultTtlInSeconds": 0, "enableSimpleResponses": false, "identitySource": []any{}},
		members: func(t *task) members {
			in := t.Lowered("AuthorizerCredentialsArn", "AuthorizerPayloadFormatVersion", "AuthorizerResultTtlInSeconds", "AuthorizerType", "AuthorizerUri",
				"EnableSimpleResponses", "IdentitySource", "JwtConfiguration", "Name")
			if in["identitySource"] == nil {
				in["identitySource"] = []any{}
			}
			return in
		},
		same: func(t *task, item members) bool { return resource.TextOf(item["name"]) == t.Text("Name") },
	}
	return p.resource()
}
