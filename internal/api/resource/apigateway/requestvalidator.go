package apigateway

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// requestValidator is AWS::ApiGateway::RequestValidator. Its Ref is the validator's ID.
func requestValidator() *resource.Type {
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::ApiGateway::RequestValidator", Attributes: []string{"RequestValidatorId"},
			Properties: schema.Fields{
				"Name": schema.String(schema.Replaces), "RestApiId": schema.String(schema.Required, schema.Replaces), "ValidateRequestBody": schema.Boolean(), "ValidateRequestParameters": schema.Boolean(),
			},
		},
		Create: func(t *task) (*stack.Made, error) {
			name := t.Name("Name", maxName)
			found, err := t.Earlier(listing, "GetRequestValidators", inAPI(t, nil), func(v members) bool { return resource.TextOf(v["name"]) == name })
			if err == nil && found == nil {
				found, err = call(t, "CreateRequestValidator", resource.With(inAPI(t, t.Lowered("ValidateRequestBody", "ValidateRequestParameters")), members{"name": name}))
			}
			return resource.Unless(err, resource.Identified("RequestValidatorId", found["id"]))
		},
		Update: func(t *task) (*stack.Made, error) {
			var p patches
			p.replace(t, "ValidateRequestBody", "/validateRequestBody", "false")
			p.replace(t, "ValidateRequestParameters", "/validateRequestParameters", "false")
			return resource.Unless(patch(t, "UpdateRequestValidator", inAPI(t, members{"RequestValidatorId": t.PhysicalID}), p), resource.Unchanged(t))
		},
		Delete: func(t *task) error {
			_, err := call(t, "DeleteRequestValidator", inAPI(t, members{"RequestValidatorId": t.PhysicalID}))
			return err
		},
	}
}
