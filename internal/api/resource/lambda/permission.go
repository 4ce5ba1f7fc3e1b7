package lambda

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// maxStatement is how long the ID of a statement in a function's or layer's policy may be, in characters.
const maxStatement = 100

// permission is AWS::Lambda::Permission. Its Ref is the ID of the statement in the function's policy.
func permission() *resource.Type {
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::Lambda::Permission", Attributes: []string{"Id"},
			Properties: schema.Fields{
				"Action": schema.String(schema.Required, schema.Replaces), "EventSourceToken": schema.String(schema.Replaces), "FunctionName": schema.String(schema.Required, schema.Replaces),
				"FunctionUrlAuthType": schema.String(schema.Replaces), "InvokedViaFunctionUrl": schema.Boolean(schema.Replaces), "Principal": schema.String(schema.Required, schema.Replaces),
				"PrincipalOrgID": schema.String(schema.Replaces), "SourceAccount": schema.String(schema.Replaces), "SourceArn": schema.String(schema.Replaces),
			},
		},
		Create: func(t *task) (*stack.Made, error) {
			in := t.Pick("Action", "EventSourceToken", "FunctionName", "FunctionUrlAuthType", "InvokedViaFunctionUrl", "Principal",
				"PrincipalOrgID", "SourceAccount", "SourceArn")
			in["StatementId"] = t.Generated(maxStatement)
			_, err := t.Call("Lambda", "AddPermission", in)
			return resource.Unless(err, resource.Identified("Id", t.Generated(maxStatement)))
		},
		Find: func(t *task) (*stack.Made, error) { return resource.Identified("Id", t.Generated(maxStatement)), nil },
		Delete: func(t *task) error {
			_, err := t.Call("Lambda", "RemovePermission", resource.With(t.Pick("FunctionName"), members{"StatementId": t.PhysicalID}))
			return err
		},
	}
}
