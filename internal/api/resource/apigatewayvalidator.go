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
