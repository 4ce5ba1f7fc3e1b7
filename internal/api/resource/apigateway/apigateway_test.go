package apigateway_test

import (
	"net/http"
	"strings"
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

// swagger is the document of an API with one mock.
func swagger(answer string) object {
	return object{
		"swagger": "2.0", "info": object{"version": "1", "title": "app"},
		"paths": object{"/": object{"get": object{
			"responses": object{"200": object{"description": "fine"}},
			"x-amazon-apigateway-integration": object{
				"type": "mock", "requestTemplates": object{"application/json": `{"statusCode": 200}`},
				"responses": object{"default": object{"statusCode": "200", "responseTemplates": object{"application/json": answer}}},
			},
		}}},
	}
}

// What SAM makes of an API whose definition is in the template.
func TestRestAPIWithABody(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	api := f.Order("Api", "AWS::ApiGateway::RestApi", object{"Body": swagger("1"), "Parameters": object{"endpointConfigurationTypes": "REGIONAL"}})
	made := f.Create(api)
	shown := f.Call("API Gateway", "GetRestApi", object{"RestApiId": made.PhysicalID})
	f.Equal("the name", shown["name"], "app")
	f.Equal("the endpoint", resourcetest.At(shown, "endpointConfiguration", "types"), []any{"REGIONAL"})
	f.Tagged("Api", shown["tags"], nil)
	f.Equal("the root", made.Attributes["RootResourceId"], shown["rootResourceId"])

	first := f.Order("First", "AWS::ApiGateway::Deployment", object{"RestApiId": made.PhysicalID, "StageName": "Stage"})
	f.Create(first)
	stage := f.Order("Dev", "AWS::ApiGateway::Stage", object{
		"RestApiId": made.PhysicalID, "DeploymentId": first.PhysicalID, "StageName": "dev", "Variables": object{"Stage": "dev", "old": "1"},
	})
	f.Create(stage)
	f.Answers(made.PhysicalID, "/dev", "1")
	f.Answers(made.PhysicalID, "/Stage", "1")

	api = f.Change(api, object{"Body": swagger("2"), "Name": "other", "BinaryMediaTypes": []any{"image/png"}})
	f.Equal("the ID", f.Update(api).PhysicalID, made.PhysicalID)
	f.Equal("the new name", f.Call("API Gateway", "GetRestApi", object{"RestApiId": made.PhysicalID})["name"], "other")
	f.Answers(made.PhysicalID, "/dev", "1")
	second := f.Order("Second", "AWS::ApiGateway::Deployment", object{"RestApiId": made.PhysicalID, "StageName": "Stage"})
	f.Create(second)
	stage = f.Change(stage, object{"DeploymentId": second.PhysicalID, "Variables": object{"Stage": "live"}, "Tags": []any{object{"Key": "k", "Value": "v"}}})
	f.Update(stage)
	f.Answers(made.PhysicalID, "/dev", "2")
	now := f.Call("API Gateway", "GetStage", object{"RestApiId": made.PhysicalID, "StageName": "dev"})
	f.Equal("the variables", now["variables"], object{"Stage": "live"})
	f.Tagged("Dev", now["tags"], map[string]string{"k": "v"})

	f.Delete(first)
	f.Answers(made.PhysicalID, "/Stage", "2")
	f.Delete(stage)
	f.Delete(second)
	f.Missing("API Gateway", "GetStage", object{"RestApiId": made.PhysicalID, "StageName": "Stage"}, "NotFoundException")
	f.Delete(api)
}

// A canary goes before the stage that it is in (the template of LocalStack's test_apigateway_deployment_canary_settings).
func TestACanaryInAnotherStage(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	id := f.Create(f.Order("Api", "AWS::ApiGateway::RestApi", object{"Body": swagger("1")})).PhysicalID
	first := f.Order("First", "AWS::ApiGateway::Deployment", object{"RestApiId": id})
	f.Create(first)
	stage := f.Order("Stage", "AWS::ApiGateway::Stage", object{"RestApiId": id, "DeploymentId": first.PhysicalID, "StageName": "prod"})
	f.Create(stage)
	canary := f.Order("Canary", "AWS::ApiGateway::Deployment", object{
		"RestApiId": id, "StageName": "prod", "DeploymentCanarySettings": object{"PercentTraffic": 50, "StageVariableOverrides": object{"a": "b"}},
	})
	f.Create(canary)
	key := object{"RestApiId": id, "StageName": "prod"}
	f.Equal("the canary", resourcetest.At(f.Call("API Gateway", "GetStage", key), "canarySettings", "deploymentId"), canary.PhysicalID)
	f.Delete(canary)
	shown := f.Call("API Gateway", "GetStage", key)
	f.Equal("the stage without it", []any{shown["deploymentId"], shown["canarySettings"]}, []any{first.PhysicalID, nil})
	f.Delete(canary)
	f.Delete(stage)
	f.Delete(first)
}

func TestRestAPIWithABodyInABucket(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	f.Create(f.Order("Bucket", "AWS::S3::Bucket", object{"BucketName": "documents"}))
	f.Put("documents/api.yaml", []byte("openapi: 3.0.1\ninfo: {title: kept, version: '1'}\npaths: {}\n"))
	api := f.Order("Api", "AWS::ApiGateway::RestApi", object{"BodyS3Location": object{"Bucket": "documents", "Key": "api.yaml"}})
	f.Equal("the name", f.Call("API Gateway", "GetRestApi", object{"RestApiId": f.Create(api).PhysicalID})["name"], "kept")
}

// What fails on its way leaves nothing behind.
func TestRestAPIsThatCanNotBe(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	for name, tt := range map[string]struct {
		properties object
		want       string
	}{
		"no name":       {object{}, "needs a Name"},
		"no document":   {object{"Body": object{"a": 1}}, "Invalid OpenAPI input"},
		"a bad method":  {object{"Body": object{"swagger": "2.0", "paths": object{"/": object{"get": object{"x-amazon-apigateway-integration": object{"type": "aws", "httpMethod": "POST", "uri": "x"}}}}}}, "Unable to put integration on 'GET' for resource at path '/': Invalid ARN specified in the request"},
		"no such place": {object{"BodyS3Location": object{"Bucket": "none", "Key": "k"}}, "S3 error"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := f.Provider.Create(t.Context(), f.Order("Api", "AWS::ApiGateway::RestApi", tt.properties))
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "HandlerErrorCode: InvalidRequest") {
				t.Errorf("%v, want %s", err, tt.want)
			}
		})
	}
	f.Equal("what is left", f.Call("API Gateway", "GetRestApis", object{})["item"], []any{})
}

// An API made of single resources, with all that a method may have.
func TestRestAPIWithResources(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	api := f.Order("Api", "AWS::ApiGateway::RestApi", object{"Name": "pets", "Description": "old", "BinaryMediaTypes": []any{"a/b", "c/d"}, "EndpointConfiguration": object{"Types": []any{"REGIONAL"}}})
	id := f.Create(api).PhysicalID
	api = f.Change(api, object{"Description": nil, "BinaryMediaTypes": []any{"c/d", "e/f"}, "EndpointConfiguration": nil})
	f.Update(api)
	shown := f.Call("API Gateway", "GetRestApi", object{"RestApiId": id})
	f.Equal("the media types", shown["binaryMediaTypes"], []any{"c/d", "e/f"})
	f.Equal("the description", shown["description"], nil)
	f.Equal("the endpoint", resourcetest.At(shown, "endpointConfiguration", "types"), []any{"EDGE"})

	part := f.Order("Pet", "AWS::ApiGateway::Resource", object{"RestApiId": id, "ParentId": shown["rootResourceId"], "PathPart": "{pet}"})
	f.Equal("the resource's ID", f.Create(part).Attributes["ResourceId"], part.PhysicalID)
	model := f.Order("Model", "AWS::ApiGateway::Model", object{"RestApiId": id, "ContentType": "application/json", "Schema": object{"type": "object"}})
	f.Equal("the model's name", f.Create(model).PhysicalID, "appModel0123456789AB")
	model = f.Change(model, object{"Schema": object{"type": "array"}, "Description": "d"})
	f.Update(model)
	validator := f.Order("Check", "AWS::ApiGateway::RequestValidator", object{"RestApiId": id, "Name": "all", "ValidateRequestBody": "true"})
	f.Create(validator)
	f.Update(f.Change(validator, object{"ValidateRequestBody": nil, "ValidateRequestParameters": true}))
	method := f.Order("Get", "AWS::ApiGateway::Method", object{
		"RestApiId": id, "ResourceId": part.PhysicalID, "HttpMethod": "GET", "AuthorizationType": "NONE", "ApiKeyRequired": "true",
		"RequestParameters": object{"method.request.path.pet": "true"}, "RequestModels": object{"application/json": model.PhysicalID},
		"RequestValidatorId": validator.PhysicalID,
		"MethodResponses":    []any{object{"StatusCode": "200", "ResponseParameters": object{"method.response.header.X": true}}},
		"Integration": object{
			"Type": "MOCK", "RequestTemplates": object{"application/json": `{"statusCode": 200}`},
			"IntegrationResponses": []any{object{
				"StatusCode": 200, "ResponseParameters": object{"method.response.header.X": "'y'"},
				"ResponseTemplates": object{"application/json": `"$input.params('pet')"`},
			}},
		},
	})
	name := f.Create(method).PhysicalID
	method = f.Change(method, object{"OperationName": "getPet"})
	f.Equal("the method's ID", f.Update(method).PhysicalID, name)
	key := object{"RestApiId": id, "ResourceId": part.PhysicalID, "HttpMethod": "GET"}
	f.Equal("the operation", f.Call("API Gateway", "GetMethod", key)["operationName"], "getPet")
	f.Create(f.Order("Denied", "AWS::ApiGateway::GatewayResponse", object{"RestApiId": id, "ResponseType": "INVALID_API_KEY", "StatusCode": "418"}))

	deployment := f.Order("Deployed", "AWS::ApiGateway::Deployment", object{
		"RestApiId": id, "StageName": "v1", "StageDescription": object{"Variables": object{"a": "b"}, "ThrottlingRateLimit": 10, "ThrottlingBurstLimit": 5},
	})
	f.Create(deployment)
	f.Equal("the throttle", resourcetest.At(f.Call("API Gateway", "GetStage", object{"RestApiId": id, "StageName": "v1"}), "methodSettings", "*/*", "throttlingBurstLimit"), 5)
	f.Update(f.Change(deployment, object{"StageDescription": object{"Variables": object{"a": "c"}, "Description": "now"}, "Description": "d"}))
	stage := f.Call("API Gateway", "GetStage", object{"RestApiId": id, "StageName": "v1"})
	f.Equal("the stage", []any{stage["description"], stage["variables"], stage["methodSettings"]}, []any{"now", object{"a": "c"}, object{}})
	if status, _ := f.Visit(id, "/v1/rex", nil); status != http.StatusTeapot {
		t.Errorf("a request without a key: %d", status)
	}
	opensWithAKey(f, id)
	f.Delete(method)
	f.Delete(part)
}

// opensWithAKey makes a plan whose key opens the stage v1, and closes it again.
func opensWithAKey(f *resourcetest.Fixture, api string) {
	f.T.Helper()
	key := f.Order("Key", "AWS::ApiGateway::ApiKey", object{"Enabled": true, "Value": "12345678901234567890"})
	f.Equal("the key's ID", f.Create(key).Attributes["APIKeyId"], key.PhysicalID)
	plan := f.Order("Plan", "AWS::ApiGateway::UsagePlan", object{"Quota": object{"Limit": 100, "Period": "DAY"}, "Throttle": object{"BurstLimit": 10, "RateLimit": 10}})
	f.Create(plan)
	plan = f.Change(plan, object{"Quota": nil, "ApiStages": []any{object{"ApiId": api, "Stage": "v1", "Throttle": object{"/{pet}/GET": object{"BurstLimit": 3, "RateLimit": "2.5"}}}}})
	f.Update(plan)
	shown := f.Call("API Gateway", "GetUsagePlan", object{"UsagePlanId": plan.PhysicalID})
	f.Tagged("Plan", shown["tags"], nil)
	f.Tagged("Key", f.Call("API Gateway", "GetApiKey", object{"ApiKey": key.PhysicalID})["tags"], nil)
	f.Equal("the method's limit", resourcetest.At(shown, "apiStages", 0, "throttle", "/{pet}/GET", "rateLimit"), 2.5)
	f.Equal("the quota", shown["quota"], nil)
	link := f.Order("Link", "AWS::ApiGateway::UsagePlanKey", object{"KeyId": key.PhysicalID, "KeyType": "API_KEY", "UsagePlanId": plan.PhysicalID})
	f.Equal("the link", f.Create(link).PhysicalID, key.PhysicalID+":"+plan.PhysicalID)
	header := http.Header{"X-Api-Key": {"12345678901234567890"}}
	if status, body := f.Visit(api, "/v1/rex", header); status != http.StatusOK || body != `"rex"` {
		f.T.Errorf("with a key: %d %s", status, body)
	}
	f.Update(f.Change(key, object{"Enabled": false}))
	if status, _ := f.Visit(api, "/v1/rex", header); status != http.StatusTeapot {
		f.T.Errorf("with a key that is not enabled: %d", status)
	}
	f.Delete(link)
	f.Delete(plan)
	f.Delete(key)
}

// A server that was killed finds what it made.
func TestRepeatedCreationsOfAPIs(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	api := f.Order("Api", "AWS::ApiGateway::RestApi", object{"Name": "a"})
	root := f.Create(api).Attributes["RootResourceId"]
	again := f.Order("Api", "AWS::ApiGateway::RestApi", object{"Name": "a"})
	again.Repeated = true
	f.Equal("the API", f.Create(again).PhysicalID, api.PhysicalID)
	for logicalID, each := range map[string]struct {
		kind       string
		properties object
	}{
		"Part":  {"AWS::ApiGateway::Resource", object{"RestApiId": api.PhysicalID, "ParentId": root, "PathPart": "x"}},
		"Get":   {"AWS::ApiGateway::Method", object{"RestApiId": api.PhysicalID, "ResourceId": root, "HttpMethod": "GET", "Integration": object{"Type": "MOCK"}}},
		"Model": {"AWS::ApiGateway::Model", object{"RestApiId": api.PhysicalID}},
		"Check": {"AWS::ApiGateway::RequestValidator", object{"RestApiId": api.PhysicalID}},
		"Who": {"AWS::ApiGateway::Authorizer", object{"RestApiId": api.PhysicalID, "Name": "who", "Type": "TOKEN", "IdentitySource": "method.request.header.A",
			"AuthorizerUri": "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/" + resourcetest.FunctionARN + "f/invocations"}},
		"Key":  {"AWS::ApiGateway::ApiKey", object{}},
		"Plan": {"AWS::ApiGateway::UsagePlan", object{}},
	} {
		t.Run(logicalID, func(t *testing.T) {
			f := *f
			f.T = t
			first := f.Order(logicalID, each.kind, each.properties)
			f.Create(first)
			second := f.Order(logicalID, each.kind, each.properties)
			second.Repeated = true
			f.Equal("what is found", f.Create(second).PhysicalID, first.PhysicalID)
			f.Update(f.Change(second, object{}))
			f.Delete(second)
		})
	}
}

func TestAPIGatewayAccount(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	account := f.Order("Account", "AWS::ApiGateway::Account", object{"CloudWatchRoleArn": resourcetest.RoleARN})
	f.Equal("the ID", f.Create(account).Attributes["Id"], account.PhysicalID)
	f.Equal("the role", f.Call("API Gateway", "GetAccount", object{})["cloudwatchRoleArn"], resourcetest.RoleARN)
	f.Delete(account)
}
