package apigatewayv2_test

import (
	"fmt"
	"reflect"
	"testing"
)

// wantMembers looks whether an answer has these members, and those that are nil not at all.
func wantMembers(t *testing.T, answer, members object) {
	t.Helper()
	for name, want := range members {
		if got, there := answer[name]; !reflect.DeepEqual(got, want) || want == nil && there {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

// What a client says when it makes something is what it is told afterwards, member by member.
func TestMembersComeBack(t *testing.T) {
	d := newDesk(t)
	base := fmt.Sprintf("/v2/apis/%v", d.Must("POST", "/v2/apis", object{"name": "a", "protocolType": "HTTP"})["apiId"])
	integration := d.Must("POST", base+"/integrations", object{"integrationType": "AWS_PROXY", "integrationUri": function + "f"})["integrationId"]
	token := d.Must("POST", base+"/authorizers", object{
		"name": "token", "authorizerType": "JWT", "identitySource": []string{"$request.header.A"}, "jwtConfiguration": object{"issuer": "https://i", "audience": []string{"a"}},
	})["authorizerId"]
	d.Must("POST", base+"/routes", object{"routeKey": "GET /known"})
	deployment := d.Must("POST", base+"/deployments", object{})["deploymentId"]
	for _, tt := range []struct {
		name, path, id string
		body           object
	}{
		{
			"an API", "/v2/apis", "apiId",
			object{
				"name":                      "n",
				"protocolType":              "HTTP",
				"description":               "d",
				"version":                   "v",
				"apiKeySelectionExpression": "$request.header.x-other",
				"routeSelectionExpression":  "$request.method $request.path",
				"disableExecuteApiEndpoint": true,
				"ipAddressType":             "dualstack",
				"tags":                      object{"a": "b"},
				"corsConfiguration": object{
					"allowCredentials": true,
					"allowHeaders":     []any{"x-a", "x-b"},
					"allowMethods":     []any{"GET", "PUT"},
					"allowOrigins":     []any{"https://a.example"},
					"exposeHeaders":    []any{"date"},
					"maxAge":           -1.0,
				},
			},
		},
		{
			"an integration", base + "/integrations", "integrationId",
			object{
				"integrationType":      "AWS_PROXY",
				"integrationUri":       function + "f:live",
				"integrationMethod":    "PUT",
				"payloadFormatVersion": "2.0",
				"timeoutInMillis":      1234.0,
				"description":          "d",
				"credentialsArn":       "arn:aws:iam::000000000000:role/r",
				"connectionType":       "INTERNET",
				"requestParameters":    object{"append:querystring.a": "$context.requestId"},
				"responseParameters":   object{"500": object{"overwrite:statuscode": "503", "append:header.x": "y"}},
			},
		},
		{
			"an authorizer that is a function", base + "/authorizers", "authorizerId",
			object{
				"name":                           "z",
				"authorizerType":                 "REQUEST",
				"authorizerUri":                  function + "z",
				"authorizerCredentialsArn":       "arn:aws:iam::000000000000:role/r",
				"authorizerPayloadFormatVersion": "2.0",
				"authorizerResultTtlInSeconds":   300.0,
				"enableSimpleResponses":          true,
				"identitySource":                 []any{"$request.header.a", "$context.routeKey"},
			},
		},
		{
			"an authorizer of tokens", base + "/authorizers", "authorizerId",
			object{
				"name":             "j",
				"authorizerType":   "JWT",
				"identitySource":   []any{"$request.querystring.token"},
				"jwtConfiguration": object{"issuer": "https://i.example/pool", "audience": []any{"a", "b"}},
			},
		},
		{
			"a route", base + "/routes", "routeId",
			object{
				"routeKey":            "ANY /pets/{id}",
				"target":              fmt.Sprintf("integrations/%v", integration),
				"authorizationType":   "JWT",
				"authorizerId":        token,
				"authorizationScopes": []any{"pets/read", "pets/write"},
				"operationName":       "pets",
				"apiKeyRequired":      false,
			},
		},
		{
			"a stage", base + "/stages", "stageName",
			object{
				"stageName":            "dev",
				"deploymentId":         deployment,
				"description":          "d",
				"clientCertificateId":  "c",
				"stageVariables":       object{"a": "1", "b": ""},
				"tags":                 object{"t": "u"},
				"accessLogSettings":    object{"destinationArn": "arn:aws:logs:us-east-1:000000000000:log-group:g", "format": "$context.requestId"},
				"defaultRouteSettings": object{"detailedMetricsEnabled": true, "throttlingBurstLimit": 7.0, "throttlingRateLimit": 1.5},
				"routeSettings":        object{"GET /known": object{"dataTraceEnabled": true, "loggingLevel": "INFO", "throttlingBurstLimit": 0.0}},
			},
		},
		{
			"a deployment", base + "/deployments", "deploymentId",
			object{"description": "d"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			made := d.Must("POST", tt.path, tt.body)
			wantMembers(t, made, tt.body)
			found := d.Must("GET", fmt.Sprintf("%s/%v", tt.path, made[tt.id]), nil)
			if !reflect.DeepEqual(found, made) {
				t.Errorf("it is found as\n%v, was made as\n%v", found, made)
			}
			items, _ := d.Must("GET", tt.path, nil)["items"].([]any)
			listed := false
			for _, item := range items {
				listed = listed || reflect.DeepEqual(item, any(made))
			}
			if !listed {
				t.Errorf("it is not listed: %v", items)
			}
		})
	}
}

// What nobody said is there with AWS's usual value, or not at all (nil).
func TestMembersThatNobodyGave(t *testing.T) {
	d := newDesk(t)
	api := d.Must("POST", "/v2/apis", object{"name": "a", "protocolType": "HTTP"})
	base := fmt.Sprintf("/v2/apis/%v", api["apiId"])
	for _, tt := range []struct {
		name   string
		answer object
		want   object
	}{
		{
			"an API", api,
			object{
				"apiKeySelectionExpression": "$request.header.x-api-key",
				"routeSelectionExpression":  "$request.method $request.path",
				"protocolType":              "HTTP",
				"disableExecuteApiEndpoint": false,
				"ipAddressType":             "ipv4",
				"tags":                      object{},
				"description":               nil,
				"version":                   nil,
				"corsConfiguration":         nil,
				"warnings":                  nil,
			},
		},
		{
			"an integration", d.Must("POST", base+"/integrations", object{"integrationType": "AWS_PROXY", "integrationUri": function + "f"}),
			object{
				"connectionType":       "INTERNET",
				"integrationMethod":    "POST",
				"payloadFormatVersion": "1.0",
				"timeoutInMillis":      30000.0,
				"description":          nil,
				"credentialsArn":       nil,
				"requestParameters":    nil,
				"responseParameters":   nil,
				"apiGatewayManaged":    nil,
			},
		},
		{
			"a route", d.Must("POST", base+"/routes", object{"routeKey": "$default"}),
			object{
				"apiKeyRequired":      false,
				"authorizationType":   "NONE",
				"authorizerId":        nil,
				"authorizationScopes": nil,
				"operationName":       nil,
				"target":              nil,
			},
		},
		{
			"a stage", d.Must("POST", base+"/stages", object{"stageName": "dev"}),
			object{
				"defaultRouteSettings":        object{"detailedMetricsEnabled": false},
				"routeSettings":               object{},
				"stageVariables":              object{},
				"tags":                        object{},
				"autoDeploy":                  nil,
				"deploymentId":                nil,
				"description":                 nil,
				"accessLogSettings":           nil,
				"clientCertificateId":         nil,
				"lastDeploymentStatusMessage": nil,
			},
		},
		{
			"an authorizer", d.Must("POST", base+"/authorizers", object{
				"name": "z", "authorizerType": "REQUEST", "authorizerUri": function + "f", "authorizerPayloadFormatVersion": "1.0", "identitySource": []string{},
			}),
			object{
				"authorizerCredentialsArn": nil,
				"jwtConfiguration":         nil,
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) { wantMembers(t, tt.answer, tt.want) })
	}
}

// Entries of tables are changed one by one: those that are not given stay, and empty values take away.
func TestTablesAreChangedEntryByEntry(t *testing.T) {
	d := newDesk(t)
	base := fmt.Sprintf("/v2/apis/%v", d.Must("POST", "/v2/apis", object{"name": "a", "protocolType": "HTTP"})["apiId"])
	integration := fmt.Sprintf("%s/integrations/%v", base, d.Must("POST", base+"/integrations", object{
		"integrationType": "AWS_PROXY", "integrationUri": function + "f", "requestParameters": object{"overwrite:path": "/x", "append:header.a": "1"},
		"responseParameters": object{"200": object{"overwrite:statuscode": "201"}, "500": object{"append:header.b": "2"}},
	})["integrationId"])
	d.Must("POST", base+"/stages", object{"stageName": "dev", "stageVariables": object{"a": "1", "b": "2"}})
	stage := base + "/stages/dev"
	for _, tt := range []struct {
		name, path   string
		change, want object
	}{
		{"none", integration, object{}, object{"requestParameters": object{"overwrite:path": "/x", "append:header.a": "1"}}},
		{"another value", integration, object{"requestParameters": object{"append:header.a": "9"}}, object{"requestParameters": object{"overwrite:path": "/x", "append:header.a": "9"}}},
		{"one more", integration, object{"requestParameters": object{"append:header.c": "3"}}, object{"requestParameters": object{"overwrite:path": "/x", "append:header.a": "9", "append:header.c": "3"}}},
		{"one less", integration, object{"requestParameters": object{"append:header.c": ""}}, object{"requestParameters": object{"overwrite:path": "/x", "append:header.a": "9"}}},
		{"one that is not there", integration, object{"requestParameters": object{"append:header.z": ""}}, object{"requestParameters": object{"overwrite:path": "/x", "append:header.a": "9"}}},
		{"none left", integration, object{"requestParameters": object{"overwrite:path": "", "append:header.a": ""}}, object{"requestParameters": nil}},
		{"an answer's", integration, object{"responseParameters": object{"200": object{"append:header.c": "3"}}}, object{"responseParameters": object{"200": object{"overwrite:statuscode": "201", "append:header.c": "3"}, "500": object{"append:header.b": "2"}}}},
		{"all of a status", integration, object{"responseParameters": object{"500": object{"append:header.b": ""}}}, object{"responseParameters": object{"200": object{"overwrite:statuscode": "201", "append:header.c": "3"}}}},
		{"variables", stage, object{"stageVariables": object{"b": "", "c": "3"}}, object{"stageVariables": object{"a": "1", "c": "3"}}},
		{"no variables", stage, object{"stageVariables": object{}}, object{"stageVariables": object{"a": "1", "c": "3"}}},
		{"a log", stage, object{"accessLogSettings": object{"destinationArn": "arn:x", "format": "f"}}, object{"accessLogSettings": object{"destinationArn": "arn:x", "format": "f"}}},
		{"a log's format alone", stage, object{"accessLogSettings": object{"format": "g"}}, object{"accessLogSettings": object{"format": "g"}}},
		{"no log", stage, object{"accessLogSettings": object{}}, object{"accessLogSettings": nil}},
		{"settings of all routes", stage, object{"defaultRouteSettings": object{"throttlingBurstLimit": 1}}, object{"defaultRouteSettings": object{"throttlingBurstLimit": 1.0, "detailedMetricsEnabled": false}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			wantMembers(t, d.Must("PATCH", tt.path, tt.change), tt.want)
			wantMembers(t, d.Must("GET", tt.path, nil), tt.want)
		})
	}
}

// The case of an API's ID does not matter, as in host names.
func TestIdentifiersInCapitals(t *testing.T) {
	d := newDesk(t)
	id := d.Must("POST", "/v2/apis", object{"name": "a", "protocolType": "HTTP"})["apiId"].(string)
	capitals := ""
	for _, c := range id {
		if c >= 'a' && c <= 'z' {
			c += 'A' - 'a'
		}
		capitals += string(c)
	}
	if got := d.Must("GET", "/v2/apis/"+capitals, nil)["apiId"]; got != id {
		t.Errorf("%s is %v", capitals, got)
	}
}
