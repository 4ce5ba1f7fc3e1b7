package iam

import (
	"fmt"
	"strings"
	"testing"
)

// What lists leave out when they are asked for less.
func TestListsAreNarrowed(t *testing.T) {
	d := newDesk(t)
	d.must("CreateRole", "RoleName", "user", "AssumeRolePolicyDocument", trust)
	d.must("CreateRole", "RoleName", "bounded", "Path", "/team/", "AssumeRolePolicyDocument", trust, "PermissionsBoundary", basic)
	d.must("AttachRolePolicy", "RoleName", "user", "PolicyArn", basic)
	d.must("AttachRolePolicy", "RoleName", "user", "PolicyArn", "arn:aws:iam::aws:policy/AdministratorAccess")
	for name, tt := range map[string]struct {
		operation  string
		parameters []string
		want       string
	}{
		"roles by path":                 {"ListRoles", []string{"PathPrefix", "/team/"}, "[bounded]"},
		"a role's policies by path":     {"ListAttachedRolePolicies", []string{"RoleName", "user", "PathPrefix", "/service-role/"}, "[AWSLambdaBasicExecutionRole]"},
		"policies that are attached":    {"ListPolicies", []string{"PolicyUsageFilter", "PermissionsPolicy"}, "[AdministratorAccess AWSLambdaBasicExecutionRole]"},
		"policies that bound":           {"ListPolicies", []string{"PolicyUsageFilter", "PermissionsBoundary"}, "[AWSLambdaBasicExecutionRole]"},
		"own policies":                  {"ListPolicies", []string{"Scope", "Local"}, "[]"},
		"who has a policy":              {"ListEntitiesForPolicy", []string{"PolicyArn", basic}, "[bounded user]"},
		"whom a policy bounds":          {"ListEntitiesForPolicy", []string{"PolicyArn", basic, "PolicyUsageFilter", "PermissionsBoundary"}, "[bounded]"},
		"who has a policy, by path":     {"ListEntitiesForPolicy", []string{"PolicyArn", basic, "PathPrefix", "/team/"}, "[bounded]"},
		"which users have a policy":     {"ListEntitiesForPolicy", []string{"PolicyArn", basic, "EntityFilter", "User"}, "[]"},
		"which profiles a role is in":   {"ListInstanceProfilesForRole", []string{"RoleName", "user"}, "[]"},
		"the inline policies of a role": {"ListRolePolicies", []string{"RoleName", "user"}, "[]"},
	} {
		t.Run(name, func(t *testing.T) {
			found := []string{}
			for _, each := range named.FindAllStringSubmatch(d.must(tt.operation, tt.parameters...), -1) {
				found = append(found, each[1])
			}
			if fmt.Sprint(found) != tt.want {
				t.Errorf("found %v, want %s", found, tt.want)
			}
		})
	}
}

func TestAPolicySaysHowOftenItIsUsed(t *testing.T) {
	d := newDesk(t)
	d.must("CreateRole", "RoleName", "user", "AssumeRolePolicyDocument", trust)
	d.must("CreateRole", "RoleName", "bounded", "AssumeRolePolicyDocument", trust, "PermissionsBoundary", basic)
	d.must("AttachRolePolicy", "RoleName", "user", "PolicyArn", basic)
	for _, body := range []string{d.must("GetPolicy", "PolicyArn", basic), d.must("ListPolicies", "OnlyAttached", "true")} {
		if !strings.Contains(body, "<AttachmentCount>1</AttachmentCount><PermissionsBoundaryUsageCount>1</PermissionsBoundaryUsageCount>") {
			t.Errorf("the answer is %s", body)
		}
	}
}

// Roles and policies can be found at once whatever they are called, and each is gone when it was deleted.
func TestNamesWithAllThatNamesMayHave(t *testing.T) {
	d := newDesk(t)
	const name = "a+b=c,d.e@f-g_h"
	d.must("CreateRole", "RoleName", name, "AssumeRolePolicyDocument", trust)
	d.must("CreatePolicy", "PolicyName", name, "PolicyDocument", allows)
	arn := "arn:aws:iam::000000000000:policy/" + name
	d.must("AttachRolePolicy", "RoleName", name, "PolicyArn", arn)
	d.must("DetachRolePolicy", "RoleName", name, "PolicyArn", arn)
	d.must("DeletePolicy", "PolicyArn", arn)
	d.must("DeleteRole", "RoleName", name)
	d.wantRefused(404, "NoSuchEntity", name, "GetRole", "RoleName", name)
}
