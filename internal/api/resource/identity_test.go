package resource_test

import (
	"fmt"
	"strings"
	"testing"
)

// trust lets a service take a role, allow is a policy's document.
func trust(service string) object {
	return object{"Version": "2012-10-17", "Statement": []any{object{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": object{"Service": service}}}}
}

func allow(action string) object {
	return object{"Version": "2012-10-17", "Statement": []any{object{"Effect": "Allow", "Action": action, "Resource": "*"}}}
}

const forLambda, basic = "arn:aws:iam::aws:policy/service-role/AWSCodeDeployRoleForLambda", "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"

func TestRole(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 60)
	o := f.order("R", "AWS::IAM::Role", object{
		"AssumeRolePolicyDocument": trust("lambda.amazonaws.com"), "ManagedPolicyArns": []any{basic}, "Path": "/team/", "Description": "d",
		"Policies": []any{object{"PolicyName": "a", "PolicyDocument": allow("s3:GetObject")}, object{"PolicyName": "b", "PolicyDocument": allow("s3:PutObject")}},
		"Tags":     []any{object{"Key": "own", "Value": "1"}},
	})
	made := f.create(o)
	name := made.PhysicalID
	f.equal("the ARN", made.Attributes["Arn"], "arn:aws:iam::000000000000:role/team/"+name)
	shown := f.call("IAM", "GetRole", object{"RoleName": name})
	f.equal("the ID", made.Attributes["RoleId"], at(shown, "Role", "RoleId"))
	f.equal("the tags", at(shown, "Role", "Tags"), []any{object{"Key": "own", "Value": "1"}, object{"Key": "team", "Value": "blue"}})

	next := f.change(o, object{
		"AssumeRolePolicyDocument": trust("codedeploy.amazonaws.com"), "ManagedPolicyArns": []any{forLambda}, "Description": nil, "MaxSessionDuration": "7200",
		"Policies": []any{object{"PolicyName": "b", "PolicyDocument": allow("s3:PutObject")}, object{"PolicyName": "c", "PolicyDocument": allow("s3:*")}}, "Tags": nil,
	})
	f.equal("the ARN", f.update(next).Attributes["Arn"], made.Attributes["Arn"])
	shown = f.call("IAM", "GetRole", object{"RoleName": name})
	if document, _ := at(shown, "Role", "AssumeRolePolicyDocument").(string); !strings.Contains(document, "codedeploy") {
		t.Errorf("trusted is %s", document)
	}
	f.equal("the longest session", at(shown, "Role", "MaxSessionDuration"), 7200)
	f.equal("the description", at(shown, "Role", "Description"), nil)
	f.equal("the tags", at(shown, "Role", "Tags"), []any{object{"Key": "team", "Value": "blue"}})
	f.equal("its policies", f.call("IAM", "ListRolePolicies", object{"RoleName": name})["PolicyNames"], []any{"b", "c"})
	attached := f.call("IAM", "ListAttachedRolePolicies", object{"RoleName": name})
	f.equal("what is attached", at(attached, "AttachedPolicies", 0, "PolicyArn"), forLambda)
	f.equal("nothing else", at(attached, "AttachedPolicies", 1), nil)
	f.delete(next)
	f.missing("IAM", "GetRole", object{"RoleName": name}, "NoSuchEntity")
}

// A role whose policies can't be given to it is told of, to be deleted.
func TestARoleWithAPolicyThatDoesNotExist(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 60)
	o := f.order("R", "AWS::IAM::Role", object{
		"RoleName": "r", "AssumeRolePolicyDocument": trust("lambda.amazonaws.com"), "ManagedPolicyArns": []any{basic, "arn:aws:iam::000000000000:policy/none"},
	})
	made, err := f.provider.Create(t.Context(), o)
	if err == nil || !strings.Contains(err.Error(), "Service: Iam, Status Code: 404") || !strings.Contains(err.Error(), "HandlerErrorCode: NotFound") {
		t.Errorf("got %v", err)
	}
	if made == nil {
		t.Fatal("nothing is told of")
	}
	o.PhysicalID = made.PhysicalID
	f.delete(o)
	f.missing("IAM", "GetRole", object{"RoleName": "r"}, "NoSuchEntity")
}

func TestTheBoundaryOfARole(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 60)
	o := f.order("R", "AWS::IAM::Role", object{"RoleName": "r", "AssumeRolePolicyDocument": trust("lambda.amazonaws.com"), "PermissionsBoundary": basic})
	f.create(o)
	boundary := func() any {
		return at(f.call("IAM", "GetRole", object{"RoleName": "r"}), "Role", "PermissionsBoundary", "PermissionsBoundaryArn")
	}
	f.equal("the boundary", boundary(), basic)
	next := f.change(o, object{"PermissionsBoundary": forLambda})
	f.update(next)
	f.equal("the boundary", boundary(), forLambda)
	f.update(f.change(next, object{"PermissionsBoundary": nil}))
	f.equal("the boundary", boundary(), nil)
}

// The server was killed after it had made the role, and before it gave it its policies.
func TestARepeatedCreationCompletesTheRoleThatIsThere(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 60)
	f.create(f.order("R", "AWS::IAM::Role", object{"RoleName": "r", "AssumeRolePolicyDocument": trust("lambda.amazonaws.com")}))
	again := f.order("R", "AWS::IAM::Role", object{
		"RoleName": "r", "AssumeRolePolicyDocument": trust("lambda.amazonaws.com"), "ManagedPolicyArns": []any{basic},
		"Policies": []any{object{"PolicyName": "a", "PolicyDocument": allow("s3:*")}},
	})
	again.Repeated = true
	f.equal("the ARN", f.create(again).Attributes["Arn"], "arn:aws:iam::000000000000:role/r")
	f.equal("its policies", f.call("IAM", "ListRolePolicies", object{"RoleName": "r"})["PolicyNames"], []any{"a"})
	f.equal("what is attached", at(f.call("IAM", "ListAttachedRolePolicies", object{"RoleName": "r"}), "AttachedPolicies", 0, "PolicyArn"), basic)
}

func TestEmbeddedPolicies(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 60)
	for _, name := range []string{"r", "s"} {
		f.create(f.order("R", "AWS::IAM::Role", object{"RoleName": name, "AssumeRolePolicyDocument": trust("lambda.amazonaws.com")}))
	}
	embedded := func(role string) any {
		return f.call("IAM", "ListRolePolicies", object{"RoleName": role})["PolicyNames"]
	}
	o := f.order("P", "AWS::IAM::Policy", object{"PolicyName": "p", "PolicyDocument": allow("s3:*"), "Roles": []any{"r"}})
	f.equal("the attribute", f.create(o).Attributes["Id"], o.PhysicalID)
	f.equal("r's", embedded("r"), []any{"p"})
	next := f.change(o, object{"Roles": []any{"s"}})
	f.update(next)
	f.equal("r's", embedded("r"), []any{})
	f.equal("s's", embedded("s"), []any{"p"})
	last := f.change(next, object{"PolicyName": "q"})
	f.update(last)
	f.equal("s's", embedded("s"), []any{"q"})
	f.delete(last)
	f.equal("s's", embedded("s"), []any{})

	own := f.order("Q", "AWS::IAM::RolePolicy", object{"PolicyName": "q", "PolicyDocument": allow("s3:*"), "RoleName": "r"})
	f.equal("the Ref", f.create(own).PhysicalID, "q|r")
	f.equal("r's", embedded("r"), []any{"q"})
	f.delete(own)
	f.equal("r's", embedded("r"), []any{})

	users := f.order("U", "AWS::IAM::Policy", object{"PolicyName": "p", "PolicyDocument": allow("s3:*"), "Users": []any{"u"}})
	if _, err := f.provider.Create(t.Context(), users); err == nil || !strings.Contains(err.Error(), "Sluice has no IAM users") {
		t.Errorf("a user's policy: %v", err)
	}
}

// Nobody has the policy, so it can't be made; and a stack can't get rid of it either, as on AWS.
func TestAPolicyOfNobody(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 60)
	o := f.order("P", "AWS::IAM::Policy", object{"PolicyName": "p", "PolicyDocument": allow("s3:*")})
	made, err := f.provider.Create(t.Context(), o)
	if err == nil || !strings.Contains(err.Error(), "At least one of [Groups,Roles,Users] must be non-empty.") || made == nil || made.PhysicalID != o.PhysicalID {
		t.Errorf("it became %v, %v", made, err)
	}
	if err := f.provider.Delete(t.Context(), o); err == nil {
		t.Error("it could be deleted")
	}
}

func TestManagedPolicy(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 60)
	f.create(f.order("R", "AWS::IAM::Role", object{"RoleName": "r", "AssumeRolePolicyDocument": trust("lambda.amazonaws.com")}))
	o := f.order("P", "AWS::IAM::ManagedPolicy", object{"ManagedPolicyName": "p", "PolicyDocument": allow("s3:GetObject"), "Roles": []any{"r"}})
	made := f.create(o)
	arn := "arn:aws:iam::000000000000:policy/p"
	f.equal("the ARN", made.PhysicalID, arn)
	f.equal("how often it is attached", made.Attributes["AttachmentCount"], 1)
	for i := range 7 { // a policy keeps five versions
		o = f.change(o, object{"PolicyDocument": allow(fmt.Sprintf("s3:Get%d", i))})
		f.equal("the version", f.update(o).Attributes["DefaultVersionId"], fmt.Sprintf("v%d", i+2))
	}
	again := f.order("P", "AWS::IAM::ManagedPolicy", object{"ManagedPolicyName": "p", "PolicyDocument": allow("s3:GetObject"), "Roles": []any{"r"}})
	again.Repeated = true
	f.equal("the policy of a repeated order", f.create(again).PhysicalID, arn)
	f.delete(o)
	f.missing("IAM", "GetPolicy", object{"PolicyArn": arn}, "NoSuchEntity")
	f.equal("what is attached", f.call("IAM", "ListAttachedRolePolicies", object{"RoleName": "r"})["AttachedPolicies"], []any{})
}
