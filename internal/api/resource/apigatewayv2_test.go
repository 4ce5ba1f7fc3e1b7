package resource_test

import (
	"net/http"
	"strings"
	"testing"

	"sluice/internal/api/resource"
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
func (f *fixture) echo(part string) (arn string) {
	f.t.Helper()
	code := "exports.handler = async (event) => ({statusCode: 200, body: JSON.stringify(" + part + ")})"
	made := f.create(f.order("Echo", "AWS::Lambda::Function", object{
		"FunctionName": "echo", "Role": roleARN, "Runtime": "nodejs22.x", "Handler": "index.handler", "Code": object{"ZipFile": code},
	}))
	f.create(f.order("Permission", "AWS::Lambda::Permission", object{
		"FunctionName": "echo", "Action": "lambda:InvokeFunction", "Principal": "apigateway.amazonaws.com",
	}))
	return at(made.Attributes, "Arn").(string)
}

// What SAM makes of an HTTP API.
func TestHTTPAPIWithABody(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 60)
	function := f.echo("event.pathParameters || event.rawPath")
	api := f.order("Api", "AWS::ApiGatewayV2::Api", object{"Body": openAPI(function), "FailOnWarnings": true, "Tags": object{"a": "b"}})
	made := f.create(api)
	stage := f.order("Stage", "AWS::ApiGatewayV2::Stage", object{"ApiId": made.PhysicalID, "StageName": "$default", "AutoDeploy": true, "Tags": object{"c": "d"}})
	f.equal("the stage", f.create(stage).PhysicalID, "$default")
	f.answers(made.PhysicalID, "/pets/7", `{"id":"7"}`)
	shown := f.call("ApiGatewayV2", "GetApi", object{"ApiId": made.PhysicalID})
	f.equal("the endpoint", made.Attributes["ApiEndpoint"], shown["apiEndpoint"])
	for tag, value := range map[string]string{"a": "b", "team": "blue", "httpapi:createdBy": "SAM"} {
		f.equal(tag, at(shown, "tags", tag), value)
	}

	changed := openAPI(function)
	paths := changed["paths"].(object)
	paths["$default"] = object{"x-amazon-apigateway-any-method": at(paths, "/pets/{id}", "get")}
	api = f.change(api, object{"Body": changed, "Description": "d", "Tags": nil})
	f.equal("the ID", f.update(api).PhysicalID, made.PhysicalID)
	f.answers(made.PhysicalID, "/elsewhere", `"/elsewhere"`)
	shown = f.call("ApiGatewayV2", "GetApi", object{"ApiId": made.PhysicalID})
	f.equal("the description", shown["description"], "d")
	f.equal("the tags", []any{at(shown, "tags", "a"), at(shown, "tags", "httpapi:createdBy")}, []any{nil, "SAM"})
	f.delete(stage)
	f.delete(api)
	f.missing("ApiGatewayV2", "GetApi", object{"ApiId": made.PhysicalID}, "NotFoundException")
}

// An API made of single resources, as CDK makes it.
func TestHTTPAPIWithParts(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 60)
	function := f.echo("[event.headers.x, event.stageVariables]")
	api := f.order("Api", "AWS::ApiGatewayV2::Api", object{
		"Name": "pets", "ProtocolType": "HTTP", "Description": "old", "CorsConfiguration": object{"AllowOrigins": []any{"*"}, "MaxAge": "300"},
	})
	id := f.create(api).PhysicalID
	integration := f.order("Integration", "AWS::ApiGatewayV2::Integration", object{
		"ApiId": id, "IntegrationType": "AWS_PROXY", "IntegrationUri": function, "PayloadFormatVersion": "2.0", "TimeoutInMillis": "5000",
		"RequestParameters":  object{"overwrite:header.x": "$request.querystring.q"},
		"ResponseParameters": object{"200": object{"ResponseParameters": []any{object{"Destination": "overwrite:statuscode", "Source": "202"}}}},
	})
	f.equal("the integration's ID", f.create(integration).Attributes["IntegrationId"], integration.PhysicalID)
	route := f.order("Route", "AWS::ApiGatewayV2::Route", object{"ApiId": id, "RouteKey": "GET /pets", "Target": "integrations/" + integration.PhysicalID, "OperationName": "list"})
	f.create(route)
	deployment := f.order("Deployment", "AWS::ApiGatewayV2::Deployment", object{"ApiId": id, "Description": "first"})
	stage := f.order("Stage", "AWS::ApiGatewayV2::Stage", object{
		"ApiId": id, "StageName": "dev", "DeploymentId": f.create(deployment).PhysicalID, "StageVariables": object{"a": "1", "b": "2"}, "Description": "old",
		"AccessLogSettings": object{"DestinationArn": "arn:aws:logs:us-east-1:000000000000:log-group:g", "Format": "$context.requestId"},
		"RouteSettings":     object{"GET /pets": object{"ThrottlingBurstLimit": 10}},
	})
	f.create(stage)
	if status, body := f.visit(id, "/dev/pets?q=7", nil); status != http.StatusAccepted || body != `["7",{"a":"1","b":"2"}]` {
		t.Errorf("%d %s", status, body)
	}

	f.update(f.change(integration, object{"RequestParameters": nil, "ResponseParameters": nil, "TimeoutInMillis": nil}))
	f.update(f.change(route, object{"RouteKey": "GET /cats", "OperationName": nil}))
	f.update(f.change(api, object{"CorsConfiguration": nil, "Description": nil}))
	second := f.order("Second", "AWS::ApiGatewayV2::Deployment", object{"ApiId": id})
	f.create(second)
	f.update(f.change(stage, object{
		"DeploymentId": second.PhysicalID, "StageVariables": object{"b": "3"}, "Description": nil, "AccessLogSettings": nil, "RouteSettings": nil,
	}))
	f.answers(id, "/dev/cats?q=7", `[null,{"b":"3"}]`)
	shown := f.call("ApiGatewayV2", "GetStage", object{"ApiId": id, "StageName": "dev"})
	f.equal("the stage", []any{shown["description"], shown["accessLogSettings"], shown["routeSettings"]}, []any{nil, nil, object{}})
	now := f.call("ApiGatewayV2", "GetApi", object{"ApiId": id})
	f.equal("the API", []any{now["description"], now["corsConfiguration"]}, []any{nil, nil})
	f.equal("the timeout", f.call("ApiGatewayV2", "GetIntegration", object{"ApiId": id, "IntegrationId": integration.PhysicalID})["timeoutInMillis"], 30000)
	f.update(f.change(second, object{"Description": "second"}))
	f.delete(deployment)
	f.delete(stage)
	f.delete(second)
	f.delete(route)
	f.delete(integration)
	f.delete(api)
}

func TestHTTPDeploymentsWithAStage(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 60)
	id := f.create(f.order("Api", "AWS::ApiGatewayV2::Api", object{"Name": "a", "ProtocolType": "HTTP"})).PhysicalID
	f.create(f.order("Stage", "AWS::ApiGatewayV2::Stage", object{"ApiId": id, "StageName": "dev"}))
	f.create(f.order("Route", "AWS::ApiGatewayV2::Route", object{"ApiId": id, "RouteKey": "$default"}))
	deployment := f.order("Deployment", "AWS::ApiGatewayV2::Deployment", object{"ApiId": id, "StageName": "dev"})
	f.create(deployment)
	key := object{"ApiId": id, "StageName": "dev"}
	f.equal("what the stage shows", f.call("ApiGatewayV2", "GetStage", key)["deploymentId"], deployment.PhysicalID)
	f.delete(deployment)
	f.equal("what it shows then", f.call("ApiGatewayV2", "GetStage", key)["deploymentId"], nil)
}

func TestHTTPAuthorizers(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 60)
	id := f.create(f.order("Api", "AWS::ApiGatewayV2::Api", object{"Name": "a", "ProtocolType": "HTTP"})).PhysicalID
	z := f.order("Who", "AWS::ApiGatewayV2::Authorizer", object{
		"ApiId": id, "Name": "who", "AuthorizerType": "REQUEST", "AuthorizerUri": lambda + "z", "AuthorizerPayloadFormatVersion": "2.0",
		"EnableSimpleResponses": true, "IdentitySource": []any{"$request.header.A"}, "AuthorizerResultTtlInSeconds": 60,
	})
	f.equal("its ID", f.create(z).Attributes["AuthorizerId"], z.PhysicalID)
	route := f.order("Route", "AWS::ApiGatewayV2::Route", object{"ApiId": id, "RouteKey": "GET /", "AuthorizationType": "CUSTOM", "AuthorizerId": z.PhysicalID})
	f.create(route)
	f.update(f.change(z, object{"IdentitySource": nil, "AuthorizerResultTtlInSeconds": nil, "EnableSimpleResponses": nil}))
	shown := f.call("ApiGatewayV2", "GetAuthorizer", object{"ApiId": id, "AuthorizerId": z.PhysicalID})
	f.equal("what it says", []any{shown["enableSimpleResponses"], shown["authorizerResultTtlInSeconds"], shown["identitySource"]}, []any{false, 0, nil})
	f.update(f.change(route, object{"AuthorizationType": nil, "AuthorizerId": nil}))
	f.delete(z)
	token := f.order("Token", "AWS::ApiGatewayV2::Authorizer", object{
		"ApiId": id, "Name": "token", "AuthorizerType": "JWT", "IdentitySource": []any{"$request.header.Authorization"},
		"JwtConfiguration": object{"Issuer": "https://example.com", "Audience": []any{"us"}},
	})
	f.create(token)
	f.equal("the issuer", at(f.call("ApiGatewayV2", "GetAuthorizer", object{"ApiId": id, "AuthorizerId": token.PhysicalID}), "jwtConfiguration", "issuer"), "https://example.com")
}

// What fails on its way leaves nothing behind.
func TestHTTPAPIsThatCanNotBe(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 60)
	broken := openAPI(lambda + "f")
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
		"bad properties":      {object{"Body": openAPI(lambda + "f"), "CorsConfiguration": object{"AllowOrigins": []any{""}}}, "which no header can"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := f.provider.Create(t.Context(), f.order("Api", "AWS::ApiGatewayV2::Api", tt.properties))
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "HandlerErrorCode: InvalidRequest") {
				t.Errorf("%v, want %s", err, tt.want)
			}
		})
	}
	f.equal("what is left", f.call("ApiGatewayV2", "GetApis", object{})["items"], []any{})
}

// A server that was killed finds what it made.
func TestRepeatedCreationsOfHTTPAPIs(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 60)
	api := f.order("Api", "AWS::ApiGatewayV2::Api", object{"Name": "a", "ProtocolType": "HTTP"})
	f.create(api)
	for logicalID, each := range map[string]struct {
		kind       string
		properties object
	}{
		"Api":   {"AWS::ApiGatewayV2::Api", object{"Name": "a", "ProtocolType": "HTTP"}},
		"Stage": {"AWS::ApiGatewayV2::Stage", object{"ApiId": api.PhysicalID, "StageName": "dev"}},
		"Route": {"AWS::ApiGatewayV2::Route", object{"ApiId": api.PhysicalID, "RouteKey": "GET /"}},
		"Who": {"AWS::ApiGatewayV2::Authorizer", object{"ApiId": api.PhysicalID, "Name": "who", "AuthorizerType": "REQUEST", "AuthorizerUri": lambda + "z",
			"AuthorizerPayloadFormatVersion": "2.0"}},
	} {
		first := api
		if logicalID != "Api" {
			first = f.order(logicalID, each.kind, each.properties)
			f.create(first)
		}
		again := f.order(logicalID, each.kind, each.properties)
		again.Repeated = true
		f.equal(logicalID, f.create(again).PhysicalID, first.PhysicalID)
	}
}

// Whichever call fails, its failure is told and nothing is taken as done.
func TestEveryCallOfHTTPAPIsMayFail(t *testing.T) {
	t.Parallel()
	verbs := map[string]func(*resource.Provider, *stack.Order) error{
		"create": func(p *resource.Provider, o *stack.Order) error { _, err := p.Create(t.Context(), o); return err },
		"update": func(p *resource.Provider, o *stack.Order) error { _, err := p.Update(t.Context(), o); return err },
		"delete": func(p *resource.Provider, o *stack.Order) error { return p.Delete(t.Context(), o) },
	}
	for _, schema := range resource.New(resource.Config{}).Types() {
		if !strings.HasPrefix(schema.Type, "AWS::ApiGatewayV2::") {
			continue
		}
		for _, without := range []string{"Body", "CorsConfiguration"} { // an API of parts, whose CORS goes, and one of a document
			for verb, carryOut := range verbs {
				order := func() *stack.Order {
					o := customOrder(nil)
					o.Type, o.PhysicalID, o.Properties = schema.Type, "id", sampleProperties(schema, "10")
					o.Repeated = verb == "create"
					for _, name := range []string{"BodyS3Location", without} {
						delete(o.Properties, name)
					}
					if verb == "update" {
						o.Old = sampleProperties(schema, "20")
						for _, name := range []string{"AccessLogSettings", "RouteSettings", "Tags"} {
							delete(o.Properties, name)
						}
					}
					return o
				}
				whole := &flaky{}
				if err := carryOut(resource.New(resource.Config{Call: whole.call}), order()); err != nil {
					t.Fatalf("%s %s without a failure: %v", verb, schema.Type, err)
				}
				for n := 1; n <= whole.calls; n++ {
					err := carryOut(resource.New(resource.Config{Call: (&flaky{fails: n}).call}), order())
					if err == nil || !strings.Contains(err.Error(), " failed (Service: ApiGatewayV2") || !strings.Contains(err.Error(), "HandlerErrorCode: InternalFailure") {
						t.Errorf("%s %s: the call %d of %d fails: %v", verb, schema.Type, n, whole.calls, err)
					}
				}
			}
		}
	}
}
