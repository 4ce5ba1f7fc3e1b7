package iam_test

import (
	"fmt"
	"strings"
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

const forLambda, basic = "arn:aws:iam::aws:policy/service-role/AWSCodeDeployRoleForLambda", "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"

func TestRole(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	o := f.Order("R", "AWS::IAM::Role", object{
		"AssumeRolePolicyDocument": resourcetest.Trust("lambda.amazonaws.com"), "ManagedPolicyArns": []any{basic}, "Path": "/team/", "Description": "d",
		"Policies": []any{object{"PolicyName": "a", "PolicyDocument": resourcetest.Allow("s3:GetObject")}, object{"PolicyName": "b", "PolicyDocument": resourcetest.Allow("s3:PutObject")}},
		"Tags":     []any{object{"Key": "own", "Value": "1"}},
	})
	made := f.Create(o)
	name := made.PhysicalID
	f.Equal("the ARN", made.Attributes["Arn"], "arn:aws:iam::000000000000:role/team/"+name)
	shown := f.Call("IAM", "GetRole", object{"RoleName": name})
	f.Equal("the ID", made.Attributes["RoleId"], resourcetest.At(shown, "Role", "RoleId"))
	f.Equal("the tags", resourcetest.At(shown, "Role", "Tags"), []any{object{"Key": "own", "Value": "1"}, object{"Key": "team", "Value": "blue"}})

	next := f.Change(o, object{
		"AssumeRolePolicyDocument": resourcetest.Trust("codedeploy.amazonaws.com"), "ManagedPolicyArns": []any{forLambda}, "Description": nil, "MaxSessionDuration": "7200",
		"Policies": []any{object{"PolicyName": "b", "PolicyDocument": resourcetest.Allow("s3:PutObject")}, object{"PolicyName": "c", "PolicyDocument": resourcetest.Allow("s3:*")}}, "Tags": nil,
	})
	f.Equal("the ARN", f.Update(next).Attributes["Arn"], made.Attributes["Arn"])
	shown = f.Call("IAM", "GetRole", object{"RoleName": name})
	if document, _ := resourcetest.At(shown, "Role", "AssumeRolePolicyDocument").(string); !strings.Contains(document, "codedeploy") {
		t.Errorf("trusted is %s", document)
	}
	f.Equal("the longest session", resourcetest.At(shown, "Role", "MaxSessionDuration"), 7200)
	f.Equal("the description", resourcetest.At(shown, "Role", "Description"), nil)
	f.Equal("the tags", resourcetest.At(shown, "Role", "Tags"), []any{object{"Key": "team", "Value": "blue"}})
	f.Equal("its policies", f.Call("IAM", "ListRolePolicies", object{"RoleName": name})["PolicyNames"], []any{"b", "c"})
	attached := f.Call("IAM", "ListAttachedRolePolicies", object{"RoleName": name})
	f.Equal("what is attached", resourcetest.At(attached, "AttachedPolicies", 0, "PolicyArn"), forLambda)
	f.Equal("nothing else", resourcetest.At(attached, "AttachedPolicies", 1), nil)
	f.Delete(next)
	f.Missing("IAM", "GetRole", object{"RoleName": name}, "NoSuchEntity")
}

// A role whose policies can't be given to it is told of, to be deleted.
func TestARoleWithAPolicyThatDoesNotExist(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	o := f.Order("R", "AWS::IAM::Role", object{
		"RoleName": "r", "AssumeRolePolicyDocument": resourcetest.Trust("lambda.amazonaws.com"), "ManagedPolicyArns": []any{basic, "arn:aws:iam::000000000000:policy/none"},
	})
	made, err := f.Provider.Create(t.Context(), o)
	if err == nil || !strings.Contains(err.Error(), "Service: Iam, Status Code: 404") || !strings.Contains(err.Error(), "HandlerErrorCode: NotFound") {
		t.Errorf("got %v", err)
	}
	if made == nil {
		t.Fatal("nothing is told of")
	}
	o.PhysicalID = made.PhysicalID
	f.Delete(o)
	f.Missing("IAM", "GetRole", object{"RoleName": "r"}, "NoSuchEntity")
}

func TestTheBoundaryOfARole(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	o := f.Order("R", "AWS::IAM::Role", object{"RoleName": "r", "AssumeRolePolicyDocument": resourcetest.Trust("lambda.amazonaws.com"), "PermissionsBoundary": basic})
	f.Create(o)
	boundary := func() any {
		return resourcetest.At(f.Call("IAM", "GetRole", object{"RoleName": "r"}), "Role", "PermissionsBoundary", "PermissionsBoundaryArn")
	}
	f.Equal("the boundary", boundary(), basic)
	next := f.Change(o, object{"PermissionsBoundary": forLambda})
	f.Update(next)
	f.Equal("the boundary", boundary(), forLambda)
	f.Update(f.Change(next, object{"PermissionsBoundary": nil}))
	f.Equal("the boundary", boundary(), nil)
}

// The server was killed after it had made the role, and before it gave it its policies.
func TestARepeatedCreationCompletesTheRoleThatIsThere(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	f.Create(f.Order("R", "AWS::IAM::Role", object{"RoleName": "r", "AssumeRolePolicyDocument": resourcetest.Trust("lambda.amazonaws.com")}))
	again := f.Order("R", "AWS::IAM::Role", object{
		"RoleName": "r", "AssumeRolePolicyDocument": resourcetest.Trust("lambda.amazonaws.com"), "ManagedPolicyArns": []any{basic},
		"Policies": []any{object{"PolicyName": "a", "PolicyDocument": resourcetest.Allow("s3:*")}},
	})
	again.Repeated = true
	f.Equal("the ARN", f.Create(again).Attributes["Arn"], "arn:aws:iam::000000000000:role/r")
	f.Equal("its policies", f.Call("IAM", "ListRolePolicies", object{"RoleName": "r"})["PolicyNames"], []any{"a"})
	f.Equal("what is attached", resourcetest.At(f.Call("IAM", "ListAttachedRolePolicies", object{"RoleName": "r"}), "AttachedPolicies", 0, "PolicyArn"), basic)
}

func TestEmbeddedPolicies(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	for _, name := range []string{"r", "s"} {
		f.Create(f.Order("R", "AWS::IAM::Role", object{"RoleName": name, "AssumeRolePolicyDocument": resourcetest.Trust("lambda.amazonaws.com")}))
	}
	embedded := func(role string) any {
		return f.Call("IAM", "ListRolePolicies", object{"RoleName": role})["PolicyNames"]
	}
	o := f.Order("P", "AWS::IAM::Policy", object{"PolicyName": "p", "PolicyDocument": resourcetest.Allow("s3:*"), "Roles": []any{"r"}})
	f.Equal("the attribute", f.Create(o).Attributes["Id"], o.PhysicalID)
	f.Equal("r's", embedded("r"), []any{"p"})
	next := f.Change(o, object{"Roles": []any{"s"}})
	f.Update(next)
	f.Equal("r's", embedded("r"), []any{})
	f.Equal("s's", embedded("s"), []any{"p"})
	last := f.Change(next, object{"PolicyName": "q"})
	f.Update(last)
	f.Equal("s's", embedded("s"), []any{"q"})
	f.Delete(last)
	f.Equal("s's", embedded("s"), []any{})

	own := f.Order("Q", "AWS::IAM::RolePolicy", object{"PolicyName": "q", "PolicyDocument": resourcetest.Allow("s3:*"), "RoleName": "r"})
	f.Equal("the Ref", f.Create(own).PhysicalID, "q|r")
	f.Equal("r's", embedded("r"), []any{"q"})
	f.Delete(own)
	f.Equal("r's", embedded("r"), []any{})

	users := f.Order("U", "AWS::IAM::Policy", object{"PolicyName": "p", "PolicyDocument": resourcetest.Allow("s3:*"), "Users": []any{"u"}})
	if _, err := f.Provider.Create(t.Context(), users); err == nil || !strings.Contains(err.Error(), "Sluice has no IAM users") {
		t.Errorf("a user's policy: %v", err)
	}
}

// Nobody has the policy, so it can't be made; and a stack can't get rid of it either, as on AWS.
func TestAPolicyOfNobody(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	o := f.Order("P", "AWS::IAM::Policy", object{"PolicyName": "p", "PolicyDocument": resourcetest.Allow("s3:*")})
	made, err := f.Provider.Create(t.Context(), o)
	if err == nil || !strings.Contains(err.Error(), "At least one of [Groups,Roles,Users] must be non-empty.") || made == nil || made.PhysicalID != o.PhysicalID {
		t.Errorf("it became %v, %v", made, err)
	}
	if err := f.Provider.Delete(t.Context(), o); err == nil {
		t.Error("it could be deleted")
	}
}

func TestManagedPolicy(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	f.Create(f.Order("R", "AWS::IAM::Role", object{"RoleName": "r", "AssumeRolePolicyDocument": resourcetest.Trust("lambda.amazonaws.com")}))
	o := f.Order("P", "AWS::IAM::ManagedPolicy", object{"ManagedPolicyName": "p", "PolicyDocument": resourcetest.Allow("s3:GetObject"), "Roles": []any{"r"}})
	made := f.Create(o)
	arn := "arn:aws:iam::000000000000:policy/p"
	f.Equal("the ARN", made.PhysicalID, arn)
	f.Equal("how often it is attached", made.Attributes["AttachmentCount"], 1)
	for i := range 7 { // a policy keeps five versions
		o = f.Change(o, object{"PolicyDocument": resourcetest.Allow(fmt.Sprintf("s3:Get%d", i))})
		f.Equal("the version", f.Update(o).Attributes["DefaultVersionId"], fmt.Sprintf("v%d", i+2))
	}
	again := f.Order("P", "AWS::IAM::ManagedPolicy", object{"ManagedPolicyName": "p", "PolicyDocument": resourcetest.Allow("s3:GetObject"), "Roles": []any{"r"}})
	again.Repeated = true
	f.Equal("the policy of a repeated order", f.Create(again).PhysicalID, arn)
	f.Delete(o)
	f.Missing("IAM", "GetPolicy", object{"PolicyArn": arn}, "NoSuchEntity")
	f.Equal("what is attached", f.Call("IAM", "ListAttachedRolePolicies", object{"RoleName": "r"})["AttachedPolicies"], []any{})
}
