package iam

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// policy is AWS::IAM::Policy: a policy embedded in roles. Its Ref is the resource's own name.
func policy() *resource.Type {
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::IAM::Policy", Attributes: []string{"Id"},
			Properties: schema.Fields{
				"Groups": schema.List(schema.String()), "PolicyDocument": schema.JSON(schema.Required), "PolicyName": schema.String(schema.Required), "Roles": schema.List(schema.String()), "Users": schema.List(schema.String()),
			},
		},
		Create: func(t *task) (*stack.Made, error) {
			return resource.Identified("Id", t.PhysicalID), embed(t)
		},
		Update: func(t *task) (*stack.Made, error) {
			if err := embed(t); err != nil {
				return nil, err
			}
			return resource.Identified("Id", t.PhysicalID), unembed(t, t.Old, func(role string) bool { return t.Changed("PolicyName") || !embeds(t, role) })
		},
		Delete: func(t *task) error {
			if err := refuseNobody(t); err != nil {
				return err
			}
			return unembed(t, t.Properties, func(string) bool { return true })
		},
	}
}

// refuseNobody refuses a policy of no one. On AWS it can't even be deleted, but has to be left alone (recorded:
// test_blocked_stack_deletion).
func refuseNobody(t *task) error {
	if len(resource.ListOf(t.Properties["Groups"]))+len(resource.ListOf(t.Properties["Roles"]))+len(resource.ListOf(t.Properties["Users"])) == 0 {
		return resource.Failf(resource.InvalidRequest, "At least one of [Groups,Roles,Users] must be non-empty.")
	}
	return nil
}

// embed puts the policy into its roles.
func embed(t *task) error {
	if err := refuseNobody(t); err != nil {
		return err
	}
	if err := refuseHolders(t); err != nil {
		return err
	}
	for _, role := range resource.ListOf(t.Properties["Roles"]) {
		in := members{"RoleName": role, "PolicyName": t.Text("PolicyName"), "PolicyDocument": t.Text("PolicyDocument")}
		if _, err := t.Call("IAM", "PutRolePolicy", in); err != nil {
			return err
		}
	}
	return nil
}

// unembed takes the policy that properties describe from those of its roles that are meant.
func unembed(t *task, properties members, meant func(role string) bool) error {
	for _, role := range resource.ListOf(properties["Roles"]) {
		if !meant(resource.TextOf(role)) {
			continue
		}
		if err := letGo(t, "DeleteRolePolicy", members{"RoleName": role, "PolicyName": properties["PolicyName"]}); err != nil {
			return err
		}
	}
	return nil
}

func embeds(t *task, role string) bool {
	for _, each := range resource.ListOf(t.Properties["Roles"]) {
		if resource.TextOf(each) == role {
			return true
		}
	}
	return false
}

// refuseHolders refuses policies of what is not there.
func refuseHolders(t *task) error {
	for _, holders := range []string{"Users", "Groups"} {
		if len(resource.ListOf(t.Properties[holders])) > 0 {
			return resource.Failf(resource.InvalidRequest, "Sluice has no IAM %s: leave the property %s out and name Roles", resource.Lower(holders), holders)
		}
	}
	return nil
}
