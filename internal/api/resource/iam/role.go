package iam

import (
	"maps"
	"slices"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// maxRoleName is how long a role's name may be, in characters.
const maxRoleName = 64

// role is AWS::IAM::Role. Its Ref is the role's name.
func role() *resource.Type {
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::IAM::Role", Attributes: []string{"Arn", "RoleId"},
			Properties: schema.Fields{
				"AssumeRolePolicyDocument": schema.JSON(schema.Required), "Description": schema.String(), "ManagedPolicyArns": schema.List(schema.String()),
				"MaxSessionDuration": schema.Integer(), "Path": schema.String(schema.Replaces), "PermissionsBoundary": schema.String(),
				"Policies": schema.List(schema.Object(schema.Fields{"PolicyDocument": schema.JSON(schema.Required), "PolicyName": schema.String(schema.Required)})),
				"RoleName": schema.String(schema.Replaces), "Tags": schema.Tags(),
			},
		},
		Create: createRole, Find: foundRole, Update: updateRole,
		Delete: func(t *task) error { return deleteRole(t, t.PhysicalID) },
	}
}

func createRole(t *task) (*stack.Made, error) {
	name := t.Name("RoleName", maxRoleName)
	in := resource.With(t.Pick("Description", "MaxSessionDuration", "Path", "PermissionsBoundary"), members{
		"RoleName": name, "AssumeRolePolicyDocument": t.Text("AssumeRolePolicyDocument"), "Tags": resource.TagList(t.UserTags()),
	})
	out, err := t.Call("IAM", "CreateRole", in)
	if err != nil {
		return nil, err
	}
	return roleMade(name, out), rolePolicies(t, name)
}

func roleMade(name string, shown members) *stack.Made {
	found := resource.ObjectOf(shown["Role"])
	return &stack.Made{PhysicalID: name, Attributes: members{"Arn": found["Arn"], "RoleId": found["RoleId"]}}
}

// foundRole completes a role that an earlier order made.
func foundRole(t *task) (*stack.Made, error) {
	name := t.Name("RoleName", maxRoleName)
	out, err := t.Call("IAM", "GetRole", members{"RoleName": name})
	if err == nil {
		err = rolePolicies(t, name)
	}
	if err != nil {
		return nil, err
	}
	return roleMade(name, out), nil
}

// rolePolicies gives the role the policies that the template says, and takes those from it that the template said before.
func rolePolicies(t *task, name string) error {
	want, have := policiesOf(t.Properties["Policies"]), policiesOf(t.Old["Policies"])
	for _, policy := range slices.Sorted(maps.Keys(want)) {
		if want[policy] == have[policy] {
			continue
		}
		in := members{"RoleName": name, "PolicyName": policy, "PolicyDocument": want[policy]}
		if _, err := t.Call("IAM", "PutRolePolicy", in); err != nil {
			return err
		}
	}
	for policy := range have {
		if _, stays := want[policy]; stays {
			continue
		}
		if err := letGo(t, "DeleteRolePolicy", members{"RoleName": name, "PolicyName": policy}); err != nil {
			return err
		}
	}
	return reattach(t, resource.ListOf(t.Properties["ManagedPolicyArns"]), resource.ListOf(t.Old["ManagedPolicyArns"]), func(arn string) members {
		return members{"RoleName": name, "PolicyArn": arn}
	})
}

// policiesOf are the documents of embedded policies by their names.
func policiesOf(value any) map[string]string {
	all := map[string]string{}
	for _, each := range resource.ListOf(value) {
		policy := resource.ObjectOf(each)
		all[resource.TextOf(policy["PolicyName"])] = resource.TextOf(policy["PolicyDocument"])
	}
	return all
}

// reattach attaches what is wanted and was not there, and detaches what was and is wanted no more. members returns those of
// both operations.
func reattach(t *task, want, had []any, members func(string) members) error {
	for _, each := range want {
		if slices.ContainsFunc(had, func(other any) bool { return resource.Same(each, other) }) {
			continue
		}
		if _, err := t.Call("IAM", "AttachRolePolicy", members(resource.TextOf(each))); err != nil {
			return err
		}
	}
	for _, each := range had {
		if slices.ContainsFunc(want, func(other any) bool { return resource.Same(each, other) }) {
			continue
		}
		if err := letGo(t, "DetachRolePolicy", members(resource.TextOf(each))); err != nil {
			return err
		}
	}
	return nil
}

// letGo calls an operation of IAM that takes something away, which may be gone already.
func letGo(t *task, operation string, in members) error {
	_, err := t.Call("IAM", operation, in)
	if err != nil && resource.Gone(err) {
		return nil
	}
	return err
}

var tagging = resource.Tagging{
	Service: "IAM", List: "ListRoleTags", Tag: "TagRole", Untag: "UntagRole", Shown: "Tags", Tags: "Tags", Keys: "TagKeys",
}

func updateRole(t *task) (*stack.Made, error) {
	key := members{"RoleName": t.PhysicalID}
	if t.Changed("AssumeRolePolicyDocument") {
		in := members{"RoleName": t.PhysicalID, "PolicyDocument": t.Text("AssumeRolePolicyDocument")}
		if _, err := t.Call("IAM", "UpdateAssumeRolePolicy", in); err != nil {
			return nil, err
		}
	}
	if t.Changed("Description", "MaxSessionDuration") {
		in := resource.With(members{"RoleName": t.PhysicalID, "Description": t.Text("Description"), "MaxSessionDuration": 3600}, t.Pick("MaxSessionDuration"))
		if _, err := t.Call("IAM", "UpdateRole", in); err != nil {
			return nil, err
		}
	}
	if err := boundary(t); err != nil {
		return nil, err
	}
	if err := rolePolicies(t, t.PhysicalID); err != nil {
		return nil, err
	}
	return resource.Unchanged(t), t.RetagUser(tagging, key)
}

func boundary(t *task) error {
	if !t.Changed("PermissionsBoundary") {
		return nil
	}
	operation := "PutRolePermissionsBoundary"
	if !t.Has("PermissionsBoundary") {
		operation = "DeleteRolePermissionsBoundary"
	}
	_, err := t.Call("IAM", operation, resource.With(t.Pick("PermissionsBoundary"), members{"RoleName": t.PhysicalID}))
	return err
}

// deleteRole deletes a role with whatever policies it has.
func deleteRole(t *task, name string) error {
	key := members{"RoleName": name}
	out, err := t.Call("IAM", "ListAttachedRolePolicies", key)
	if err != nil {
		return err
	}
	for _, each := range resource.ListOf(out["AttachedPolicies"]) {
		if err := letGo(t, "DetachRolePolicy", members{"RoleName": name, "PolicyArn": resource.ObjectOf(each)["PolicyArn"]}); err != nil {
			return err
		}
	}
	if out, err = t.Call("IAM", "ListRolePolicies", key); err != nil {
		return err
	}
	for _, policy := range resource.ListOf(out["PolicyNames"]) {
		if err := letGo(t, "DeleteRolePolicy", members{"RoleName": name, "PolicyName": policy}); err != nil {
			return err
		}
	}
	_, err = t.Call("IAM", "DeleteRole", key)
	return err
}
