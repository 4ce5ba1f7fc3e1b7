package resource

import "sluice/internal/stack"

// maxStatement is how long the ID of a statement in a function's or layer's policy may be, in characters.
const maxStatement = 100

// permission is AWS::Lambda::Permission. Its Ref is the ID of the statement in the function's policy.
func permission() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::Lambda::Permission", Attributes: []string{"Id"},
			Properties: fields{
				"Action": text(required, replaces), "EventSourceToken": text(replaces), "FunctionName": text(required, replaces),
				"FunctionUrlAuthType": text(replaces), "InvokedViaFunctionUrl": flag(replaces), "Principal": text(required, replaces),
				"PrincipalOrgID": text(replaces), "SourceAccount": text(replaces), "SourceArn": text(replaces),
			},
		},
		create: func(t *task) (*stack.Made, error) {
			in := t.pick("Action", "EventSourceToken", "FunctionName", "FunctionUrlAuthType", "InvokedViaFunctionUrl", "Principal",
				"PrincipalOrgID", "SourceAccount", "SourceArn")
			in["StatementId"] = t.generated(maxStatement)
			_, err := t.call("Lambda", "AddPermission", in)
			return unless(err, identified(t.generated(maxStatement)))
		},
		find: func(t *task) (*stack.Made, error) { return identified(t.generated(maxStatement)), nil },
		delete: func(t *task) error {
			_, err := t.call("Lambda", "RemovePermission", with(t.pick("FunctionName"), members{"StatementId": t.PhysicalID}))
			return err
		},
	}
}

// identified is a resource whose attribute Id is its physical ID.
func identified(id string) *stack.Made {
	return &stack.Made{PhysicalID: id, Attributes: members{"Id": id}}
}
