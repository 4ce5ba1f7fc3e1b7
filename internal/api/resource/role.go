package resource

import (
	"maps"
	"slices"

	"sluice/internal/stack"
)

// maxRoleName is how long a role's name may be, in characters.
const maxRoleName = 64

// role is AWS::IAM::Role. Its Ref is the role's name.
func role() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::IAM::Role", Attributes: []string{"Arn", "RoleId"},
			Properties: fields{
				"AssumeRolePolicyDocument": document(required), "Description": text(), "ManagedPolicyArns": list(text()),
				"MaxSessionDuration": whole(), "Path": text(replaces), "PermissionsBoundary": text(),
				"Policies": list(object(fields{"PolicyDocument": document(required), "PolicyName": text(required)})),
				"RoleName": text(replaces), "Tags": tagged(),
			},
		},
		create: createRole, find: foundRole, update: updateRole,
		delete: func(t *task) error { return t.deleteRole(t.PhysicalID) },
	}
}

func createRole(t *task) (*stack.Made, error) {
	name := t.name("RoleName", maxRoleName)
	in := with(t.pick("Description", "MaxSessionDuration", "Path", "PermissionsBoundary"), members{
		"RoleName": name, "AssumeRolePolicyDocument": t.text("AssumeRolePolicyDocument"), "Tags": tagList(t.tags()),
	})
	out, err := t.call("IAM", "CreateRole", in)
	if err != nil {
		return nil, err
	}
	return roleMade(name, out), t.rolePolicies(name)
}

func roleMade(name string, shown members) *stack.Made {
	found := objectOf(shown["Role"])
	return &stack.Made{PhysicalID: name, Attributes: members{"Arn": found["Arn"], "RoleId": found["RoleId"]}}
}

// foundRole completes a role that an earlier order made.
func foundRole(t *task) (*stack.Made, error) {
	name := t.name("RoleName", maxRoleName)
	out, err := t.call("IAM", "GetRole", members{"RoleName": name})
	if err == nil {
		err = t.rolePolicies(name)
	}
	if err != nil {
		return nil, err
	}
	return roleMade(name, out), nil
}

// rolePolicies gives the role the policies that the template says, and takes those from it that the template said before.
func (t *task) rolePolicies(name string) error {
	want, have := policiesOf(t.Properties["Policies"]), policiesOf(t.Old["Policies"])
	for _, policy := range slices.Sorted(maps.Keys(want)) {
		if want[policy] == have[policy] {
			continue
		}
		in := members{"RoleName": name, "PolicyName": policy, "PolicyDocument": want[policy]}
		if _, err := t.call("IAM", "PutRolePolicy", in); err != nil {
			return err
		}
	}
	for policy := range have {
		if _, stays := want[policy]; stays {
			continue
		}
		if err := t.letGo("DeleteRolePolicy", members{"RoleName": name, "PolicyName": policy}); err != nil {
			return err
		}
	}
	return t.reattach(listOf(t.Properties["ManagedPolicyArns"]), listOf(t.Old["ManagedPolicyArns"]), func(arn string) members {
		return members{"RoleName": name, "PolicyArn": arn}
	})
}

// policiesOf are the documents of embedded policies by their names.
func policiesOf(value any) map[string]string {
	all := map[string]string{}
	for _, each := range listOf(value) {
		policy := objectOf(each)
		all[textOf(policy["PolicyName"])] = textOf(policy["PolicyDocument"])
	}
	return all
}

// reattach attaches what is wanted and was not there, and detaches what was and is wanted no more. members returns those of
// both operations.
func (t *task) reattach(want, had []any, members func(string) members) error {
	for _, each := range want {
		if slices.ContainsFunc(had, func(other any) bool { return same(each, other) }) {
			continue
		}
		if _, err := t.call("IAM", "AttachRolePolicy", members(textOf(each))); err != nil {
			return err
		}
	}
	for _, each := range had {
		if slices.ContainsFunc(want, func(other any) bool { return same(each, other) }) {
			continue
		}
		if err := t.letGo("DetachRolePolicy", members(textOf(each))); err != nil {
			return err
		}
	}
	return nil
}

// letGo calls an operation of IAM that takes something away, which may be gone already.
func (t *task) letGo(operation string, in members) error {
	_, err := t.call("IAM", operation, in)
	if err != nil && classify(err) == notFound {
		return nil
	}
	return err
}

var roleTags = tagging{
	service: "IAM", list: "ListRoleTags", tag: "TagRole", untag: "UntagRole", shown: "Tags", tags: "Tags", keys: "TagKeys",
}

func updateRole(t *task) (*stack.Made, error) {
	key := members{"RoleName": t.PhysicalID}
	if t.changed("AssumeRolePolicyDocument") {
		in := members{"RoleName": t.PhysicalID, "PolicyDocument": t.text("AssumeRolePolicyDocument")}
		if _, err := t.call("IAM", "UpdateAssumeRolePolicy", in); err != nil {
			return nil, err
		}
	}
	if t.changed("Description", "MaxSessionDuration") {
		in := with(members{"RoleName": t.PhysicalID, "Description": t.text("Description"), "MaxSessionDuration": 3600}, t.pick("MaxSessionDuration"))
		if _, err := t.call("IAM", "UpdateRole", in); err != nil {
			return nil, err
		}
	}
	if err := t.boundary(); err != nil {
		return nil, err
	}
	if err := t.rolePolicies(t.PhysicalID); err != nil {
		return nil, err
	}
	return unchanged(t), t.retag(roleTags, key)
}

func (t *task) boundary() error {
	if !t.changed("PermissionsBoundary") {
		return nil
	}
	operation := "PutRolePermissionsBoundary"
	if !t.has("PermissionsBoundary") {
		operation = "DeleteRolePermissionsBoundary"
	}
	_, err := t.call("IAM", operation, with(t.pick("PermissionsBoundary"), members{"RoleName": t.PhysicalID}))
	return err
}

// deleteRole deletes a role with whatever policies it has.
func (t *task) deleteRole(name string) error {
	key := members{"RoleName": name}
	out, err := t.call("IAM", "ListAttachedRolePolicies", key)
	if err != nil {
		return err
	}
	for _, each := range listOf(out["AttachedPolicies"]) {
		if err := t.letGo("DetachRolePolicy", members{"RoleName": name, "PolicyArn": objectOf(each)["PolicyArn"]}); err != nil {
			return err
		}
	}
	if out, err = t.call("IAM", "ListRolePolicies", key); err != nil {
		return err
	}
	for _, policy := range listOf(out["PolicyNames"]) {
		if err := t.letGo("DeleteRolePolicy", members{"RoleName": name, "PolicyName": policy}); err != nil {
			return err
		}
	}
	_, err = t.call("IAM", "DeleteRole", key)
	return err
}
