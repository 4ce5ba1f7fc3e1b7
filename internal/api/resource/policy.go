package resource

import "sluice/internal/stack"

// policy is AWS::IAM::Policy: a policy embedded in roles. Its Ref is the resource's own name.
func policy() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::IAM::Policy", Attributes: []string{"Id"},
			Properties: fields{
				"Groups": list(text()), "PolicyDocument": document(required), "PolicyName": text(required), "Roles": list(text()), "Users": list(text()),
			},
		},
		create: func(t *task) (*stack.Made, error) {
			return identified(t.PhysicalID), t.embed()
		},
		update: func(t *task) (*stack.Made, error) {
			if err := t.embed(); err != nil {
				return nil, err
			}
			return identified(t.PhysicalID), t.unembed(t.Old, func(role string) bool { return t.changed("PolicyName") || !t.embeds(role) })
		},
		delete: func(t *task) error {
			if err := t.refuseNobody(); err != nil {
				return err
			}
			return t.unembed(t.Properties, func(string) bool { return true })
		},
	}
}

// refuseNobody refuses a policy of no one. On AWS it can't even be deleted, but has to be left alone (recorded:
// test_blocked_stack_deletion).
func (t *task) refuseNobody() error {
	if len(listOf(t.Properties["Groups"]))+len(listOf(t.Properties["Roles"]))+len(listOf(t.Properties["Users"])) == 0 {
		return failf(invalidRequest, "At least one of [Groups,Roles,Users] must be non-empty.")
	}
	return nil
}

// embed puts the policy into its roles.
func (t *task) embed() error {
	if err := t.refuseNobody(); err != nil {
		return err
	}
	if err := t.refuseHolders(); err != nil {
		return err
	}
	for _, role := range listOf(t.Properties["Roles"]) {
		in := members{"RoleName": role, "PolicyName": t.text("PolicyName"), "PolicyDocument": t.text("PolicyDocument")}
		if _, err := t.call("IAM", "PutRolePolicy", in); err != nil {
			return err
		}
	}
	return nil
}

// unembed takes the policy that properties describe from those of its roles that are meant.
func (t *task) unembed(properties members, meant func(role string) bool) error {
	for _, role := range listOf(properties["Roles"]) {
		if !meant(textOf(role)) {
			continue
		}
		if err := t.letGo("DeleteRolePolicy", members{"RoleName": role, "PolicyName": properties["PolicyName"]}); err != nil {
			return err
		}
	}
	return nil
}

func (t *task) embeds(role string) bool {
	for _, each := range listOf(t.Properties["Roles"]) {
		if textOf(each) == role {
			return true
		}
	}
	return false
}

// refuseHolders refuses policies of what is not there.
func (t *task) refuseHolders() error {
	for _, holders := range []string{"Users", "Groups"} {
		if len(listOf(t.Properties[holders])) > 0 {
			return failf(invalidRequest, "Sluice has no IAM %s: leave the property %s out and name Roles", lower(holders), holders)
		}
	}
	return nil
}
