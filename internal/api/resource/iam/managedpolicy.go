package iam

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// maxPolicyName is how long a managed policy's name may be, in characters.
const maxPolicyName = 128

var policyAttributes = []string{
	"AttachmentCount", "CreateDate", "DefaultVersionId", "IsAttachable", "PermissionsBoundaryUsageCount", "PolicyArn", "PolicyId", "UpdateDate",
}

// managedPolicy is AWS::IAM::ManagedPolicy. Its Ref is the policy's ARN.
func managedPolicy() *resource.Type {
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::IAM::ManagedPolicy", Attributes: policyAttributes,
			Properties: schema.Fields{
				"Description": schema.String(schema.Replaces), "Groups": schema.List(schema.String()), "ManagedPolicyName": schema.String(schema.Replaces), "Path": schema.String(schema.Replaces),
				"PolicyDocument": schema.JSON(schema.Required), "Roles": schema.List(schema.String()), "Users": schema.List(schema.String()),
			},
		},
		Create: createManagedPolicy, Find: foundManagedPolicy, Update: updateManagedPolicy,
		Delete: func(t *task) error { return deletePolicy(t, t.PhysicalID) },
	}
}

func createManagedPolicy(t *task) (*stack.Made, error) {
	if err := refuseHolders(t); err != nil {
		return nil, err
	}
	in := resource.With(t.Pick("Description", "Path"), members{
		"PolicyName": t.Name("ManagedPolicyName", maxPolicyName), "PolicyDocument": t.Text("PolicyDocument"), "Tags": resource.TagList(t.Stack.Tags),
	})
	out, err := t.Call("IAM", "CreatePolicy", in)
	if err != nil {
		return nil, err
	}
	arn := resource.TextOf(resource.ObjectOf(out["Policy"])["Arn"])
	if err := attachTo(t, arn); err != nil {
		return &stack.Made{PhysicalID: arn}, err
	}
	return policyMade(t, arn)
}

func foundManagedPolicy(t *task) (*stack.Made, error) {
	path := t.Text("Path")
	if path == "" {
		path = "/"
	}
	arn := "arn:aws:iam::" + t.Stack.Account + ":policy" + path + t.Name("ManagedPolicyName", maxPolicyName)
	if err := attachTo(t, arn); err != nil {
		return nil, err
	}
	return policyMade(t, arn)
}

func attachTo(t *task, arn string) error {
	return reattach(t, resource.ListOf(t.Properties["Roles"]), resource.ListOf(t.Old["Roles"]), func(role string) members {
		return members{"RoleName": role, "PolicyArn": arn}
	})
}

func policyMade(t *task, arn string) (*stack.Made, error) {
	out, err := t.Call("IAM", "GetPolicy", members{"PolicyArn": arn})
	if err != nil {
		return &stack.Made{PhysicalID: arn}, err
	}
	found, attributes := resource.ObjectOf(out["Policy"]), members{"PolicyArn": arn}
	for _, name := range policyAttributes {
		if found[name] != nil {
			attributes[name] = found[name]
		}
	}
	return &stack.Made{PhysicalID: arn, Attributes: attributes}, nil
}

func updateManagedPolicy(t *task) (*stack.Made, error) {
	if err := refuseHolders(t); err != nil {
		return nil, err
	}
	if t.Changed("PolicyDocument") {
		if err := dropOldest(t); err != nil {
			return nil, err
		}
		in := members{"PolicyArn": t.PhysicalID, "PolicyDocument": t.Text("PolicyDocument"), "SetAsDefault": true}
		if _, err := t.Call("IAM", "CreatePolicyVersion", in); err != nil {
			return nil, err
		}
	}
	if err := attachTo(t, t.PhysicalID); err != nil {
		return nil, err
	}
	return policyMade(t, t.PhysicalID)
}

// maxPolicyVersions is how many versions a managed policy may have.
const maxPolicyVersions = 5

// dropOldest makes room for another version.
func dropOldest(t *task) error {
	spare, all, err := policyVersions(t, t.PhysicalID)
	if err != nil || all < maxPolicyVersions || len(spare) == 0 {
		return err
	}
	return letGo(t, "DeletePolicyVersion", members{"PolicyArn": t.PhysicalID, "VersionId": spare[len(spare)-1]})
}

// policyVersions returns the IDs of the versions that are not the default, the newest first, and how many there are in all.
func policyVersions(t *task, arn string) (spare []any, all int, err error) {
	out, err := t.Call("IAM", "ListPolicyVersions", members{"PolicyArn": arn})
	if err != nil {
		return nil, 0, err
	}
	versions := resource.ListOf(out["Versions"])
	for _, each := range versions {
		if version := resource.ObjectOf(each); version["IsDefaultVersion"] != true {
			spare = append(spare, version["VersionId"])
		}
	}
	return spare, len(versions), nil
}

// deletePolicy deletes a managed policy with its versions, and takes it from the roles that have it.
func deletePolicy(t *task, arn string) error {
	key := members{"PolicyArn": arn}
	out, err := t.Call("IAM", "ListEntitiesForPolicy", key)
	if err != nil {
		return err
	}
	for _, each := range resource.ListOf(out["PolicyRoles"]) {
		if err := letGo(t, "DetachRolePolicy", members{"PolicyArn": arn, "RoleName": resource.ObjectOf(each)["RoleName"]}); err != nil {
			return err
		}
	}
	spare, _, err := policyVersions(t, arn)
	if err != nil {
		return err
	}
	for _, version := range spare {
		if err := letGo(t, "DeletePolicyVersion", members{"PolicyArn": arn, "VersionId": version}); err != nil {
			return err
		}
	}
	_, err = t.Call("IAM", "DeletePolicy", key)
	return err
}
