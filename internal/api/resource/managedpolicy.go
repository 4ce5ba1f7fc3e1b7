package resource

import "sluice/internal/stack"

// maxPolicyName is how long a managed policy's name may be, in characters.
const maxPolicyName = 128

var policyAttributes = []string{
	"AttachmentCount", "CreateDate", "DefaultVersionId", "IsAttachable", "PermissionsBoundaryUsageCount", "PolicyArn", "PolicyId", "UpdateDate",
}

// managedPolicy is AWS::IAM::ManagedPolicy. Its Ref is the policy's ARN.
func managedPolicy() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::IAM::ManagedPolicy", Attributes: policyAttributes,
			Properties: fields{
				"Description": text(replaces), "Groups": list(text()), "ManagedPolicyName": text(replaces), "Path": text(replaces),
				"PolicyDocument": document(required), "Roles": list(text()), "Users": list(text()),
			},
		},
		create: createManagedPolicy, find: foundManagedPolicy, update: updateManagedPolicy,
		delete: func(t *task) error { return t.deletePolicy(t.PhysicalID) },
	}
}

func createManagedPolicy(t *task) (*stack.Made, error) {
	if err := t.refuseHolders(); err != nil {
		return nil, err
	}
	in := with(t.pick("Description", "Path"), members{
		"PolicyName": t.name("ManagedPolicyName", maxPolicyName), "PolicyDocument": t.text("PolicyDocument"), "Tags": tagList(t.Stack.Tags),
	})
	out, err := t.call("IAM", "CreatePolicy", in)
	if err != nil {
		return nil, err
	}
	arn := textOf(objectOf(out["Policy"])["Arn"])
	if err := t.attachTo(arn); err != nil {
		return &stack.Made{PhysicalID: arn}, err
	}
	return t.policyMade(arn)
}

func foundManagedPolicy(t *task) (*stack.Made, error) {
	path := t.text("Path")
	if path == "" {
		path = "/"
	}
	arn := "arn:aws:iam::" + t.Stack.Account + ":policy" + path + t.name("ManagedPolicyName", maxPolicyName)
	if err := t.attachTo(arn); err != nil {
		return nil, err
	}
	return t.policyMade(arn)
}

func (t *task) attachTo(arn string) error {
	return t.reattach(listOf(t.Properties["Roles"]), listOf(t.Old["Roles"]), func(role string) members {
		return members{"RoleName": role, "PolicyArn": arn}
	})
}

func (t *task) policyMade(arn string) (*stack.Made, error) {
	out, err := t.call("IAM", "GetPolicy", members{"PolicyArn": arn})
	if err != nil {
		return &stack.Made{PhysicalID: arn}, err
	}
	found, attributes := objectOf(out["Policy"]), members{"PolicyArn": arn}
	for _, name := range policyAttributes {
		if found[name] != nil {
			attributes[name] = found[name]
		}
	}
	return &stack.Made{PhysicalID: arn, Attributes: attributes}, nil
}

func updateManagedPolicy(t *task) (*stack.Made, error) {
	if err := t.refuseHolders(); err != nil {
		return nil, err
	}
	if t.changed("PolicyDocument") {
		if err := t.dropOldest(); err != nil {
			return nil, err
		}
		in := members{"PolicyArn": t.PhysicalID, "PolicyDocument": t.text("PolicyDocument"), "SetAsDefault": true}
		if _, err := t.call("IAM", "CreatePolicyVersion", in); err != nil {
			return nil, err
		}
	}
	if err := t.attachTo(t.PhysicalID); err != nil {
		return nil, err
	}
	return t.policyMade(t.PhysicalID)
}

// maxPolicyVersions is how many versions a managed policy may have.
const maxPolicyVersions = 5

// dropOldest makes room for another version.
func (t *task) dropOldest() error {
	spare, all, err := t.policyVersions(t.PhysicalID)
	if err != nil || all < maxPolicyVersions || len(spare) == 0 {
		return err
	}
	return t.letGo("DeletePolicyVersion", members{"PolicyArn": t.PhysicalID, "VersionId": spare[len(spare)-1]})
}

// policyVersions returns the IDs of the versions that are not the default, the newest first, and how many there are in all.
func (t *task) policyVersions(arn string) (spare []any, all int, err error) {
	out, err := t.call("IAM", "ListPolicyVersions", members{"PolicyArn": arn})
	if err != nil {
		return nil, 0, err
	}
	versions := listOf(out["Versions"])
	for _, each := range versions {
		if version := objectOf(each); version["IsDefaultVersion"] != true {
			spare = append(spare, version["VersionId"])
		}
	}
	return spare, len(versions), nil
}

// deletePolicy deletes a managed policy with its versions, and takes it from the roles that have it.
func (t *task) deletePolicy(arn string) error {
	key := members{"PolicyArn": arn}
	out, err := t.call("IAM", "ListEntitiesForPolicy", key)
	if err != nil {
		return err
	}
	for _, each := range listOf(out["PolicyRoles"]) {
		if err := t.letGo("DetachRolePolicy", members{"PolicyArn": arn, "RoleName": objectOf(each)["RoleName"]}); err != nil {
			return err
		}
	}
	spare, _, err := t.policyVersions(arn)
	if err != nil {
		return err
	}
	for _, version := range spare {
		if err := t.letGo("DeletePolicyVersion", members{"PolicyArn": arn, "VersionId": version}); err != nil {
			return err
		}
	}
	_, err = t.call("IAM", "DeletePolicy", key)
	return err
}
