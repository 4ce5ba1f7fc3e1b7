package apigatewayv2_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/apigatewayv2"
	"sluice/internal/api/resource/resourcetest"
	"sluice/internal/api/wire"
	"sluice/internal/stack"
)

// openAPI is the document of an HTTP API whose route hands requests to a function, as SAM writes it.
func openAPI(function string) object {
	return object{
		"openapi": "3.0.1", "info": object{"version": "1.0", "title": "app"},
		"tags": []any{object{"name": "httpapi:createdBy", "x-amazon-apigateway-tag-value": "SAM"}},
		"paths": object{"/pets/{id}": object{"get": object{
			"responses": object{},
			"x-amazon-apigateway-integration": object{
				"type": "aws_proxy", "httpMethod": "POST", "payloadFormatVersion": "2.0",
				"uri": "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/" + function + "/invocations",
			},
		}}},
	}
}

// echo makes a function that answers with a part of its event, and lets API Gateway call it.
func echo(f *resourcetest.Fixture, part string) (arn string) {
	f.T.Helper()
	code := "exports.handler = async (event) => ({statusCode: 200, body: JSON.stringify(" + part + ")})"
	made := f.Create(f.Order("Echo", "AWS::Lambda::Function", object{
		"FunctionName": "echo", "Role": resourcetest.RoleARN, "Runtime": "nodejs22.x", "Handler": "index.handler", "Code": object{"ZipFile": code},
	}))
	f.Create(f.Order("Permission", "AWS::Lambda::Permission", object{
		"FunctionName": "echo", "Action": "lambda:InvokeFunction", "Principal": "apigateway.amazonaws.com",
	}))
	return resourcetest.At(made.Attributes, "Arn").(string)
}

// What SAM makes of an HTTP API.
func TestHTTPAPIWithABody(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	function := echo(f, "event.pathParameters || event.rawPath")
	api := f.Order("Api", "AWS::ApiGatewayV2::Api", object{"Body": openAPI(function), "FailOnWarnings": true, "Tags": object{"a": "b"}})
	made := f.Create(api)
	stage := f.Order("Stage", "AWS::ApiGatewayV2::Stage", object{"ApiId": made.PhysicalID, "StageName": "$default", "AutoDeploy": true, "Tags": object{"c": "d"}})
	f.Equal("the stage", f.Create(stage).PhysicalID, "$default")
	f.Answers(made.PhysicalID, "/pets/7", `{"id":"7"}`)
	shown := f.Call("ApiGatewayV2", "GetApi", object{"ApiId": made.PhysicalID})
	f.Equal("the endpoint", made.Attributes["ApiEndpoint"], shown["apiEndpoint"])
	f.Tagged("Api", shown["tags"], map[string]string{"a": "b", "httpapi:createdBy": "SAM"})
	shown = f.Call("ApiGatewayV2", "GetStage", object{"ApiId": made.PhysicalID, "StageName": "$default"})
	f.Tagged("Stage", shown["tags"], map[string]string{"c": "d"})

	changed := openAPI(function)
	paths := changed["paths"].(object)
	paths["$default"] = object{"x-amazon-apigateway-any-method": resourcetest.At(paths, "/pets/{id}", "get")}
	api = f.Change(api, object{"Body": changed, "Description": "d", "Tags": nil})
	f.Equal("the ID", f.Update(api).PhysicalID, made.PhysicalID)
	f.Answers(made.PhysicalID, "/elsewhere", `"/elsewhere"`)
	shown = f.Call("ApiGatewayV2", "GetApi", object{"ApiId": made.PhysicalID})
	f.Equal("the description", shown["description"], "d")
	f.Tagged("Api", shown["tags"], map[string]string{"httpapi:createdBy": "SAM"})
	f.Delete(stage)
	f.Delete(api)
	f.Missing("ApiGatewayV2", "GetApi", object{"ApiId": made.PhysicalID}, "NotFoundException")
}

// An API made of single resources, as CDK makes it.
func TestHTTPAPIWithParts(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	function := echo(f, "[event.headers.x, event.stageVariables]")
	api := f.Order("Api", "AWS::ApiGatewayV2::Api", object{
		"Name": "pets", "ProtocolType": "HTTP", "Description": "old", "CorsConfiguration": object{"AllowOrigins": []any{"*"}, "MaxAge": "300"},
	})
	id := f.Create(api).PhysicalID
	integration := f.Order("Integration", "AWS::ApiGatewayV2::Integration", object{
		"ApiId": id, "IntegrationType": "AWS_PROXY", "IntegrationUri": function, "PayloadFormatVersion": "2.0", "TimeoutInMillis": "5000",
		"RequestParameters":  object{"overwrite:header.x": "$request.querystring.q"},
		"ResponseParameters": object{"200": object{"ResponseParameters": []any{object{"Destination": "overwrite:statuscode", "Source": "202"}}}},
	})
	f.Equal("the integration's ID", f.Create(integration).Attributes["IntegrationId"], integration.PhysicalID)
	route := f.Order("Route", "AWS::ApiGatewayV2::Route", object{"ApiId": id, "RouteKey": "GET /pets", "Target": "integrations/" + integration.PhysicalID, "OperationName": "list"})
	f.Create(route)
	deployment := f.Order("Deployment", "AWS::ApiGatewayV2::Deployment", object{"ApiId": id, "Description": "first"})
	stage := f.Order("Stage", "AWS::ApiGatewayV2::Stage", object{
		"ApiId": id, "StageName": "dev", "DeploymentId": f.Create(deployment).PhysicalID, "StageVariables": object{"a": "1", "b": "2"}, "Description": "old",
		"AccessLogSettings": object{"DestinationArn": "arn:aws:logs:us-east-1:000000000000:log-group:g", "Format": "$context.requestId"},
		"RouteSettings":     object{"GET /pets": object{"ThrottlingBurstLimit": 10}},
	})
	f.Create(stage)
	if status, body := f.Visit(id, "/dev/pets?q=7", nil); status != http.StatusAccepted || body != `["7",{"a":"1","b":"2"}]` {
		t.Errorf("%d %s", status, body)
	}

	f.Update(f.Change(integration, object{"RequestParameters": nil, "ResponseParameters": nil, "TimeoutInMillis": nil}))
	f.Update(f.Change(route, object{"RouteKey": "GET /cats", "OperationName": nil}))
	f.Update(f.Change(api, object{"CorsConfiguration": nil, "Description": nil}))
	second := f.Order("Second", "AWS::ApiGatewayV2::Deployment", object{"ApiId": id})
	f.Create(second)
	f.Update(f.Change(stage, object{
		"DeploymentId": second.PhysicalID, "StageVariables": object{"b": "3"}, "Description": nil, "AccessLogSettings": nil, "RouteSettings": nil,
	}))
	f.Answers(id, "/dev/cats?q=7", `[null,{"b":"3"}]`)
	shown := f.Call("ApiGatewayV2", "GetStage", object{"ApiId": id, "StageName": "dev"})
	f.Equal("the stage", []any{shown["description"], shown["accessLogSettings"], shown["routeSettings"]}, []any{nil, nil, object{}})
	now := f.Call("ApiGatewayV2", "GetApi", object{"ApiId": id})
	f.Equal("the API", []any{now["description"], now["corsConfiguration"]}, []any{nil, nil})
	f.Equal("the timeout", f.Call("ApiGatewayV2", "GetIntegration", object{"ApiId": id, "IntegrationId": integration.PhysicalID})["timeoutInMillis"], 30000)
	f.Update(f.Change(second, object{"Description": "second"}))
	f.Delete(deployment)
	f.Delete(stage)
	f.Delete(second)
	f.Delete(route)
	f.Delete(integration)
	f.Delete(api)
}

func TestHTTPDeploymentsWithAStage(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	id := f.Create(f.Order("Api", "AWS::ApiGatewayV2::Api", object{"Name": "a", "ProtocolType": "HTTP"})).PhysicalID
	f.Create(f.Order("Stage", "AWS::ApiGatewayV2::Stage", object{"ApiId": id, "StageName": "dev"}))
	f.Create(f.Order("Route", "AWS::ApiGatewayV2::Route", object{"ApiId": id, "RouteKey": "$default"}))
	deployment := f.Order("Deployment", "AWS::ApiGatewayV2::Deployment", object{"ApiId": id, "StageName": "dev"})
	f.Create(deployment)
	key := object{"ApiId": id, "StageName": "dev"}
	f.Equal("what the stage shows", f.Call("ApiGatewayV2", "GetStage", key)["deploymentId"], deployment.PhysicalID)
	f.Delete(deployment)
	f.Equal("what it shows then", f.Call("ApiGatewayV2", "GetStage", key)["deploymentId"], nil)
}

func TestHTTPAuthorizers(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	id := f.Create(f.Order("Api", "AWS::ApiGatewayV2::Api", object{"Name": "a", "ProtocolType": "HTTP"})).PhysicalID
	z := f.Order("Who", "AWS::ApiGatewayV2::Authorizer", object{
		"ApiId": id, "Name": "who", "AuthorizerType": "REQUEST", "AuthorizerUri": resourcetest.FunctionARN + "z", "AuthorizerPayloadFormatVersion": "2.0",
		"EnableSimpleResponses": true, "IdentitySource": []any{"$request.header.A"}, "AuthorizerResultTtlInSeconds": 60,
	})
	f.Equal("its ID", f.Create(z).Attributes["AuthorizerId"], z.PhysicalID)
	route := f.Order("Route", "AWS::ApiGatewayV2::Route", object{"ApiId": id, "RouteKey": "GET /", "AuthorizationType": "CUSTOM", "AuthorizerId": z.PhysicalID})
	f.Create(route)
	f.Update(f.Change(z, object{"IdentitySource": nil, "AuthorizerResultTtlInSeconds": nil, "EnableSimpleResponses": nil}))
	shown := f.Call("ApiGatewayV2", "GetAuthorizer", object{"ApiId": id, "AuthorizerId": z.PhysicalID})
	f.Equal("what it says", []any{shown["enableSimpleResponses"], shown["authorizerResultTtlInSeconds"], shown["identitySource"]}, []any{false, 0, nil})
	f.Update(f.Change(route, object{"AuthorizationType": nil, "AuthorizerId": nil}))
	f.Delete(z)
	token := f.Order("Token", "AWS::ApiGatewayV2::Authorizer", object{
		"ApiId": id, "Name": "token", "AuthorizerType": "JWT", "IdentitySource": []any{"$request.header.Authorization"},
		"JwtConfiguration": object{"Issuer": "https://example.com", "Audience": []any{"us"}},
	})
	f.Create(token)
	f.Equal("the issuer", resourcetest.At(f.Call("ApiGatewayV2", "GetAuthorizer", object{"ApiId": id, "AuthorizerId": token.PhysicalID}), "jwtConfiguration", "issuer"), "https://example.com")
}

// What fails on its way leaves nothing behind.
func TestHTTPAPIsThatCanNotBe(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	broken := openAPI(resourcetest.FunctionARN + "f")
	broken["paths"].(object)["/x"] = object{"get": object{"x-amazon-apigateway-integration": object{"type": "http_proxy", "uri": "https://example.com"}}}
	for name, tt := range map[string]struct {
		properties object
		want       string
	}{
		"no name":             {object{"ProtocolType": "HTTP"}, "needs a Name and a ProtocolType, or a Body"},
		"WebSocket":           {object{"Name": "a", "ProtocolType": "WEBSOCKET"}, "Sluice has no WEBSOCKET APIs"},
		"no document":         {object{"Body": object{"a": 1}}, "HTTP APIs are imported from OpenAPI 3.0"},
		"another integration": {object{"Body": broken}, "Sluice does not serve integrations of type HTTP_PROXY"},
		"no such place":       {object{"BodyS3Location": object{"Bucket": "none", "Key": "k"}}, "S3 error"},
		"bad properties":      {object{"Body": openAPI(resourcetest.FunctionARN + "f"), "CorsConfiguration": object{"AllowOrigins": []any{""}}}, "which no header can"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := f.Provider.Create(t.Context(), f.Order("Api", "AWS::ApiGatewayV2::Api", tt.properties))
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "HandlerErrorCode: InvalidRequest") {
				t.Errorf("%v, want %s", err, tt.want)
			}
		})
	}
	f.Equal("what is left", f.Call("ApiGatewayV2", "GetApis", object{})["items"], []any{})
}

// A server that was killed finds what it made.
func TestRepeatedCreationsOfHTTPAPIs(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	api := f.Order("Api", "AWS::ApiGatewayV2::Api", object{"Name": "a", "ProtocolType": "HTTP"})
	f.Create(api)
	for logicalID, each := range map[string]struct {
		kind       string
		properties object
	}{
		"Api":   {"AWS::ApiGatewayV2::Api", object{"Name": "a", "ProtocolType": "HTTP"}},
		"Stage": {"AWS::ApiGatewayV2::Stage", object{"ApiId": api.PhysicalID, "StageName": "dev"}},
		"Route": {"AWS::ApiGatewayV2::Route", object{"ApiId": api.PhysicalID, "RouteKey": "GET /"}},
		"Who": {"AWS::ApiGatewayV2::Authorizer", object{"ApiId": api.PhysicalID, "Name": "who", "AuthorizerType": "REQUEST", "AuthorizerUri": resourcetest.FunctionARN + "z",
			"AuthorizerPayloadFormatVersion": "2.0"}},
	} {
		first := api
		if logicalID != "Api" {
			first = f.Order(logicalID, each.kind, each.properties)
			f.Create(first)
		}
		again := f.Order(logicalID, each.kind, each.properties)
		again.Repeated = true
		f.Equal(logicalID, f.Create(again).PhysicalID, first.PhysicalID)
	}
}

// A server may be killed when it has created the API of a document, and before it has imported that.
func TestImportsThatWereCutShort(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	for name, tt := range map[string]struct {
		body object
		left int
	}{"go on": {openAPI(resourcetest.FunctionARN + "f"), 1}, "leave nothing if they fail": {object{"a": 1}, 0}} {
		t.Run(name, func(t *testing.T) {
			order := f.Order("Api", "AWS::ApiGatewayV2::Api", object{"Body": tt.body})
			begun := f.Create(f.Order("Api", "AWS::ApiGatewayV2::Api", object{"Name": "begun", "ProtocolType": "HTTP"}))
			order.Repeated = true
			made, err := f.Provider.Create(t.Context(), order)
			if err == nil && made.PhysicalID != begun.PhysicalID {
				t.Errorf("it made %s, where %s was begun", made.PhysicalID, begun.PhysicalID)
			}
			if left := resource.ListOf(f.Call("ApiGatewayV2", "GetApis", object{})["items"]); len(left) != tt.left {
				t.Errorf("there are %v, after %v", left, err)
			}
			_, _ = f.Try("ApiGatewayV2", "DeleteApi", object{"ApiId": begun.PhysicalID}) // there is none if it failed
		})
	}
}

// A server may be killed after any call: the one that creates an API gives it the tags by which a repeated order finds it.
func TestAnAPIBeginsWithItsTags(t *testing.T) {
	for name, properties := range map[string]object{
		"of a document": {"Body": openAPI(resourcetest.FunctionARN + "f")}, "of parts": {"Name": "a", "ProtocolType": "HTTP"},
	} {
		t.Run(name, func(t *testing.T) {
			var first object
			cut := func(_ context.Context, _ wire.Origin, _, _ string, in object) (object, error) {
				if first == nil {
					first = in
				}
				return nil, errors.New("killed")
			}
			order := resourcetest.Order()
			order.Type, order.Properties = "AWS::ApiGatewayV2::Api", properties
			_, _ = resource.New(resource.Config{Call: cut}, apigatewayv2.Types(nil)...).Create(t.Context(), order)
			if tags := resource.ReadTags(first["tags"]); tags["aws:cloudformation:logical-id"] != order.LogicalID || tags["aws:cloudformation:stack-id"] != order.Stack.ID {
				t.Errorf("the first call gives the tags %v", tags)
			}
		})
	}
}

func TestEveryCallMayFail(t *testing.T) {
	for name, without := range map[string]string{"an API of parts, whose CORS goes": "Body", "an API of a document": "CorsConfiguration"} {
		t.Run(name, func(t *testing.T) {
			resourcetest.EveryCallMayFail(t, apigatewayv2.Types(nil), func(verb string, schema *stack.Schema) *stack.Order {
				o := resourcetest.Order()
				o.PhysicalID, o.Repeated, o.Properties = "id", verb == "create", resourcetest.Sample(schema, "10")
				delete(o.Properties, "BodyS3Location")
				delete(o.Properties, without)
				if verb == "update" {
					o.Old = resourcetest.Sample(schema, "20")
					for _, name := range []string{"AccessLogSettings", "RouteSettings", "Tags"} {
						delete(o.Properties, name)
					}
				}
				return o
			})
		})
	}
}
