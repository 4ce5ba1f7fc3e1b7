package apigateway

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// usagePlanKey is AWS::ApiGateway::UsagePlanKey. Its Ref is the key's ID and the plan's, with a colon between.
func usagePlanKey() *resource.Type {
	made := func(t *task) *stack.Made { return resource.Identified("Id", t.Text("KeyId")+":"+t.Text("UsagePlanId")) }
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::ApiGateway::UsagePlanKey", Attributes: []string{"Id"},
			Properties: schema.Fields{"KeyId": schema.String(schema.Required, schema.Replaces), "KeyType": schema.String(schema.Required, schema.Replaces), "UsagePlanId": schema.String(schema.Required, schema.Replaces)},
		},
		Create: func(t *task) (*stack.Made, error) {
			in := resource.With(t.Lowered("KeyId", "KeyType"), members{"UsagePlanId": t.Text("UsagePlanId")})
			_, err := call(t, "CreateUsagePlanKey", in)
			return resource.Unless(err, made(t))
		},
		Find: func(t *task) (*stack.Made, error) { return made(t), nil },
		Delete: func(t *task) error {
			_, err := call(t, "DeleteUsagePlanKey", t.Pick("KeyId", "UsagePlanId"))
			return err
		},
	}
}
