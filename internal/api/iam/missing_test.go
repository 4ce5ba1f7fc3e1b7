package iam

import (
	"net/http"
	"strings"
	"testing"
)

// onRoles and onPolicies are the operations that are about a role or a policy, with what else they need.
var (
	onRoles = map[string][]string{
		"GetRole": nil, "DeleteRole": nil, "UpdateRole": nil, "UpdateRoleDescription": {"Description", "x"},
		"UpdateAssumeRolePolicy": {"PolicyDocument", trust}, "PutRolePermissionsBoundary": {"PermissionsBoundary", basic},
		"DeleteRolePermissionsBoundary": nil, "TagRole": {"Tags.member.1.Key", "k", "Tags.member.1.Value", "v"},
		"UntagRole": {"TagKeys.member.1", "k"}, "ListRoleTags": nil, "PutRolePolicy": {"PolicyName", "p", "PolicyDocument", allows},
		"GetRolePolicy": {"PolicyName", "p"}, "DeleteRolePolicy": {"PolicyName", "p"}, "ListRolePolicies": nil,
		"AttachRolePolicy": {"PolicyArn", basic}, "DetachRolePolicy": {"PolicyArn", basic}, "ListAttachedRolePolicies": nil,
		"ListInstanceProfilesForRole": nil, "DeleteServiceLinkedRole": nil,
	}
	onPolicies = map[string][]string{
		"GetPolicy": nil, "DeletePolicy": nil, "TagPolicy": {"Tags.member.1.Key", "k", "Tags.member.1.Value", "v"},
		"UntagPolicy": {"TagKeys.member.1", "k"}, "ListPolicyTags": nil, "CreatePolicyVersion": {"PolicyDocument", allows},
		"GetPolicyVersion": {"VersionId", "v1"}, "DeletePolicyVersion": {"VersionId", "v1"}, "SetDefaultPolicyVersion": {"VersionId", "v1"},
		"ListPolicyVersions": nil, "ListEntitiesForPolicy": nil,
	}
)

func TestWhatIsNotThere(t *testing.T) {
	d := newDesk(t)
	for operation, more := range onRoles {
		d.wantRefused(http.StatusNotFound, "NoSuchEntity", "none", operation, append(more, "RoleName", "none")...)
	}
	for operation, more := range onPolicies {
		d.wantRefused(http.StatusNotFound, "NoSuchEntity", "none", operation, append(more, "PolicyArn", "arn:aws:iam::000000000000:policy/none")...)
	}
}

func TestVersionsThatAreNotThere(t *testing.T) {
	d := newDesk(t)
	d.must("CreatePolicy", "PolicyName", "rules", "PolicyDocument", allows)
	for _, version := range []string{"v2", "v1.x", "v99999999999999999999"} {
		for _, operation := range []string{"GetPolicyVersion", "DeletePolicyVersion", "SetDefaultPolicyVersion"} {
			d.wantRefused(http.StatusNotFound, "NoSuchEntity", "does not exist or is not attachable", operation,
				"PolicyArn", "arn:aws:iam::000000000000:policy/rules", "VersionId", version)
		}
	}
}

// No operation takes a store that is closed for something that is not there: clients should try again.
func TestAServerThatStopsSaysSo(t *testing.T) {
	d := newDesk(t)
	if err := d.records.Close(); err != nil {
		t.Fatal(err)
	}
	want := func(operation string, parameters ...string) {
		t.Helper()
		status, body := d.call(operation, parameters...)
		if status != http.StatusServiceUnavailable || !strings.Contains(body, "<Code>ServiceUnavailable</Code>") {
			t.Errorf("%s: %d %s", operation, status, body)
		}
	}
	for operation, more := range onRoles {
		want(operation, append(more, "RoleName", "app")...)
	}
	for operation, more := range onPolicies {
		want(operation, append(more, "PolicyArn", "arn:aws:iam::000000000000:policy/rules")...)
	}
	want("ListRoles")
	want("ListPolicies")
	want("CreateRole", "RoleName", "app", "AssumeRolePolicyDocument", trust)
	want("CreatePolicy", "PolicyName", "rules", "PolicyDocument", allows)
	want("CreateServiceLinkedRole", "AWSServiceName", "ecs.amazonaws.com")
}
