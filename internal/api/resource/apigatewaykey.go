package resource

import (
	"sluice/internal/stack"
)

// apiKey is AWS::ApiGateway::ApiKey. Its Ref is the key's ID.
func apiKey() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::ApiGateway::ApiKey", Attributes: []string{"APIKeyId"},
			Properties: fields{
				"CustomerId": text(), "Description": text(), "Enabled": flag(), "GenerateDistinctId": flag(replaces, kept), "Name": text(replaces),
				"StageKeys": list(object(fields{"RestApiId": text(), "StageName": text()}), kept), "Tags": tagged(), "Value": text(replaces),
			},
		},
		create: func(t *task) (*stack.Made, error) {
			name := t.name("Name", maxGatewayName)
			found, err := t.madeBefore("GetApiKeys", members{}, func(k members) bool { return textOf(k["name"]) == name })
			if err == nil && found == nil {
				in := t.lowered("CustomerId", "Description", "Enabled", "StageKeys", "Value")
				found, err = t.gateway("CreateApiKey", with(in, members{"name": name, "tags": tagMap(t.tags())}))
			}
			return unless(err, identifiedAs("APIKeyId", found["id"]))
		},
		update: func(t *task) (*stack.Made, error) {
			var p patches
			p.replace(t, "CustomerId", "/customerId", "")
			p.replace(t, "Description", "/description", "")
			p.replace(t, "Enabled", "/enabled", "false")
			if err := t.patch("UpdateApiKey", members{"ApiKey": t.PhysicalID}, p); err != nil {
				return nil, err
			}
			return unchanged(t), t.retag(apiGatewayTags, members{"ResourceArn": t.gatewayARN("apikeys/" + t.PhysicalID)})
		},
		delete: func(t *task) error {
			_, err := t.gateway("DeleteApiKey", members{"ApiKey": t.PhysicalID})
			return err
		},
	}
}
