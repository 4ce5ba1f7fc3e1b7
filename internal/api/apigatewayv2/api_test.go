package apigatewayv2_test

import (
	"fmt"
	"net/http"
	"testing"
)

// The answers to what clients do with an API, whole.
func TestAnswers(t *testing.T) {
	d := newDesk(t)
	api := d.Record("POST", "/v2/apis", object{"name": "pets", "protocolType": "HTTP", "description": "all of them", "version": "1", "tags": object{"team": "a"},
		"corsConfiguration": object{"allowOrigins": []string{"*"}, "maxAge": 60}})
	base := fmt.Sprintf("/v2/apis/%v", api["apiId"])
	d.Record("GET", base, nil)
	d.Record("PATCH", base, object{"name": "cats", "corsConfiguration": object{"allowMethods": []string{"GET"}}})
	d.Record("DELETE", base+"/cors", nil)
	integration := d.Record("POST", base+"/integrations", object{"integrationType": "AWS_PROXY", "integrationUri": function + "f", "payloadFormatVersion": "2.0",
		"requestParameters": object{"overwrite:path": "/x", "remove:header.a": "''"}, "responseParameters": object{"200": object{"overwrite:statuscode": "201"}}})
	at := fmt.Sprintf("%s/integrations/%v", base, integration["integrationId"])
	d.Record("PATCH", at, object{"timeoutInMillis": 100, "requestParameters": object{"overwrite:path": ""}, "responseParameters": object{"200": object{"overwrite:statuscode": ""}}})
	d.Record("GET", base+"/integrations", nil)
	authorizer := d.Record("POST", base+"/authorizers", object{"name": "who", "authorizerType": "REQUEST", "authorizerUri": function + "z",
		"authorizerPayloadFormatVersion": "2.0", "identitySource": []string{"$request.header.A"}, "enableSimpleResponses": true})
	d.Record("POST", base+"/authorizers", object{"name": "token", "authorizerType": "JWT", "identitySource": []string{"$request.header.A"},
		"jwtConfiguration": object{"issuer": "https://example.com", "audience": []string{"a"}}})
	d.Record("PATCH", fmt.Sprintf("%s/authorizers/%v", base, authorizer["authorizerId"]), object{"authorizerResultTtlInSeconds": 60})
	d.Record("GET", fmt.Sprintf("%s/authorizers/%v", base, authorizer["authorizerId"]), nil)
	route := d.Record("POST", base+"/routes", object{"routeKey": "GET /pets/{id}", "target": fmt.Sprintf("integrations/%v", integration["integrationId"])})
	d.Record("PATCH", fmt.Sprintf("%s/routes/%v", base, route["routeId"]), object{"authorizationType": "CUSTOM", "authorizerId": authorizer["authorizerId"], "operationName": "get"})
	d.Record("GET", base+"/routes", nil)
	d.Record("POST", base+"/stages", object{"stageName": "$default", "autoDeploy": true})
	deployment := d.Record("POST", base+"/deployments", object{"description": "first"})
	d.Record("POST", base+"/stages", object{"stageName": "dev", "deploymentId": deployment["deploymentId"], "stageVariables": object{"a": "1", "b": "2"}, "tags": object{"team": "a"},
		"accessLogSettings":    object{"destinationArn": "arn:aws:logs:us-east-1:000000000000:log-group:g", "format": "$context.requestId"},
		"defaultRouteSettings": object{"throttlingBurstLimit": 5, "throttlingRateLimit": 2.5}, "routeSettings": object{"GET /pets/{id}": object{"detailedMetricsEnabled": true}}})
	d.Record("PATCH", base+"/stages/dev", object{"description": "d", "stageVariables": object{"a": "", "c": "3"}})
	d.Record("DELETE", base+"/stages/dev/accesslogsettings", nil)
	d.Record("DELETE", base+"/stages/dev/routesettings/GET%20%2Fpets%2F%7Bid%7D", nil)
	d.Record("GET", base+"/stages", nil)
	d.Record("PATCH", fmt.Sprintf("%s/deployments/%v", base, deployment["deploymentId"]), object{"description": "second"})
	d.Record("GET", fmt.Sprintf("%s/deployments/%v", base, deployment["deploymentId"]), nil)
	tags := fmt.Sprintf("/v2/tags/arn%%3Aaws%%3Aapigateway%%3Aus-east-1%%3A%%3A%%2Fapis%%2F%v", api["apiId"])
	d.Record("POST", tags, object{"tags": object{"more": "b"}})
	d.Record("DELETE", tags+"?tagKeys=team", nil)
	d.Record("GET", tags, nil)
	d.Record("GET", base+"/exports/OAS30?outputType=JSON&stageName=dev", nil)
	d.Record("GET", base+"/exports/OAS30?outputType=YAML&includeExtensions=false", nil)
	document := `{"openapi":"3.0.1","info":{"title":"dogs"},"paths":{"/dogs":{"get":{"security":[{"none":[]}]}}}}`
	d.Record("PUT", base, object{"body": document})
	d.Record("PUT", "/v2/apis", object{"body": document})
	d.Record("POST", "/v2/apis", object{"name": "quick", "protocolType": "HTTP", "target": function + "f"})
	d.Record("DELETE", base, nil)
	d.Record("GET", base, nil)
	d.Compare("replies.golden")
}

func TestListsComeInPages(t *testing.T) {
	d := newDesk(t)
	base := fmt.Sprintf("/v2/apis/%v", d.Must("POST", "/v2/apis", object{"name": "a", "protocolType": "HTTP"})["apiId"])
	for i := range 3 {
		d.Must("POST", "/v2/apis", object{"name": "a", "protocolType": "HTTP"})
		d.Must("POST", base+"/routes", object{"routeKey": fmt.Sprint("GET /", i)})
		d.Must("POST", base+"/integrations", object{"integrationType": "AWS_PROXY", "integrationUri": function + "f"})
		d.Must("POST", base+"/stages", object{"stageName": fmt.Sprint("s", i)})
		d.Must("POST", base+"/deployments", object{})
		d.Must("POST", base+"/authorizers", object{"name": fmt.Sprint(i), "authorizerType": "REQUEST", "authorizerUri": function + "f", "authorizerPayloadFormatVersion": "1.0", "identitySource": []string{}})
	}
	for path, count := range map[string]int{"/v2/apis": 4, base + "/routes": 3, base + "/integrations": 3, base + "/stages": 3, base + "/deployments": 3, base + "/authorizers": 3} {
		seen, token := 0, ""
		for range count {
			out := d.Must("GET", path+"?maxResults=1"+token, nil)
			seen += len(out["items"].([]any))
			if out["nextToken"] == nil {
				break
			}
			token = fmt.Sprintf("&nextToken=%v", out["nextToken"])
		}
		if seen != count {
			t.Errorf("%s: %d items on as many pages, want %d", path, seen, count)
		}
	}
	for _, wrong := range []string{"nextToken=x", "nextToken=YWZ0ZXIgeA", "maxResults=0", "maxResults=many"} {
		d.Refused("GET", "/v2/apis?"+wrong, nil, http.StatusBadRequest, "BadRequestException", "parameter specified")
	}
}

// Requests that can't be, each with AWS's words where they are known.
func TestRefusals(t *testing.T) {
	d := newDesk(t)
	base := fmt.Sprintf("/v2/apis/%v", d.Must("POST", "/v2/apis", object{"name": "a", "protocolType": "HTTP"})["apiId"])
	route := d.Must("POST", base+"/routes", object{"routeKey": "GET /"})
	d.Must("POST", base+"/stages", object{"stageName": "dev"})
	const document = `{"openapi":"3.0.1","info":{"title":"a"},"security":[{"none":[]}],"paths":{"/a":{"get":{}}}}`
	for _, tt := range []struct {
		method, path string
		body         any
		status       int
		code, part   string
	}{
		{"GET", "/v2/apis/none", nil, 404, "NotFoundException", "Invalid API identifier specified 000000000000:none"},
		{"POST", "/v2/apis", object{"protocolType": "HTTP"}, 400, "BadRequestException", "'name' failed to satisfy constraint"},
		{"POST", "/v2/apis", object{"name": "", "protocolType": "HTTP"}, 400, "BadRequestException", "API name must not be empty"},
		{"POST", "/v2/apis", object{"name": "a", "protocolType": "WEBSOCKET"}, 400, "NotImplementedException", "Sluice has no WEBSOCKET APIs"},
		{"POST", "/v2/apis", object{"name": "a", "protocolType": "HTTP", "routeKey": "GET /"}, 400, "BadRequestException", "need a target"},
		{"POST", "/v2/apis", object{"name": "a", "protocolType": "HTTP", "target": "https://example.com"}, 400, "NotImplementedException", "HTTP_PROXY"},
		{"POST", "/v2/apis", object{"name": "a", "protocolType": "HTTP", "routeSelectionExpression": "$request.body.a"}, 400, "BadRequestException", "routeSelectionExpression"},
		{"POST", "/v2/apis", object{"name": "a", "protocolType": "HTTP", "corsConfiguration": object{"maxAge": 100000}}, 400, "BadRequestException", "maxAge"},
		{"POST", base + "/routes", object{"routeKey": "GET /"}, 409, "ConflictException", "Route with key GET / already exists for this API"},
		{"POST", base + "/routes", object{"routeKey": "pets"}, 400, "BadRequestException", "The provided route key is not formatted properly"},
		{"POST", base + "/routes", object{"routeKey": "GET /x", "apiKeyRequired": true}, 400, "BadRequestException", "ApiKeyRequired is not currently supported for HTTP APIs"},
		{"PATCH", base + "/routes/none", object{}, 404, "NotFoundException", "Invalid Route identifier specified"},
		{"DELETE", fmt.Sprintf("%s/routes/%v/requestparameters/x", base, route["routeId"]), nil, 404, "NotFoundException", "RequestParameter"},
		{"POST", base + "/integrations", object{"integrationType": "MOCK"}, 400, "NotImplementedException", "type MOCK"},
		{"POST", base + "/integrations", object{"integrationType": "AWS_PROXY", "integrationSubtype": "SQS-SendMessage"}, 400, "NotImplementedException", "SQS-SendMessage"},
		{"POST", base + "/integrations", object{"integrationType": "HTTP_PROXY", "connectionType": "VPC_LINK"}, 400, "NotImplementedException", "VPC links"},
		{"POST", base + "/integrations", object{"integrationType": "AWS_PROXY", "integrationUri": function + "f", "timeoutInMillis": 10}, 400, "BadRequestException", "timeoutInMillis"},
		{"GET", base + "/integrations/none", nil, 404, "NotFoundException", "Invalid Integration identifier specified"},
		{"GET", base + "/authorizers/none", nil, 404, "NotFoundException", "Invalid Authorizer identifier specified"},
		{"POST", base + "/stages", object{"stageName": "dev"}, 409, "ConflictException", "Stage already exists"},
		{"GET", base + "/stages/none", nil, 404, "NotFoundException", "Invalid stage identifier specified"},
		{"DELETE", base + "/stages/none", nil, 404, "NotFoundException", "Invalid stage identifier specified"},
		{"DELETE", base + "/stages/dev/accesslogsettings", nil, 404, "NotFoundException", "AccessLogSettings"},
		{"DELETE", base + "/stages/dev/routesettings/x", nil, 404, "NotFoundException", "Unable to find Route by key x"},
		{"GET", base + "/deployments/none", nil, 404, "NotFoundException", "Invalid Deployment identifier specified"},
		{"POST", base + "/deployments", object{"stageName": "none"}, 404, "NotFoundException", "Invalid stage identifier specified"},
		{"GET", base + "/exports/OAS20?outputType=JSON", nil, 400, "BadRequestException", "OAS30"},
		{"GET", base + "/exports/OAS30?outputType=XML", nil, 400, "BadRequestException", "JSON or YAML"},
		{"GET", base + "/exports/OAS30?outputType=JSON&stageName=none", nil, 404, "NotFoundException", "stage"},
		{"PUT", "/v2/apis", object{"body": "{}"}, 400, "BadRequestException", "OpenAPI 3.0"},
		{"PUT", "/v2/apis?basepath=x", object{"body": document}, 400, "BadRequestException", "ignore, prepend, and split"},
		{"PUT", "/v2/apis?failOnWarnings=true", object{"body": document}, 400, "BadRequestException", "Warnings found during import:"},
		{"PUT", "/v2/apis/none", object{"body": document}, 404, "NotFoundException", "Invalid API identifier"},
		{"GET", "/v2/tags/x", nil, 400, "BadRequestException", "Invalid ARN"},
		{"POST", "/v2/domainnames", object{}, 400, "NotImplementedException", "CreateDomainName"},
	} {
		d.Refused(tt.method, tt.path, tt.body, tt.status, tt.code, tt.part)
	}
	empty := fmt.Sprintf("/v2/apis/%v", d.Must("POST", "/v2/apis", object{"name": "a", "protocolType": "HTTP"})["apiId"])
	d.Refused("POST", empty+"/deployments", object{}, 400, "BadRequestException", "Unable to deploy API because no routes exist in this API")
}

// What is deleted is gone, and what is in use is not deleted.
func TestDeletions(t *testing.T) {
	d := newDesk(t)
	base := fmt.Sprintf("/v2/apis/%v", d.Must("POST", "/v2/apis", object{"name": "a", "protocolType": "HTTP"})["apiId"])
	integration := fmt.Sprintf("%s/integrations/%v", base, d.Must("POST", base+"/integrations", object{"integrationType": "AWS_PROXY", "integrationUri": function + "f"})["integrationId"])
	authorizer := fmt.Sprintf("%s/authorizers/%v", base, d.Must("POST", base+"/authorizers", object{
		"name": "z", "authorizerType": "JWT", "identitySource": []string{"$request.header.A"}, "jwtConfiguration": object{"issuer": "https://i", "audience": []string{"a"}}})["authorizerId"])
	route := fmt.Sprintf("%s/routes/%v", base, d.Must("POST", base+"/routes", object{
		"routeKey": "GET /", "target": integration[len(base)+1:], "authorizationType": "JWT", "authorizerId": authorizer[len(base+"/authorizers/"):], "authorizationScopes": []string{"a"}})["routeId"])
	deployment := fmt.Sprintf("%s/deployments/%v", base, d.Must("POST", base+"/deployments", nil)["deploymentId"])
	stage := base + "/stages/dev"
	d.Must("POST", base+"/stages", object{"stageName": "dev", "deploymentId": deployment[len(base+"/deployments/"):]})
	d.Refused("DELETE", integration, nil, http.StatusConflict, "ConflictException", "Cannot delete Integration because it is referenced by the following Routes")
	d.Refused("DELETE", authorizer, nil, http.StatusConflict, "ConflictException", "is referenced in route: GET /")
	d.Refused("DELETE", deployment, nil, http.StatusBadRequest, "BadRequestException", "Active stages")
	for _, path := range []string{stage, deployment, route, authorizer, integration, base} {
		d.Must("GET", path, nil)
		d.Must("DELETE", path, nil)
		for _, method := range []string{"GET", "DELETE"} {
			d.Refused(method, path, nil, http.StatusNotFound, "NotFoundException", "Invalid")
		}
	}
}

// Each member of an update changes what it says, and members that are not there change nothing.
func TestUpdates(t *testing.T) {
	d := newDesk(t)
	base := fmt.Sprintf("/v2/apis/%v", d.Must("POST", "/v2/apis", object{"name": "a", "protocolType": "HTTP"})["apiId"])
	integration := d.Must("POST", base+"/integrations", object{"integrationType": "AWS_PROXY", "integrationUri": function + "f"})["integrationId"]
	z := d.Must("POST", base+"/authorizers", object{"name": "z", "authorizerType": "REQUEST", "authorizerUri": function + "f", "authorizerPayloadFormatVersion": "1.0", "identitySource": []string{}})["authorizerId"]
	route := d.Must("POST", base+"/routes", object{"routeKey": "GET /"})["routeId"]
	d.Must("POST", base+"/stages", object{"stageName": "dev"})
	deployment := d.Must("POST", base+"/deployments", object{})["deploymentId"]
	for path, members := range map[string]object{
		base: {"name": "b", "description": "d", "version": "2", "ipAddressType": "dualstack", "disableExecuteApiEndpoint": true,
			"corsConfiguration": object{"allowCredentials": true, "allowHeaders": []any{"a"}, "allowMethods": []any{"GET"}, "allowOrigins": []any{"https://a"}, "exposeHeaders": []any{"b"}, "maxAge": 5.0}},
		fmt.Sprintf("%s/integrations/%v", base, integration): {"integrationUri": function + "g", "integrationMethod": "GET", "payloadFormatVersion": "2.0", "timeoutInMillis": 99.0,
			"description": "d", "credentialsArn": "arn:aws:iam::000000000000:role/r", "requestParameters": object{"overwrite:path": "/"},
			"responseParameters": object{"404": object{"overwrite:statuscode": "200"}}},
		fmt.Sprintf("%s/authorizers/%v", base, z): {"name": "y", "authorizerUri": function + "g", "authorizerCredentialsArn": "arn:aws:iam::000000000000:role/r",
			"authorizerPayloadFormatVersion": "2.0", "enableSimpleResponses": true, "identitySource": []any{"$context.routeKey"}, "authorizerResultTtlInSeconds": 7.0},
		fmt.Sprintf("%s/routes/%v", base, route): {"routeKey": "GET /x", "target": fmt.Sprintf("integrations/%v", integration), "operationName": "o", "authorizationType": "AWS_IAM",
			"authorizationScopes": []any{"a"}},
	} {
		wantUpdated(d, path, members)
	}
	wantUpdated(d, base+"/stages/dev", object{"deploymentId": deployment, "description": "d", "clientCertificateId": "c", "stageVariables": object{"a": "1"},
		"accessLogSettings": object{"destinationArn": "arn", "format": "$context.requestId"}, "routeSettings": object{"GET /x": object{"throttlingBurstLimit": 1.0}},
		"defaultRouteSettings": object{"dataTraceEnabled": true, "detailedMetricsEnabled": true, "loggingLevel": "INFO", "throttlingBurstLimit": 3.0, "throttlingRateLimit": 4.5}})
}

// wantUpdated changes something, and then nothing of it, and looks whether it says so.
func wantUpdated(d *desk, path string, members object) {
	d.T.Helper()
	d.Must("PATCH", path, members)
	d.Must("PATCH", path, object{})
	shown := d.Must("GET", path, nil)
	for name, want := range members {
		if fmt.Sprint(shown[name]) != fmt.Sprint(want) {
			d.T.Errorf("%s: %s is %v, want %v", path, name, shown[name], want)
		}
	}
}
