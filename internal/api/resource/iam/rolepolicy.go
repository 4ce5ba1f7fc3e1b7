package iam

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// rolePolicy is AWS::IAM::RolePolicy. Its Ref is the policy's and the role's name, with a bar between.
func rolePolicy() *resource.Type {
	put := func(t *task) (*stack.Made, error) {
		in := resource.With(t.Pick("PolicyName", "RoleName"), members{"PolicyDocument": t.Text("PolicyDocument")})
		_, err := t.Call("IAM", "PutRolePolicy", in)
		return resource.Unless(err, &stack.Made{PhysicalID: t.Text("PolicyName") + "|" + t.Text("RoleName")})
	}
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::IAM::RolePolicy",
			Properties: schema.Fields{
				"PolicyDocument": schema.JSON(schema.Required), "PolicyName": schema.String(schema.Required, schema.Replaces), "RoleName": schema.String(schema.Required, schema.Replaces),
			},
		},
		Create: put, Update: put,
		Delete: func(t *task) error {
			_, err := t.Call("IAM", "DeleteRolePolicy", t.Pick("PolicyName", "RoleName"))
			return err
		},
	}
}
