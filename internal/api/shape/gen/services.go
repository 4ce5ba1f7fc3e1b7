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
	{model: "cloudformation/2010-05-15", pkg: "cloudformation", only: []string{
		"ValidateTemplate", "CreateStack", "UpdateStack", "DeleteStack", "RollbackStack", "CancelUpdateStack", "ContinueUpdateRollback",
		"CreateChangeSet", "DescribeChangeSet", "ExecuteChangeSet", "DeleteChangeSet", "ListChangeSets",
		"DescribeStacks", "ListStacks", "DescribeStackEvents", "DescribeStackResource", "DescribeStackResources", "ListStackResources",
		"GetTemplate", "GetTemplateSummary", "ListExports", "ListImports", "SetStackPolicy", "GetStackPolicy",
		"UpdateTerminationProtection", "DescribeType", "DescribeAccountLimits", "SignalResource",
	}},
	{model: "apigateway/2015-07-09", pkg: "apigateway", only: []string{
		"CreateRestApi", "GetRestApi", "GetRestApis", "UpdateRestApi", "DeleteRestApi", "ImportRestApi", "PutRestApi", "GetExport",
		"CreateResource", "GetResource", "GetResources", "UpdateResource", "DeleteResource",
		"PutMethod", "GetMethod", "UpdateMethod", "DeleteMethod",
		"PutMethodResponse", "GetMethodResponse", "UpdateMethodResponse", "DeleteMethodResponse",
		"PutIntegration", "GetIntegration", "UpdateIntegration", "DeleteIntegration",
		"PutIntegrationResponse", "GetIntegrationResponse", "UpdateIntegrationResponse", "DeleteIntegrationResponse",
		"CreateDeployment", "GetDeployment", "GetDeployments", "UpdateDeployment", "DeleteDeployment",
		"CreateStage", "GetStage", "GetStages", "UpdateStage", "DeleteStage", "FlushStageCache", "FlushStageAuthorizersCache",
		"CreateModel", "GetModel", "GetModels", "UpdateModel", "DeleteModel",
		"CreateRequestValidator", "GetRequestValidator", "GetRequestValidators", "UpdateRequestValidator", "DeleteRequestValidator",
		"CreateAuthorizer", "GetAuthorizer", "GetAuthorizers", "UpdateAuthorizer", "DeleteAuthorizer",
		"GetAccount", "UpdateAccount",
		"PutGatewayResponse", "GetGatewayResponse", "GetGatewayResponses", "UpdateGatewayResponse", "DeleteGatewayResponse",
		"CreateApiKey", "GetApiKey", "GetApiKeys", "UpdateApiKey", "DeleteApiKey",
		"CreateUsagePlan", "GetUsagePlan", "GetUsagePlans", "UpdateUsagePlan", "DeleteUsagePlan", "GetUsage",
		"CreateUsagePlanKey", "GetUsagePlanKey", "GetUsagePlanKeys", "DeleteUsagePlanKey",
		"TagResource", "UntagResource", "GetTags", "TestInvokeMethod",
		"CreateDocumentationPart", "GetDocumentationPart", "GetDocumentationParts", "UpdateDocumentationPart", "DeleteDocumentationPart",
		"ImportDocumentationParts", "CreateDocumentationVersion", "GetDocumentationVersion", "GetDocumentationVersions",
		"UpdateDocumentationVersion", "DeleteDocumentationVersion",
	}},
	{model: "apigatewayv2/2018-11-29", pkg: "apigatewayv2", only: []string{
		"CreateApi", "GetApi", "GetApis", "UpdateApi", "DeleteApi", "ImportApi", "ReimportApi", "ExportApi", "DeleteCorsConfiguration",
		"CreateStage", "GetStage", "GetStages", "UpdateStage", "DeleteStage", "DeleteAccessLogSettings", "DeleteRouteSettings",
		"CreateRoute", "GetRoute", "GetRoutes", "UpdateRoute", "DeleteRoute", "DeleteRouteRequestParameter",
		"CreateIntegration", "GetIntegration", "GetIntegrations", "UpdateIntegration", "DeleteIntegration",
		"CreateDeployment", "GetDeployment", "GetDeployments", "UpdateDeployment", "DeleteDeployment",
		"CreateAuthorizer", "GetAuthorizer", "GetAuthorizers", "UpdateAuthorizer", "DeleteAuthorizer",
		"TagResource", "UntagResource", "GetTags",
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
	{"s3/2006-03-01", "S3", "s3.go", "CopyObject"},
}
