package resource

import "sluice/internal/stack"

// rolePolicy is AWS::IAM::RolePolicy. Its Ref is the policy's and the role's name, with a bar between.
func rolePolicy() *resource {
	put := func(t *task) (*stack.Made, error) {
		in := with(t.pick("PolicyName", "RoleName"), members{"PolicyDocument": t.text("PolicyDocument")})
		_, err := t.call("IAM", "PutRolePolicy", in)
		return unless(err, &stack.Made{PhysicalID: t.text("PolicyName") + "|" + t.text("RoleName")})
	}
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::IAM::RolePolicy",
			Properties: fields{
				"PolicyDocument": document(required), "PolicyName": text(required, replaces), "RoleName": text(required, replaces),
			},
		},
		create: put, update: put,
		delete: func(t *task) error {
			_, err := t.call("IAM", "DeleteRolePolicy", t.pick("PolicyName", "RoleName"))
			return err
		},
	}
}
