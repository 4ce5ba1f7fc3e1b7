package resource_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
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

// visit asks a stage of an API, by the address that it has on AWS.
func (f *fixture) visit(api, path string, header http.Header) (status int, body string) {
	f.t.Helper()
	r, err := http.NewRequestWithContext(f.t.Context(), http.MethodGet, f.url+path, http.NoBody)
	if err != nil {
		f.t.Fatal(err)
	}
	r.Host = api + ".execute-api." + region + ".amazonaws.com"
	for name, values := range header {
		r.Header[name] = values
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		f.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		f.t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

func (f *fixture) answers(api, path, want string) {
	f.t.Helper()
	if status, body := f.visit(api, path, nil); status != http.StatusOK || body != want {
		f.t.Errorf("%s answers %d %s, want %s", path, status, body, want)
	}
}

// What SAM makes of an API whose definition is in the template.
func TestRestAPIWithABody(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 60)
	api := f.order("Api", "AWS::ApiGateway::RestApi", object{"Body": swagger("1"), "Parameters": object{"endpointConfigurationTypes": "REGIONAL"}})
	made := f.create(api)
	shown := f.call("API Gateway", "GetRestApi", object{"RestApiId": made.PhysicalID})
	f.equal("the name", shown["name"], "app")
	f.equal("the endpoint", at(shown, "endpointConfiguration", "types"), []any{"REGIONAL"})
	f.equal("the stack's tag", at(shown, "tags", "team"), "blue")
	f.equal("the root", made.Attributes["RootResourceId"], shown["rootResourceId"])

	first := f.order("First", "AWS::ApiGateway::Deployment", object{"RestApiId": made.PhysicalID, "StageName": "Stage"})
	f.create(first)
	stage := f.order("Dev", "AWS::ApiGateway::Stage", object{
		"RestApiId": made.PhysicalID, "DeploymentId": first.PhysicalID, "StageName": "dev", "Variables": object{"Stage": "dev", "old": "1"},
	})
	f.create(stage)
	f.answers(made.PhysicalID, "/dev", "1")
	f.answers(made.PhysicalID, "/Stage", "1")

	api = f.change(api, object{"Body": swagger("2"), "Name": "other", "BinaryMediaTypes": []any{"image/png"}})
	f.equal("the ID", f.update(api).PhysicalID, made.PhysicalID)
	f.equal("the new name", f.call("API Gateway", "GetRestApi", object{"RestApiId": made.PhysicalID})["name"], "other")
	f.answers(made.PhysicalID, "/dev", "1")
	second := f.order("Second", "AWS::ApiGateway::Deployment", object{"RestApiId": made.PhysicalID, "StageName": "Stage"})
	f.create(second)
	stage = f.change(stage, object{"DeploymentId": second.PhysicalID, "Variables": object{"Stage": "live"}, "Tags": []any{object{"Key": "k", "Value": "v"}}})
	f.update(stage)
	f.answers(made.PhysicalID, "/dev", "2")
	now := f.call("API Gateway", "GetStage", object{"RestApiId": made.PhysicalID, "StageName": "dev"})
	f.equal("the variables", now["variables"], object{"Stage": "live"})
	f.equal("the tag", at(now, "tags", "k"), "v")

	f.delete(first)
	f.answers(made.PhysicalID, "/Stage", "2")
	f.delete(stage)
	f.delete(second)
	f.missing("API Gateway", "GetStage", object{"RestApiId": made.PhysicalID, "StageName": "Stage"}, "NotFoundException")
	f.delete(api)
}

func TestRestAPIWithABodyInABucket(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 60)
	f.create(f.order("Bucket", "AWS::S3::Bucket", object{"BucketName": "documents"}))
	f.put("documents/api.yaml", []byte("openapi: 3.0.1\ninfo: {title: kept, version: '1'}\npaths: {}\n"))
	api := f.order("Api", "AWS::ApiGateway::RestApi", object{"BodyS3Location": object{"Bucket": "documents", "Key": "api.yaml"}})
	f.equal("the name", f.call("API Gateway", "GetRestApi", object{"RestApiId": f.create(api).PhysicalID})["name"], "kept")
}

// What fails on its way leaves nothing behind.
func TestRestAPIsThatCanNotBe(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 60)
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
			_, err := f.provider.Create(t.Context(), f.order("Api", "AWS::ApiGateway::RestApi", tt.properties))
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "HandlerErrorCode: InvalidRequest") {
				t.Errorf("%v, want %s", err, tt.want)
			}
		})
	}
	f.equal("what is left", f.call("API Gateway", "GetRestApis", object{})["item"], []any{})
}

// An API made of single resources, with all that a method may have.
func TestRestAPIWithResources(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 60)
	api := f.order("Api", "AWS::ApiGateway::RestApi", object{"Name": "pets", "Description": "old", "BinaryMediaTypes": []any{"a/b", "c/d"}, "EndpointConfiguration": object{"Types": []any{"REGIONAL"}}})
	id := f.create(api).PhysicalID
	api = f.change(api, object{"Description": nil, "BinaryMediaTypes": []any{"c/d", "e/f"}, "EndpointConfiguration": nil})
	f.update(api)
	shown := f.call("API Gateway", "GetRestApi", object{"RestApiId": id})
	f.equal("the media types", shown["binaryMediaTypes"], []any{"c/d", "e/f"})
	f.equal("the description", shown["description"], nil)
	f.equal("the endpoint", at(shown, "endpointConfiguration", "types"), []any{"EDGE"})

	part := f.order("Pet", "AWS::ApiGateway::Resource", object{"RestApiId": id, "ParentId": shown["rootResourceId"], "PathPart": "{pet}"})
	f.equal("the resource's ID", f.create(part).Attributes["ResourceId"], part.PhysicalID)
	model := f.order("Model", "AWS::ApiGateway::Model", object{"RestApiId": id, "ContentType": "application/json", "Schema": object{"type": "object"}})
	f.equal("the model's name", f.create(model).PhysicalID, "appModel0123456789AB")
	model = f.change(model, object{"Schema": object{"type": "array"}, "Description": "d"})
	f.update(model)
	validator := f.order("Check", "AWS::ApiGateway::RequestValidator", object{"RestApiId": id, "Name": "all", "ValidateRequestBody": "true"})
	f.create(validator)
	f.update(f.change(validator, object{"ValidateRequestBody": nil, "ValidateRequestParameters": true}))
	method := f.order("Get", "AWS::ApiGateway::Method", object{
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
	name := f.create(method).PhysicalID
	method = f.change(method, object{"OperationName": "getPet"})
	f.equal("the method's ID", f.update(method).PhysicalID, name)
	key := object{"RestApiId": id, "ResourceId": part.PhysicalID, "HttpMethod": "GET"}
	f.equal("the operation", f.call("API Gateway", "GetMethod", key)["operationName"], "getPet")
	f.create(f.order("Denied", "AWS::ApiGateway::GatewayResponse", object{"RestApiId": id, "ResponseType": "INVALID_API_KEY", "StatusCode": "418"}))

	deployment := f.order("Deployed", "AWS::ApiGateway::Deployment", object{
		"RestApiId": id, "StageName": "v1", "StageDescription": object{"Variables": object{"a": "b"}, "ThrottlingRateLimit": 10, "ThrottlingBurstLimit": 5},
	})
	f.create(deployment)
	f.equal("the throttle", at(f.call("API Gateway", "GetStage", object{"RestApiId": id, "StageName": "v1"}), "methodSettings", "*/*", "throttlingBurstLimit"), 5)
	f.update(f.change(deployment, object{"StageDescription": object{"Variables": object{"a": "c"}, "Description": "now"}, "Description": "d"}))
	stage := f.call("API Gateway", "GetStage", object{"RestApiId": id, "StageName": "v1"})
	f.equal("the stage", []any{stage["description"], stage["variables"], stage["methodSettings"]}, []any{"now", object{"a": "c"}, object{}})
	if status, _ := f.visit(id, "/v1/rex", nil); status != http.StatusTeapot {
		t.Errorf("a request without a key: %d", status)
	}
	f.opensWithAKey(id)
	f.delete(method)
	f.delete(part)
}

// opensWithAKey makes a plan whose key opens the stage v1, and closes it again.
func (f *fixture) opensWithAKey(api string) {
	f.t.Helper()
	key := f.order("Key", "AWS::ApiGateway::ApiKey", object{"Enabled": true, "Value": "12345678901234567890"})
	f.equal("the key's ID", f.create(key).Attributes["APIKeyId"], key.PhysicalID)
	plan := f.order("Plan", "AWS::ApiGateway::UsagePlan", object{"Quota": object{"Limit": 100, "Period": "DAY"}, "Throttle": object{"BurstLimit": 10, "RateLimit": 10}})
	f.create(plan)
	plan = f.change(plan, object{"Quota": nil, "ApiStages": []any{object{"ApiId": api, "Stage": "v1", "Throttle": object{"/{pet}/GET": object{"BurstLimit": 3, "RateLimit": "2.5"}}}}})
	f.update(plan)
	shown := f.call("API Gateway", "GetUsagePlan", object{"UsagePlanId": plan.PhysicalID})
	f.equal("the method's limit", at(shown, "apiStages", 0, "throttle", "/{pet}/GET", "rateLimit"), 2.5)
	f.equal("the quota", shown["quota"], nil)
	link := f.order("Link", "AWS::ApiGateway::UsagePlanKey", object{"KeyId": key.PhysicalID, "KeyType": "API_KEY", "UsagePlanId": plan.PhysicalID})
	f.equal("the link", f.create(link).PhysicalID, key.PhysicalID+":"+plan.PhysicalID)
	header := http.Header{"X-Api-Key": {"12345678901234567890"}}
	if status, body := f.visit(api, "/v1/rex", header); status != http.StatusOK || body != `"rex"` {
		f.t.Errorf("with a key: %d %s", status, body)
	}
	f.update(f.change(key, object{"Enabled": false}))
	if status, _ := f.visit(api, "/v1/rex", header); status != http.StatusTeapot {
		f.t.Errorf("with a key that is not enabled: %d", status)
	}
	f.delete(link)
	f.delete(plan)
	f.delete(key)
}

// A server that was killed finds what it made.
func TestRepeatedCreationsOfAPIs(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 60)
	api := f.order("Api", "AWS::ApiGateway::RestApi", object{"Name": "a"})
	root := f.create(api).Attributes["RootResourceId"]
	again := f.order("Api", "AWS::ApiGateway::RestApi", object{"Name": "a"})
	again.Repeated = true
	f.equal("the API", f.create(again).PhysicalID, api.PhysicalID)
	for logicalID, each := range map[string]struct {
		kind       string
		properties object
	}{
		"Part":  {"AWS::ApiGateway::Resource", object{"RestApiId": api.PhysicalID, "ParentId": root, "PathPart": "x"}},
		"Get":   {"AWS::ApiGateway::Method", object{"RestApiId": api.PhysicalID, "ResourceId": root, "HttpMethod": "GET", "Integration": object{"Type": "MOCK"}}},
		"Model": {"AWS::ApiGateway::Model", object{"RestApiId": api.PhysicalID}},
		"Check": {"AWS::ApiGateway::RequestValidator", object{"RestApiId": api.PhysicalID}},
		"Who": {"AWS::ApiGateway::Authorizer", object{"RestApiId": api.PhysicalID, "Name": "who", "Type": "TOKEN", "IdentitySource": "method.request.header.A",
			"AuthorizerUri": "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/" + lambda + "f/invocations"}},
		"Key":  {"AWS::ApiGateway::ApiKey", object{}},
		"Plan": {"AWS::ApiGateway::UsagePlan", object{}},
	} {
		t.Run(logicalID, func(t *testing.T) {
			f := *f
			f.t = t
			first := f.order(logicalID, each.kind, each.properties)
			f.create(first)
			second := f.order(logicalID, each.kind, each.properties)
			second.Repeated = true
			f.equal("what is found", f.create(second).PhysicalID, first.PhysicalID)
			f.update(f.change(second, object{}))
			f.delete(second)
		})
	}
}

func TestAPIGatewayAccount(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 60)
	account := f.order("Account", "AWS::ApiGateway::Account", object{"CloudWatchRoleArn": roleARN})
	f.equal("the ID", f.create(account).Attributes["Id"], account.PhysicalID)
	f.equal("the role", f.call("API Gateway", "GetAccount", object{})["cloudwatchRoleArn"], roleARN)
	f.delete(account)
}
