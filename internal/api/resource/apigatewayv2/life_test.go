package apigatewayv2_test

import (
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

func look(operation string, in object, at ...any) resourcetest.Look {
	return resourcetest.Look{Service: "ApiGatewayV2", Operation: operation, In: in, At: at}
}

func TestLives(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	id := f.Create(f.Order("Here", "AWS::ApiGatewayV2::Api", object{"Name": "here", "ProtocolType": "HTTP"})).PhysicalID
	uri := f.Create(f.Source("F", object{"FunctionName": "f"})).Attributes["Arn"]
	// of is the look at a part of the API.
	of := func(noun string) func(string) resourcetest.Look {
		return func(ref string) resourcetest.Look {
			return look("Get"+noun, object{"ApiId": id, noun + "Id": ref})
		}
	}
	f.Live(t,
		resourcetest.Life{
			Type: "AWS::ApiGatewayV2::Api",
			Properties: object{
				"Name": "pets", "ProtocolType": "HTTP", "Description": "old", "CorsConfiguration": object{"AllowOrigins": []any{"*"}}, "Tags": object{"own": "1"},
			},
			Ref:        "*",
			Attributes: map[string]string{"ApiId": "*", "ApiEndpoint": "http://*.execute-api." + f.Region + ".localhost:*"},
			Look:       func(ref string) resourcetest.Look { return look("GetApi", object{"ApiId": ref}) },
			Gone:       "NotFoundException",
			Shown:      object{"name": "pets", "description": "old", "corsConfiguration.allowOrigins.0": "*", "tags.own": "1", "tags.team": "blue"},
			Changes:    object{"Name": "cats", "Description": nil, "CorsConfiguration": nil, "Tags": object{"new": "2"}},
			Changed:    object{"name": "cats", "corsConfiguration": nil, "tags.own": nil, "tags.new": "2", "tags.team": "blue"},
			Repeated:   true,
		},
		resourcetest.Life{
			Type:       "AWS::ApiGatewayV2::Integration",
			Properties: object{"ApiId": id, "IntegrationType": "AWS_PROXY", "IntegrationUri": uri, "PayloadFormatVersion": "2.0", "TimeoutInMillis": "5000"},
			Ref:        "*",
			Attributes: map[string]string{"IntegrationId": "*"},
			Look:       of("Integration"),
			Gone:       "NotFoundException",
			Shown:      object{"integrationUri": uri, "payloadFormatVersion": "2.0", "timeoutInMillis": 5000},
			Changes:    object{"TimeoutInMillis": nil, "PayloadFormatVersion": "1.0"},
			Changed:    object{"payloadFormatVersion": "1.0", "timeoutInMillis": 30000},
		},
		resourcetest.Life{
			Type:       "AWS::ApiGatewayV2::Route",
			Properties: object{"ApiId": id, "RouteKey": "GET /pets", "AuthorizationType": "AWS_IAM"},
			Ref:        "*",
			Attributes: map[string]string{"RouteId": "*"},
			Look:       of("Route"),
			Gone:       "NotFoundException",
			Shown:      object{"routeKey": "GET /pets", "authorizationType": "AWS_IAM"},
			Changes:    object{"RouteKey": "GET /cats", "AuthorizationType": nil},
			Changed:    object{"routeKey": "GET /cats", "authorizationType": "NONE"},
		},
		resourcetest.Life{
			Type: "AWS::ApiGatewayV2::Authorizer",
			Properties: object{
				"ApiId": id, "Name": "guard", "AuthorizerType": "JWT", "IdentitySource": []any{"$request.header.Authorization"},
				"JwtConfiguration": object{"Audience": []any{"a"}, "Issuer": "https://issuer.example"},
			},
			Ref:        "*",
			Attributes: map[string]string{"AuthorizerId": "*"},
			Look:       of("Authorizer"),
			Gone:       "NotFoundException",
			Shown:      object{"name": "guard", "jwtConfiguration.audience": []any{"a"}},
			Changes:    object{"Name": "warden", "JwtConfiguration": object{"Audience": []any{"b"}, "Issuer": "https://issuer.example"}},
			Changed:    object{"name": "warden", "jwtConfiguration.audience": []any{"b"}},
			Repeated:   true,
		},
		resourcetest.Life{
			Type:       "AWS::ApiGatewayV2::Stage",
			Properties: object{"ApiId": id, "StageName": "live", "StageVariables": object{"gone": "1", "stays": "1"}, "AutoDeploy": "true", "Description": "old"},
			Ref:        "live",
			Look: func(ref string) resourcetest.Look {
				return look("GetStage", object{"ApiId": id, "StageName": ref})
			},
			Gone:        "NotFoundException",
			Shown:       object{"autoDeploy": true, "stageVariables": object{"gone": "1", "stays": "1"}, "tags.team": "blue"},
			Changes:     object{"StageVariables": object{"stays": "2"}, "AutoDeploy": nil, "Description": nil},
			Changed:     object{"autoDeploy": nil, "stageVariables": object{"stays": "2"}},
			Replacement: object{"StageName": "$default"},
			Repeated:    true,
		},
	)
}

// A deployment needs a route, and shows in the stage that it names until another one does.
func TestTheLifeOfADeployment(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	id := f.Create(f.Order("Api", "AWS::ApiGatewayV2::Api", object{"Name": "a", "ProtocolType": "HTTP"})).PhysicalID
	uri := f.Create(f.Source("F", object{"FunctionName": "f"})).Attributes["Arn"]
	integration := f.Create(f.Order("I", "AWS::ApiGatewayV2::Integration", object{
		"ApiId": id, "IntegrationType": "AWS_PROXY", "IntegrationUri": uri, "PayloadFormatVersion": "2.0",
	})).PhysicalID
	f.Create(f.Order("R", "AWS::ApiGatewayV2::Route", object{"ApiId": id, "RouteKey": "GET /", "Target": "integrations/" + integration}))
	f.Create(f.Order("S", "AWS::ApiGatewayV2::Stage", object{"ApiId": id, "StageName": "live"}))
	f.Live(t, resourcetest.Life{
		Type:       "AWS::ApiGatewayV2::Deployment",
		Properties: object{"ApiId": id, "Description": "old", "StageName": "live"},
		Ref:        "*",
		Attributes: map[string]string{"DeploymentId": "*"},
		Look: func(ref string) resourcetest.Look {
			return look("GetDeployment", object{"ApiId": id, "DeploymentId": ref})
		},
		Gone:    "NotFoundException",
		Shown:   object{"description": "old", "deploymentStatus": "DEPLOYED"},
		Changes: object{"Description": "new"},
		Changed: object{"description": "new"},
	})
	f.Equal("what the stage shows", f.Call("ApiGatewayV2", "GetStage", object{"ApiId": id, "StageName": "live"})["deploymentId"], nil)
}
