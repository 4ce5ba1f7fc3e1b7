package iam_test

import (
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

func look(operation string, in object, at ...any) resourcetest.Look {
	return resourcetest.Look{Service: "IAM", Operation: operation, In: in, At: at}
}

func TestLives(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	f.Create(f.Order("Here", "AWS::IAM::Role", object{"RoleName": "here", "AssumeRolePolicyDocument": resourcetest.Trust("lambda.amazonaws.com")}))
	f.Create(f.Order("There", "AWS::IAM::Role", object{"RoleName": "there", "AssumeRolePolicyDocument": resourcetest.Trust("lambda.amazonaws.com")}))
	const account = "arn:aws:iam::" + resourcetest.Owner + ":"
	f.Live(t,
		resourcetest.Life{
			Type: "AWS::IAM::Role",
			Properties: object{
				"AssumeRolePolicyDocument": resourcetest.Trust("lambda.amazonaws.com"), "Description": "old", "MaxSessionDuration": "7200", "Path": "/app/",
			},
			Ref:         "app-Role-0123456789AB",
			Attributes:  map[string]string{"Arn": account + "role/app/app-Role-0123456789AB", "RoleId": "AROA*"},
			Look:        func(ref string) resourcetest.Look { return look("GetRole", object{"RoleName": ref}, "Role") },
			Gone:        "NoSuchEntity",
			Shown:       object{"Description": "old", "MaxSessionDuration": 7200, "Path": "/app/"},
			Changes:     object{"Description": nil, "MaxSessionDuration": nil, "AssumeRolePolicyDocument": resourcetest.Trust("codedeploy.amazonaws.com")},
			Changed:     object{"Description": nil, "MaxSessionDuration": 3600},
			Replacement: object{"RoleName": "other"},
			Repeated:    true,
		},
		resourcetest.Life{
			Type:       "AWS::IAM::Policy",
			Properties: object{"PolicyName": "first", "PolicyDocument": resourcetest.Allow("s3:*"), "Roles": []any{"here"}},
			Ref:        "app-Policy-0123456789AB",
			Attributes: map[string]string{"Id": "app-Policy-0123456789AB"},
			Look: func(string) resourcetest.Look {
				return look("ListRolePolicies", object{"RoleName": "here"}, "PolicyNames", 0)
			},
			Changes:  object{"PolicyName": "second"},
			Repeated: true,
		},
		resourcetest.Life{
			Type:       "AWS::IAM::RolePolicy",
			Properties: object{"PolicyName": "p", "PolicyDocument": resourcetest.Allow("s3:*"), "RoleName": "there"},
			Ref:        "p|there",
			Look: func(string) resourcetest.Look {
				return look("ListRolePolicies", object{"RoleName": "there"}, "PolicyNames", 0)
			},
			Changes:  object{"PolicyDocument": resourcetest.Allow("s3:GetObject")},
			Repeated: true,
		},
		resourcetest.Life{
			Type: "AWS::IAM::ManagedPolicy",
			Properties: object{
				"PolicyDocument": resourcetest.Allow("s3:*"), "Description": "all of it", "Path": "/app/", "Roles": []any{"here"},
			},
			Ref: account + "policy/app/app-ManagedPolicy-0123456789AB",
			Attributes: map[string]string{
				"AttachmentCount": "1", "CreateDate": "*", "DefaultVersionId": "v1", "IsAttachable": "true", "PermissionsBoundaryUsageCount": "0",
				"PolicyArn": account + "policy/app/app-ManagedPolicy-0123456789AB", "PolicyId": "ANPA*", "UpdateDate": "*",
			},
			Look:        func(ref string) resourcetest.Look { return look("GetPolicy", object{"PolicyArn": ref}, "Policy") },
			Gone:        "NoSuchEntity",
			Shown:       object{"Path": "/app/", "DefaultVersionId": "v1", "AttachmentCount": 1},
			Changes:     object{"PolicyDocument": resourcetest.Allow("s3:GetObject"), "Roles": []any{"here", "there"}},
			Changed:     object{"DefaultVersionId": "v2", "AttachmentCount": 2},
			Replacement: object{"Path": "/"},
			Repeated:    true,
		},
	)
}
