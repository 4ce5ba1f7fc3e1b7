package resource

import "sluice/internal/stack"

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
