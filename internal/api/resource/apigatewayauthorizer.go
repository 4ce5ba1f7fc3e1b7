package resource

import "sluice/internal/stack"

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
