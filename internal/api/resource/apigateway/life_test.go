package apigateway_test

import (
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

func look(operation string, in object, at ...any) resourcetest.Look {
	return resourcetest.Look{Service: "API Gateway", Operation: operation, In: in, At: at}
}

// an API with a resource, a method, a deployment and a stage.
type api struct {
	*resourcetest.Fixture
	id, root, resource, deployment string
}

func newAPI(t *testing.T) api {
	t.Helper()
	f := resourcetest.InRegion(t, 60)
	made := f.Create(f.Order("Api", "AWS::ApiGateway::RestApi", object{"Name": "pets"}))
	a := api{Fixture: f, id: made.PhysicalID, root: made.Attributes["RootResourceId"].(string)}
	a.resource = f.Create(f.Order("Here", "AWS::ApiGateway::Resource", a.with(object{"ParentId": a.root, "PathPart": "here"}))).PhysicalID
	f.Create(f.Order("Get", "AWS::ApiGateway::Method", a.with(object{
		"ResourceId": a.resource, "HttpMethod": "GET", "AuthorizationType": "NONE", "Integration": object{"Type": "MOCK"},
	})))
	a.deployment = f.Create(f.Order("Shown", "AWS::ApiGateway::Deployment", a.with(object{}))).PhysicalID
	f.Create(f.Order("Live", "AWS::ApiGateway::Stage", a.with(object{"DeploymentId": a.deployment, "StageName": "live"})))
	return a
}

// with adds the property that names the API, or the member of a call.
func (a api) with(properties object) object {
	properties["RestApiId"] = a.id
	return properties
}

func TestLivesOfAPIs(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	a.Live(t,
		resourcetest.Life{
			Type: "AWS::ApiGateway::RestApi",
			Properties: object{
				"Name": "other", "Description": "old", "BinaryMediaTypes": []any{"a/b"}, "ApiKeySourceType": "AUTHORIZER", "MinimumCompressionSize": "100",
			},
			Ref:        "*",
			Attributes: map[string]string{"RestApiId": "*", "RootResourceId": "*"},
			Look:       func(ref string) resourcetest.Look { return look("GetRestApi", object{"RestApiId": ref}) },
			Gone:       "NotFoundException",
			Shown:      object{"name": "other", "description": "old", "binaryMediaTypes": []any{"a/b"}, "apiKeySource": "AUTHORIZER", "tags.team": "blue"},
			Changes:    object{"Name": "another", "ApiKeySourceType": nil, "MinimumCompressionSize": nil, "BinaryMediaTypes": nil},
			Changed:    object{"name": "another", "apiKeySource": "HEADER", "minimumCompressionSize": nil, "tags.team": "blue"},
			Repeated:   true,
		},
		resourcetest.Life{
			Type:       "AWS::ApiGateway::Resource",
			Properties: a.with(object{"ParentId": a.root, "PathPart": "cats"}),
			Ref:        "*",
			Attributes: map[string]string{"ResourceId": "*"},
			Look: func(ref string) resourcetest.Look {
				return look("GetResource", a.with(object{"ResourceId": ref}))
			},
			Gone:        "NotFoundException",
			Shown:       object{"path": "/cats", "parentId": a.root},
			Replacement: object{"PathPart": "dogs"},
			Repeated:    true,
		},
		resourcetest.Life{
			Type: "AWS::ApiGateway::Method",
			Properties: a.with(object{
				"ResourceId": a.resource, "HttpMethod": "POST", "AuthorizationType": "NONE", "ApiKeyRequired": "true",
				"Integration": object{"Type": "MOCK", "IntegrationResponses": []any{object{"StatusCode": "200"}}}, "MethodResponses": []any{object{"StatusCode": "200"}},
			}),
			Ref: "app-Method-0123456789AB",
			Look: func(string) resourcetest.Look {
				return look("GetMethod", a.with(object{"ResourceId": a.resource, "HttpMethod": "POST"}))
			},
			Gone:     "NotFoundException",
			Shown:    object{"apiKeyRequired": true, "methodIntegration.type": "MOCK", "methodResponses.200.statusCode": nil},
			Changes:  object{"ApiKeyRequired": nil, "AuthorizationType": "AWS_IAM"},
			Changed:  object{"apiKeyRequired": false, "authorizationType": "AWS_IAM", "methodIntegration.type": "MOCK"},
			Repeated: true,
		},
		resourcetest.Life{
			Type:       "AWS::ApiGateway::Model",
			Properties: a.with(object{"Schema": object{"type": "object"}, "Description": "old"}),
			Ref:        "appModel0123456789AB",
			Look: func(ref string) resourcetest.Look {
				return look("GetModel", a.with(object{"ModelName": ref}))
			},
			Gone:        "NotFoundException",
			Shown:       object{"contentType": "application/json", "schema": `{"type":"object"}`, "description": "old"},
			Changes:     object{"Schema": nil, "Description": nil},
			Changed:     object{"schema": "{}"},
			Replacement: object{"Name": "Pet"},
			Repeated:    true,
		},
		resourcetest.Life{
			Type:       "AWS::ApiGateway::RequestValidator",
			Properties: a.with(object{"ValidateRequestBody": "true"}),
			Ref:        "*",
			Attributes: map[string]string{"RequestValidatorId": "*"},
			Look: func(ref string) resourcetest.Look {
				return look("GetRequestValidator", a.with(object{"RequestValidatorId": ref}))
			},
			Gone:        "NotFoundException",
			Shown:       object{"validateRequestBody": true, "validateRequestParameters": false, "name": "app-RequestValidator-0123456789AB"},
			Changes:     object{"ValidateRequestBody": nil, "ValidateRequestParameters": "true"},
			Changed:     object{"validateRequestBody": false, "validateRequestParameters": true},
			Replacement: object{"Name": "other"},
			Repeated:    true,
		},
		resourcetest.Life{
			Type: "AWS::ApiGateway::Authorizer",
			Properties: a.with(object{
				"Name": "guard", "Type": "TOKEN", "IdentitySource": "method.request.header.Auth", "AuthorizerResultTtlInSeconds": "60",
				"AuthorizerUri": "arn:aws:apigateway:" + a.Region + ":lambda:path/2015-03-31/functions/" + a.Function("f") + "/invocations",
			}),
			Ref:        "*",
			Attributes: map[string]string{"AuthorizerId": "*"},
			Look: func(ref string) resourcetest.Look {
				return look("GetAuthorizer", a.with(object{"AuthorizerId": ref}))
			},
			Gone:     "NotFoundException",
			Shown:    object{"name": "guard", "type": "TOKEN", "authorizerResultTtlInSeconds": 60},
			Changes:  object{"Name": "warden", "AuthorizerResultTtlInSeconds": nil},
			Changed:  object{"name": "warden", "authorizerResultTtlInSeconds": 300},
			Repeated: true,
		},
		resourcetest.Life{
			Type:       "AWS::ApiGateway::GatewayResponse",
			Properties: a.with(object{"ResponseType": "DEFAULT_4XX", "StatusCode": "418", "ResponseTemplates": object{"application/json": "{}"}}),
			Ref:        "app-GatewayResponse-0123456789AB",
			Attributes: map[string]string{"Id": "app-GatewayResponse-0123456789AB"},
			Shown:      object{"statusCode": "418"},
			Changes:    object{"StatusCode": "400"},
			Repeated:   true,
		},
	)
}

func TestLivesOfWhatShowsAPIs(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	a.Live(t,
		resourcetest.Life{
			Type:       "AWS::ApiGateway::Deployment",
			Properties: a.with(object{"Description": "old"}),
			Ref:        "*",
			Attributes: map[string]string{"DeploymentId": "*"},
			Look: func(ref string) resourcetest.Look {
				return look("GetDeployment", a.with(object{"DeploymentId": ref}))
			},
			Gone:    "NotFoundException",
			Shown:   object{"description": "old"},
			Changes: object{"Description": "new"},
			Changed: object{"description": "new"},
		},
		resourcetest.Life{
			Type: "AWS::ApiGateway::Stage",
			Properties: a.with(object{
				"DeploymentId": a.deployment, "Variables": object{"gone": "1", "stays": "1"}, "Description": "old",
				"MethodSettings": []any{object{"ResourcePath": "/*", "HttpMethod": "*", "ThrottlingRateLimit": "10", "ThrottlingBurstLimit": "5"}},
			}),
			Ref: "app-Stage-0123456789AB",
			Look: func(ref string) resourcetest.Look {
				return look("GetStage", a.with(object{"StageName": ref}))
			},
			Gone:        "NotFoundException",
			Shown:       object{"deploymentId": a.deployment, "variables": object{"gone": "1", "stays": "1"}, "methodSettings.*/*.throttlingRateLimit": 10},
			Changes:     object{"Variables": object{"stays": "2"}, "Description": nil, "MethodSettings": nil},
			Changed:     object{"variables": object{"stays": "2"}, "methodSettings.*/*": nil},
			Replacement: object{"StageName": "other"},
			Repeated:    true,
		},
		resourcetest.Life{
			Type:       "AWS::ApiGateway::ApiKey",
			Properties: object{"Enabled": "true", "Description": "old", "CustomerId": "c"},
			Ref:        "*",
			Attributes: map[string]string{"APIKeyId": "*"},
			Look:       func(ref string) resourcetest.Look { return look("GetApiKey", object{"ApiKey": ref}) },
			Gone:       "NotFoundException",
			Shown:      object{"enabled": true, "name": "app-ApiKey-0123456789AB", "description": "old", "customerId": "c"},
			Changes:    object{"Enabled": nil, "Description": "new"},
			Changed:    object{"enabled": false, "description": "new", "customerId": "c"},
			Replacement: object{
				"Name": "other",
			},
			Repeated: true,
		},
		resourcetest.Life{
			Type: "AWS::ApiGateway::UsagePlan",
			Properties: object{
				"ApiStages": []any{object{"ApiId": a.id, "Stage": "live"}}, "Quota": object{"Limit": "10", "Period": "DAY"},
				"Throttle": object{"RateLimit": "5", "BurstLimit": "2"},
			},
			Ref:        "*",
			Attributes: map[string]string{"Id": "*"},
			Look:       func(ref string) resourcetest.Look { return look("GetUsagePlan", object{"UsagePlanId": ref}) },
			Gone:       "NotFoundException",
			Shown:      object{"name": "app-UsagePlan-0123456789AB", "quota.limit": 10, "throttle.rateLimit": 5, "apiStages.0.stage": "live"},
			Changes:    object{"Quota": nil, "Throttle": object{"RateLimit": "7", "BurstLimit": "3"}, "ApiStages": nil, "UsagePlanName": "mine"},
			Changed:    object{"name": "mine", "quota": nil, "throttle.rateLimit": 7, "apiStages.0": nil},
			Repeated:   true,
		},
		resourcetest.Life{
			Type:       "AWS::ApiGateway::Account",
			Properties: object{"CloudWatchRoleArn": resourcetest.RoleARN},
			Ref:        "app-Account-0123456789AB",
			Attributes: map[string]string{"Id": "app-Account-0123456789AB"},
			Changes:    object{"CloudWatchRoleArn": resourcetest.RoleARN + "2"},
			Repeated:   true,
		},
	)
}

func TestTheLifeOfAUsagePlanKey(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	key := f.Create(f.Order("Key", "AWS::ApiGateway::ApiKey", object{"Enabled": "true"})).PhysicalID
	plan := f.Create(f.Order("Plan", "AWS::ApiGateway::UsagePlan", object{})).PhysicalID
	other := f.Create(f.Order("Other", "AWS::ApiGateway::UsagePlan", object{})).PhysicalID
	f.Live(t, resourcetest.Life{
		Type:       "AWS::ApiGateway::UsagePlanKey",
		Properties: object{"KeyId": key, "KeyType": "API_KEY", "UsagePlanId": plan},
		Ref:        key + ":" + plan,
		Attributes: map[string]string{"Id": key + ":" + plan},
		Look: func(string) resourcetest.Look {
			return look("GetUsagePlanKeys", object{"UsagePlanId": plan}, "item", 0)
		},
		Shown:    object{"id": key, "type": "API_KEY"},
		Repeated: true,
	})
	moved := f.Order("Key", "AWS::ApiGateway::UsagePlanKey", object{"KeyId": key, "KeyType": "API_KEY", "UsagePlanId": other})
	f.Equal("the Ref of the key in another plan", f.Create(moved).PhysicalID, key+":"+other)
}
