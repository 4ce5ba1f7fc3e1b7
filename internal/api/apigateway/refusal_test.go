package apigateway_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// Requests that can't be, each with AWS's words where they are known.
func TestRefusals(t *testing.T) {
	d := newDesk(t)
	api := d.Must("POST", "/restapis", object{"name": "a"})
	base := fmt.Sprintf("/restapis/%v", api["id"])
	root := fmt.Sprintf("%s/resources/%v", base, api["rootResourceId"])
	method := root + "/methods/GET"
	d.Must("PUT", method, object{"authorizationType": "NONE"})
	lambda := "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:f/invocations"
	for _, tt := range []struct {
		method, path string
		body         any
		status       int
		code, part   string
	}{
		{"GET", "/restapis/none", nil, 404, "NotFoundException", "Invalid API identifier specified 000000000000:none"},
		{"POST", "/restapis", object{}, 400, "ValidationException", "Value null at 'createRestApiInput.name'"},
		{"POST", "/restapis", object{"name": ""}, 400, "BadRequestException", "REST API name must not be empty."},
		{"POST", "/restapis", object{"name": "x", "cloneFrom": "none"}, 400, "BadRequestException", "Invalid API identifier specified"},
		{"POST", "/restapis", object{"name": "x", "policy": "{"}, 400, "BadRequestException", "Invalid policy document"},
		{"POST", "/restapis", object{"name": "x", "apiKeySource": "BODY"}, 400, "ValidationException", "createRestApiInput.apiKeySource"},
		{"PATCH", base, patch(replace("/nothing", "x")), 400, "BadRequestException", "Invalid patch path /nothing"},
		{"PATCH", base, patch(replace("/endpointConfiguration/types/EDGE", "MOON")), 400, "BadRequestException", "Valid options are REGIONAL,EDGE,PRIVATE"},
		{"PATCH", base, patch(replace("/minimumCompressionSize", "much")), 400, "BadRequestException", "Invalid minimum compression size"},
		{"POST", root, object{"pathPart": "a b"}, 400, "BadRequestException", "path part only allow"},
		{"POST", base + "/resources/none", object{"pathPart": "a"}, 404, "NotFoundException", "Invalid Resource identifier specified"},
		{"DELETE", root, nil, 400, "BadRequestException", "Root resource"},
		{"PATCH", root, patch(replace("/pathPart", "x")), 400, "BadRequestException", "Root resource"},
		{"PUT", method, object{"authorizationType": "NONE"}, 409, "ConflictException", "Method already exists for this resource"},
		{"PUT", root + "/methods/BREW", object{"authorizationType": "NONE"}, 400, "BadRequestException", "Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY"},
		{"PUT", root + "/methods/PUT", object{"authorizationType": "TRUST"}, 400, "BadRequestException", "Invalid Authorization Type"},
		{"PUT", root + "/methods/PUT", object{"authorizationType": "NONE", "requestModels": object{"a/b": "none"}}, 400, "BadRequestException", "Invalid model identifier specified: none"},
		{"PUT", root + "/methods/PUT", object{"authorizationType": "NONE", "requestParameters": object{"method.request.path.a": true, "method.request.header.a": true}}, 400, "BadRequestException", "must be unique"},
		{"PUT", method + "/responses/200", object{"responseParameters": object{"header.X": true}}, 400, "BadRequestException", "Invalid mapping expression specified"},
		{"GET", method + "/responses/200", nil, 404, "NotFoundException", "Invalid Response status code specified"},
		{"GET", method + "/integration", nil, 404, "NotFoundException", "Invalid Integration identifier specified"},
		{"PUT", method + "/integration", object{"type": "HTTP", "httpMethod": "GET", "uri": "ftp://x"}, 400, "BadRequestException", "Invalid HTTP endpoint specified for URI"},
		{"PUT", method + "/integration", object{"type": "AWS_PROXY", "uri": lambda}, 400, "BadRequestException", "Enumeration value for HttpMethod must be non-empty"},
		{"PUT", method + "/integration", object{"type": "MOCK", "timeoutInMillis": 30000}, 400, "BadRequestException", "Timeout should be between 50 ms and 29000 ms"},
		{"PUT", method + "/integration", object{"type": "MOCK", "passthroughBehavior": "SOMETIMES"}, 400, "BadRequestException", "Invalid passthrough behavior"},
		{"PUT", method + "/integration", object{"type": "MOCK", "requestParameters": object{"integration.request.header.a": "nothing"}}, 400, "BadRequestException", "specified: nothing"},
		{"PUT", method + "/integration/responses/200", object{}, 404, "NotFoundException", "Invalid Integration identifier specified"},
		{"POST", base + "/deployments", object{}, 400, "BadRequestException", "No integration defined for method"},
		{"POST", base + "/deployments", object{"stageName": "a b"}, 400, "BadRequestException", "No integration"},
		{"POST", base + "/stages", object{"stageName": "s", "deploymentId": "none"}, 400, "BadRequestException", "Deployment id does not exist"},
		{"GET", base + "/stages/none", nil, 404, "NotFoundException", "Invalid stage identifier specified"},
		{"GET", base + "/deployments/none", nil, 404, "NotFoundException", "Invalid Deployment identifier specified"},
		{"POST", base + "/models", object{"name": "Empty", "contentType": "a/b", "schema": "{}"}, 409, "ConflictException", "Model name already exists for this REST API"},
		{"POST", base + "/models", object{"name": "a-b", "contentType": "a/b", "schema": "{}"}, 400, "BadRequestException", "alphanumeric"},
		{"POST", base + "/models", object{"name": "ab", "contentType": "a/b", "schema": "["}, 400, "BadRequestException", "Invalid model"},
		{"POST", base + "/authorizers", object{"name": "w", "type": "TOKEN", "authorizerUri": "x"}, 400, "BadRequestException", "Invalid Authorizer URI"},
		{"POST", base + "/authorizers", object{"name": "w", "type": "TOKEN", "authorizerUri": lambda}, 400, "BadRequestException", "Identity source is required"},
		{"POST", base + "/authorizers", object{"name": "w", "type": "JWT"}, 400, "NotImplementedException", "JWT"},
		{"GET", base + "/gatewayresponses/TEAPOT", nil, 400, "ValidationException", "at 'responseType' failed"},
		{"POST", "/restapis/none/authorizers", object{"name": "w", "type": "TOKEN"}, 409, "ConflictException", "Unable to complete operation due to concurrent modification"},
		{"PATCH", method + "/responses/wrong", object{"patchOperations": []object{{"op": "try", "path": "/"}}}, 400, "ValidationException",
			"2 validation errors detected: Value 'try' at 'updateMethodResponseInput.patchOperations.1.member.op' failed to satisfy constraint: Member must satisfy enum value set: [add, remove, move, test, replace, copy]; Value 'wrong' at 'statusCode'"},
		{"DELETE", root + "/methods/POST/integration/responses/200", nil, 404, "NotFoundException", "Invalid Integration identifier specified"},
		{"POST", base + "/deployments", object{"canarySettings": object{}}, 400, "BadRequestException", "must be provided for canary deployment. Provided value is null"},
		{"POST", base + "/deployments", object{"stageName": "", "canarySettings": object{}}, 400, "BadRequestException", "must be provided for canary deployment. Provided value is "},
		{"PUT", "/restapis/none", "[]", 400, "BadRequestException", "Invalid OpenAPI input"},
		{"GET", base + "/gatewayresponses/FAKE", nil, 400, "ValidationException", "enum value set: [REQUEST_TOO_LARGE, RESOURCE_NOT_FOUND, AUTHORIZER_CONFIGURATION_ERROR,"},
		{"DELETE", base + "/gatewayresponses/THROTTLED", nil, 404, "NotFoundException", "Gateway response type not defined on api"},
		{"POST", "/apikeys", object{"value": "short"}, 400, "BadRequestException", "at least 20 characters"},
		{"GET", "/apikeys/none", nil, 404, "NotFoundException", "Invalid API Key identifier specified"},
		{"POST", "/usageplans", object{"name": "p", "quota": object{"limit": 0, "period": "DAY"}}, 400, "BadRequestException", "quota"},
		{"POST", "/usageplans", object{"name": "p", "apiStages": []object{{"apiId": api["id"], "stage": "none"}}}, 404, "NotFoundException", "Invalid API Stage"},
		{"GET", "/usageplans/none", nil, 404, "NotFoundException", "Invalid Usage Plan ID specified"},
		{"GET", "/usageplans/none/usage?startDate=today&endDate=2024-01-01", nil, 400, "BadRequestException", "YYYY-MM-DD"},
		{"GET", "/tags/arn%3Aaws%3As3%3A%3A%3Ax", nil, 400, "BadRequestException", "Invalid ARN"},
		{"POST", "/restapis?mode=import", "{", 400, "BadRequestException", "Invalid OpenAPI input"},
		{"POST", "/restapis?mode=import&parameters=x", "[]", 400, "BadRequestException", "Invalid OpenAPI input"},
		{"PUT", base + "?mode=replace", "{}", 400, "ValidationException", "[merge, overwrite]"},
		{"GET", base + "/stages/none/exports/raml", nil, 400, "BadRequestException", "No API exporter for type 'raml'"},
		{"POST", "/vpclinks", object{"name": "x"}, 400, "NotImplementedException", "CreateVpcLink"},
	} {
		t.Run(tt.method+" "+strings.NewReplacer(base, "API", root, "ROOT").Replace(tt.path)+" "+tt.part, func(t *testing.T) {
			d.T = t
			d.Refused(tt.method, tt.path, tt.body, tt.status, tt.code, tt.part)
		})
	}
}

func TestDeploymentOfNoMethods(t *testing.T) {
	d := newDesk(t)
	api := d.Must("POST", "/restapis", object{"name": "a"})
	d.Refused("POST", fmt.Sprintf("/restapis/%v/deployments", api["id"]), object{}, http.StatusBadRequest, "BadRequestException", "The REST API doesn't contain any methods")
}
