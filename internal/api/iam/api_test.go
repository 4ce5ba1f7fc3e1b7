package iam

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

const (
	trust  = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}`
	allows = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"logs:*","Resource":"*"}]}`
	basic  = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
	own    = "arn:aws:iam::000000000000:policy/team/rules"
)

// What a deploy tool asks of a role, and the whole answers.
func TestAnswersAboutARole(t *testing.T) {
	d := newDesk(t)
	role := func(more ...string) []string { return append([]string{"RoleName", "app"}, more...) }
	d.record("CreateRole", role("AssumeRolePolicyDocument", trust, "Path", "/team/", "Description", "runs functions",
		"Tags.member.1.Key", "team", "Tags.member.1.Value", "payments")...)
	d.record("UpdateRole", role("Description", "runs & waits", "MaxSessionDuration", "7200")...)
	d.record("UpdateRoleDescription", role("Description", "runs")...)
	d.record("UpdateAssumeRolePolicy", role("PolicyDocument", trust)...)
	d.record("PutRolePermissionsBoundary", role("PermissionsBoundary", basic)...)
	d.record("GetRole", role()...)
	d.record("ListRoles", "PathPrefix", "/team/")
	d.record("DeleteRolePermissionsBoundary", role()...)
	d.record("PutRolePolicy", role("PolicyName", "logs", "PolicyDocument", allows)...)
	d.record("GetRolePolicy", role("PolicyName", "logs")...)
	d.record("ListRolePolicies", role()...)
	d.record("AttachRolePolicy", role("PolicyArn", basic)...)
	d.record("ListAttachedRolePolicies", role()...)
	d.record("ListInstanceProfilesForRole", role()...)
	d.record("TagRole", role("Tags.member.1.Key", "stage", "Tags.member.1.Value", "test")...)
	d.record("UntagRole", role("TagKeys.member.1", "team")...)
	d.record("ListRoleTags", role()...)
	d.record("DeleteRole", role()...)
	d.record("DetachRolePolicy", role("PolicyArn", basic)...)
	d.record("DeleteRolePolicy", role("PolicyName", "logs")...)
	d.record("DeleteRole", role()...)
	d.record("GetRole", role()...)
	d.wantGolden("role")
}

func TestAnswersAboutAPolicy(t *testing.T) {
	d := newDesk(t)
	d.record("CreatePolicy", "PolicyName", "rules", "Path", "/team/", "PolicyDocument", allows, "Description", "what is allowed",
		"Tags.member.1.Key", "team", "Tags.member.1.Value", "payments")
	d.record("GetPolicy", "PolicyArn", own)
	d.record("CreatePolicyVersion", "PolicyArn", own, "PolicyDocument", allows, "SetAsDefault", "true")
	d.record("GetPolicyVersion", "PolicyArn", own, "VersionId", "v2")
	d.record("ListPolicyVersions", "PolicyArn", own)
	d.record("SetDefaultPolicyVersion", "PolicyArn", own, "VersionId", "v1")
	d.record("DeletePolicyVersion", "PolicyArn", own, "VersionId", "v2")
	d.must("CreateRole", "RoleName", "app", "AssumeRolePolicyDocument", trust)
	d.must("AttachRolePolicy", "RoleName", "app", "PolicyArn", own)
	d.record("ListPolicies", "OnlyAttached", "true")
	d.record("ListEntitiesForPolicy", "PolicyArn", own)
	d.record("TagPolicy", "PolicyArn", own, "Tags.member.1.Key", "stage", "Tags.member.1.Value", "test")
	d.record("UntagPolicy", "PolicyArn", own, "TagKeys.member.1", "team")
	d.record("ListPolicyTags", "PolicyArn", own)
	d.must("DetachRolePolicy", "RoleName", "app", "PolicyArn", own)
	d.record("DeletePolicy", "PolicyArn", own)
	d.record("GetPolicy", "PolicyArn", basic)
	d.record("GetPolicyVersion", "PolicyArn", basic, "VersionId", "v1")
	d.wantGolden("policy")
}

func TestAnswersAboutTheAccount(t *testing.T) {
	d := newDesk(t)
	d.record("GetUser")
	d.record("ListAccountAliases")
	d.record("CreateServiceLinkedRole", "AWSServiceName", "lambda.application-autoscaling.amazonaws.com")
	d.record("DeleteServiceLinkedRole", "RoleName", "AWSServiceRoleForApplicationAutoScaling_LambdaConcurrency")
	d.record("GetServiceLinkedRoleDeletionStatus", "DeletionTaskId", "task/aws-service-role/x.amazonaws.com/X/1")
	d.wantGolden("account")
}

// The rows of the table of errors, each in one reply.
func TestRefusals(t *testing.T) {
	d := newDesk(t)
	d.must("CreateRole", "RoleName", "app", "AssumeRolePolicyDocument", trust)
	d.must("CreatePolicy", "PolicyName", "rules", "PolicyDocument", allows)
	d.must("CreateServiceLinkedRole", "AWSServiceName", "ecs.amazonaws.com")
	for i := range 10 {
		d.must("CreatePolicy", "PolicyName", fmt.Sprint("p", i), "PolicyDocument", allows)
		d.must("AttachRolePolicy", "RoleName", "app", "PolicyArn", "arn:aws:iam::000000000000:policy/p"+fmt.Sprint(i))
	}
	for _, tt := range []struct {
		status     int
		code, part string
		operation  string
		parameters []string
	}{
		{http.StatusNotFound, "NoSuchEntity", "The role with name none cannot be found.", "GetRole", []string{"RoleName", "none"}},
		{http.StatusNotFound, "NoSuchEntity", "The user with name me cannot be found.", "GetUser", []string{"UserName", "me"}},
		{http.StatusNotFound, "NoSuchEntity", "none was not found.", "GetPolicy", []string{"PolicyArn", "arn:aws:iam::000000000000:policy/none"}},
		{http.StatusNotFound, "NoSuchEntity", "The deletion task x cannot be found.", "GetServiceLinkedRoleDeletionStatus", []string{"DeletionTaskId", "x"}},
		{http.StatusConflict, "EntityAlreadyExists", "Role with name app already exists.", "CreateRole", []string{"RoleName", "app", "AssumeRolePolicyDocument", trust}},
		{http.StatusConflict, "EntityAlreadyExists", "A policy called rules already exists.", "CreatePolicy", []string{"PolicyName", "rules", "PolicyDocument", allows}},
		{http.StatusConflict, "DeleteConflict", "Cannot delete entity, must detach all policies first.", "DeleteRole", []string{"RoleName", "app"}},
		{http.StatusConflict, "LimitExceeded", "Cannot exceed quota for PoliciesPerRole: 10", "AttachRolePolicy", []string{"RoleName", "app", "PolicyArn", basic}},
		{http.StatusBadRequest, "UnmodifiableEntity", "AWSServiceRoleForECS", "DeleteRole", []string{"RoleName", "AWSServiceRoleForECS"}},
		{http.StatusBadRequest, "MalformedPolicyDocument", "This policy contains invalid Json", "CreateRole", []string{"RoleName", "new", "AssumeRolePolicyDocument", "x"}},
		{http.StatusBadRequest, "MalformedPolicyDocument", "Syntax errors in policy.", "PutRolePolicy", []string{"RoleName", "app", "PolicyName", "p", "PolicyDocument", "x"}},
		{http.StatusBadRequest, "InvalidInput", "Custom suffix is not allowed", "CreateServiceLinkedRole", []string{"AWSServiceName", "ecs.amazonaws.com", "CustomSuffix", "x"}},
		{http.StatusBadRequest, "ValidationError", "Invalid ARN:  Could not be parsed!", "AttachRolePolicy", []string{"RoleName", "app", "PolicyArn", "longpolicynamebutnoarn"}},
		{http.StatusBadRequest, "ValidationError", "Value null at &#39;roleName&#39;", "GetRole", nil},
		{http.StatusBadRequest, "ValidationError", "Value &#39;a b&#39; at &#39;roleName&#39;", "GetRole", []string{"RoleName", "a b"}},
		{http.StatusBadRequest, "ValidationError", "Value &#39;60&#39; at &#39;maxSessionDuration&#39;", "UpdateRole", []string{"RoleName", "app", "MaxSessionDuration", "60"}},
		{http.StatusBadRequest, "ValidationError", "Invalid Marker.", "ListRoles", []string{"Marker", "x"}},
		{http.StatusForbidden, "AccessDenied", "can&#39;t be changed", "DeletePolicy", []string{"PolicyArn", basic}},
		{http.StatusBadRequest, "NotImplemented", "and not its document", "GetPolicyVersion", []string{"PolicyArn", "arn:aws:iam::aws:policy/job-function/Billing", "VersionId", "v28"}},
		{http.StatusBadRequest, "NotImplemented", "CreateUser", "CreateUser", []string{"UserName", "me"}},
	} {
		t.Run(tt.operation+" "+tt.code, func(t *testing.T) {
			d.t = t
			d.wantRefused(tt.status, tt.code, tt.part, tt.operation, tt.parameters...)
		})
	}
}

func TestASessionIsNoUser(t *testing.T) {
	d := newDesk(t)
	status, body := d.as(d.session("arn:aws:iam::000000000000:role/app"), "GetUser")
	if status != http.StatusBadRequest || !strings.Contains(body, "Must specify userName when calling with non-User credentials") {
		t.Errorf("%d %s", status, body)
	}
}

var (
	marker = regexp.MustCompile(`<Marker>(.*)</Marker>`)
	named  = regexp.MustCompile(`<(?:RoleName|PolicyName|Key|VersionId|member)>([^<]+)<`)
)

// pages asks for a list in pages of two until there is no more, and returns the names in it.
func (d *desk) pages(operation string, parameters ...string) (found []string) {
	d.t.Helper()
	parameters = append(parameters, "MaxItems", "2")
	for {
		body := d.must(operation, parameters...)
		for _, name := range named.FindAllStringSubmatch(body, -1) {
			found = append(found, name[1])
		}
		next := marker.FindStringSubmatch(body)
		if next == nil {
			return found
		}
		parameters = append(parameters, "Marker", next[1])
	}
}

func TestListsComeInPages(t *testing.T) {
	d := newDesk(t)
	for _, name := range []string{"c", "B", "a"} {
		d.must("CreateRole", "RoleName", name, "AssumeRolePolicyDocument", trust)
		d.must("TagRole", "RoleName", "c", "Tags.member.1.Key", name, "Tags.member.1.Value", "")
		d.must("CreatePolicy", "PolicyName", name, "PolicyDocument", allows)
	}
	const policies = "arn:aws:iam::000000000000:policy/"
	const policyC = policies + "c"
	for _, name := range []string{"c", "B", "a"} {
		d.must("TagPolicy", "PolicyArn", policyC, "Tags.member.1.Key", name, "Tags.member.1.Value", "")
		d.must("CreatePolicyVersion", "PolicyArn", policyC, "PolicyDocument", allows)
		d.must("PutRolePolicy", "RoleName", "c", "PolicyName", name, "PolicyDocument", allows)
		d.must("AttachRolePolicy", "RoleName", "c", "PolicyArn", policies+name)
		d.must("AttachRolePolicy", "RoleName", name, "PolicyArn", policyC)
	}
	for operation, tt := range map[string]struct {
		parameters []string
		want       string
	}{
		"ListRoles":                {nil, "[a B c]"},
		"ListPolicies":             {[]string{"Scope", "Local"}, "[a B c]"},
		"ListRoleTags":             {[]string{"RoleName", "c"}, "[B a c]"},
		"ListPolicyTags":           {[]string{"PolicyArn", policyC}, "[B a c]"},
		"ListPolicyVersions":       {[]string{"PolicyArn", policyC}, "[v4 v3 v2 v1]"},
		"ListRolePolicies":         {[]string{"RoleName", "c"}, "[B a c]"},
		"ListAttachedRolePolicies": {[]string{"RoleName", "c"}, "[B a c]"},
		"ListEntitiesForPolicy":    {[]string{"PolicyArn", policyC}, "[a B c]"},
	} {
		t.Run(operation, func(t *testing.T) {
			d.t = t
			if got := fmt.Sprint(d.pages(operation, tt.parameters...)); got != tt.want {
				t.Errorf("found %s, want %s", got, tt.want)
			}
		})
	}
}
