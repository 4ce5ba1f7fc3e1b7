package apigateway

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// apiKey is AWS::ApiGateway::ApiKey. Its Ref is the key's ID.
func apiKey() *resource.Type {
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::ApiGateway::ApiKey", Attributes: []string{"APIKeyId"},
			Properties: schema.Fields{
				"CustomerId": schema.String(), "Description": schema.String(), "Enabled": schema.Boolean(), "GenerateDistinctId": schema.Boolean(schema.Replaces, schema.Kept), "Name": schema.String(schema.Replaces),
				"StageKeys": schema.List(schema.Object(schema.Fields{"RestApiId": schema.String(), "StageName": schema.String()}), schema.Kept), "Tags": schema.Tags(), "Value": schema.String(schema.Replaces),
			},
		},
		Create: func(t *task) (*stack.Made, error) {
			name := t.Name("Name", maxName)
			found, err := t.Earlier(listing, "GetApiKeys", members{}, func(k members) bool { return resource.TextOf(k["name"]) == name })
			if err == nil && found == nil {
				in := t.Lowered("CustomerId", "Description", "Enabled", "StageKeys", "Value")
				found, err = call(t, "CreateApiKey", resource.With(in, members{"name": name, "tags": resource.TagMap(t.Tags())}))
			}
			return resource.Unless(err, resource.Identified("APIKeyId", found["id"]))
		},
		Update: func(t *task) (*stack.Made, error) {
			var p patches
			p.replace(t, "CustomerId", "/customerId", "")
			p.replace(t, "Description", "/description", "")
			p.replace(t, "Enabled", "/enabled", "false")
			if err := patch(t, "UpdateApiKey", members{"ApiKey": t.PhysicalID}, p); err != nil {
				return nil, err
			}
			return resource.Unchanged(t), t.Retag(tagging, members{"ResourceArn": arn(t, "apikeys/"+t.PhysicalID)})
		},
		Delete: func(t *task) error {
			_, err := call(t, "DeleteApiKey", members{"ApiKey": t.PhysicalID})
			return err
		},
	}
}
