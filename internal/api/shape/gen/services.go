package main

// service is one whose structures, constraints and operations are generated.
type service struct {
	model string // its folder in botocore
	pkg   string // the package below internal/api/shape
	// only are the operations with structures; nil means all. The others are in the operation table alone, as those of
	// listed services are.
	only []string
}

var shaped = []service{
	{model: "lambda/2015-03-31", pkg: "lambda"},
	{model: "codedeploy/2014-10-06", pkg: "codedeploy"},
	{model: "cloudwatch/2010-08-01", pkg: "cloudwatch"},
	{model: "logs/2014-03-28", pkg: "logs"},
	{model: "iam/2010-05-08", pkg: "iam", only: []string{
		"CreateRole", "GetRole", "UpdateRole", "UpdateRoleDescription", "UpdateAssumeRolePolicy", "DeleteRole", "ListRoles",
		"TagRole", "UntagRole", "ListRoleTags", "PutRolePermissionsBoundary", "DeleteRolePermissionsBoundary",
		"PutRolePolicy", "GetRolePolicy", "DeleteRolePolicy", "ListRolePolicies",
		"AttachRolePolicy", "DetachRolePolicy", "ListAttachedRolePolicies", "ListInstanceProfilesForRole",
		"CreatePolicy", "GetPolicy", "ListPolicies", "DeletePolicy", "ListEntitiesForPolicy",
		"CreatePolicyVersion", "GetPolicyVersion", "ListPolicyVersions", "DeletePolicyVersion", "SetDefaultPolicyVersion",
		"TagPolicy", "UntagPolicy", "ListPolicyTags", "CreateServiceLinkedRole", "DeleteServiceLinkedRole",
		"GetServiceLinkedRoleDeletionStatus", "GetUser", "ListAccountAliases",
	}},
	{model: "sts/2011-06-15", pkg: "sts", only: []string{
		"GetCallerIdentity", "AssumeRole", "GetSessionToken", "GetAccessKeyInfo",
	}},
	{model: "ssm/2014-11-06", pkg: "ssm", only: []string{
		"PutParameter", "GetParameter", "GetParameters", "GetParametersByPath", "DeleteParameter", "DeleteParameters",
		"DescribeParameters", "GetParameterHistory", "LabelParameterVersion", "UnlabelParameterVersion",
		"AddTagsToResource", "RemoveTagsFromResource", "ListTagsForResource",
	}},
}

// table is a service of which only the operations' names and addresses are generated.
type table struct {
	model string
	ident string // of the variable in package catalog
	file  string
	// without is an operation that only a header tells from another one at the same address.
	without string
}

var listed = []table{
	{"cloudformation/2010-05-15", "CloudFormation", "cloudformation.go", ""},
	{"apigateway/2015-07-09", "APIGateway", "apigateway.go", ""},
	{"apigatewayv2/2018-11-29", "APIGatewayV2", "apigatewayv2.go", ""},
	{"s3/2006-03-01", "S3", "s3.go", "CopyObject"},
}
