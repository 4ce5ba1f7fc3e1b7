package apigateway

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// gatewayResponse is AWS::ApiGateway::GatewayResponse. Its Ref is a name that nothing else knows.
func gatewayResponse() *resource.Type {
	put := func(t *task) (*stack.Made, error) {
		in := resource.With(inAPI(t, t.Lowered("ResponseParameters", "ResponseTemplates", "StatusCode")), members{"ResponseType": t.Text("ResponseType")})
		_, err := call(t, "PutGatewayResponse", in)
		id := t.PhysicalID
		if t.Creating {
			id = t.Generated(maxName)
		}
		return resource.Unless(err, resource.Identified("Id", id))
	}
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::ApiGateway::GatewayResponse", Attributes: []string{"Id"},
			Properties: schema.Fields{
				"ResponseParameters": schema.Map(schema.String()), "ResponseTemplates": schema.Map(schema.String()), "ResponseType": schema.String(schema.Required, schema.Replaces),
				"RestApiId": schema.String(schema.Required, schema.Replaces), "StatusCode": schema.String(),
			},
		},
		Create: put, Update: put,
		Delete: func(t *task) error {
			_, err := call(t, "DeleteGatewayResponse", inAPI(t, members{"ResponseType": t.Text("ResponseType")}))
			return err
		},
	}
}
