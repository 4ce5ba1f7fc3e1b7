package apigateway

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// authorizer is AWS::ApiGateway::Authorizer. Its Ref is the authorizer's ID.
func authorizer() *resource.Type {
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::ApiGateway::Authorizer", Attributes: []string{"AuthorizerId"},
			Properties: schema.Fields{
				"AuthType": schema.String(schema.Kept), "AuthorizerCredentials": schema.String(), "AuthorizerResultTtlInSeconds": schema.Integer(), "AuthorizerUri": schema.String(),
				"IdentitySource": schema.String(), "IdentityValidationExpression": schema.String(), "Name": schema.String(schema.Required), "ProviderARNs": schema.List(schema.String(), schema.Kept),
				"RestApiId": schema.String(schema.Required, schema.Replaces), "Type": schema.String(schema.Required),
			},
		},
		Create: func(t *task) (*stack.Made, error) {
			found, err := t.Earlier(listing, "GetAuthorizers", inAPI(t, nil), func(a members) bool { return resource.TextOf(a["name"]) == t.Text("Name") })
			if err == nil && found == nil {
				found, err = call(t, "CreateAuthorizer", inAPI(t, t.Lowered("AuthType", "AuthorizerCredentials", "AuthorizerResultTtlInSeconds",
					"AuthorizerUri", "IdentitySource", "IdentityValidationExpression", "Name", "ProviderARNs", "Type")))
			}
			return resource.Unless(err, resource.Identified("AuthorizerId", found["id"]))
		},
		Update: func(t *task) (*stack.Made, error) {
			var p patches
			for _, property := range []string{
				"Name", "Type", "AuthType", "AuthorizerUri", "AuthorizerCredentials", "IdentitySource", "IdentityValidationExpression",
			} {
				p.replace(t, property, "/"+resource.Lower(property), "")
			}
			p.replace(t, "AuthorizerResultTtlInSeconds", "/authorizerResultTtlInSeconds", "300")
			p.list(t.Old["ProviderARNs"], t.Properties["ProviderARNs"], "/providerARNs", false)
			return resource.Unless(patch(t, "UpdateAuthorizer", inAPI(t, members{"AuthorizerId": t.PhysicalID}), p), resource.Unchanged(t))
		},
		Delete: func(t *task) error {
			_, err := call(t, "DeleteAuthorizer", inAPI(t, members{"AuthorizerId": t.PhysicalID}))
			return err
		},
	}
}
