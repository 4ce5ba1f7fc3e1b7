package resource

import (
	"sluice/internal/stack"
)

// usagePlanKey is AWS::ApiGateway::UsagePlanKey. Its Ref is the key's ID and the plan's, with a colon between.
func usagePlanKey() *resource {
	made := func(t *task) *stack.Made { return identified(t.text("KeyId") + ":" + t.text("UsagePlanId")) }
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::ApiGateway::UsagePlanKey", Attributes: []string{"Id"},
			Properties: fields{"KeyId": text(required, replaces), "KeyType": text(required, replaces), "UsagePlanId": text(required, replaces)},
		},
		create: func(t *task) (*stack.Made, error) {
			in := with(t.lowered("KeyId", "KeyType"), members{"UsagePlanId": t.text("UsagePlanId")})
			_, err := t.gateway("CreateUsagePlanKey", in)
			return unless(err, made(t))
		},
		find: func(t *task) (*stack.Made, error) { return made(t), nil },
		delete: func(t *task) error {
			_, err := t.gateway("DeleteUsagePlanKey", t.pick("KeyId", "UsagePlanId"))
			return err
		},
	}
}
