package apigateway_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

const authorizerURI = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:f/invocations"

// The answers to what clients do with an API's models, validators, authorizers and gateway responses, whole.
func TestAnswersAboutParts(t *testing.T) {
	d := newDesk(t)
	api := d.must("POST", "/restapis", object{"name": "a"})
	d.ids = append(d.ids, fmt.Sprint(api["id"]))
	base := fmt.Sprintf("/restapis/%v", api["id"])
	d.record("POST", base+"/models", object{"name": "Pet", "contentType": "application/json", "description": "one", "schema": `{"type": "object"}`})
	d.record("GET", base+"/models/Pet", nil)
	d.record("GET", base+"/models/Pet?flatten=true", nil)
	d.record("PATCH", base+"/models/Pet", patch(replace("/description", "all")))
	d.record("PATCH", base+"/models/Pet", patch(replace("/name", "Dog")))
	d.record("DELETE", base+"/models/Pet", nil)
	validator := d.record("POST", base+"/requestvalidators", object{"name": "v", "validateRequestBody": true})
	d.record("PATCH", fmt.Sprintf("%s/requestvalidators/%v", base, validator["id"]), patch(replace("/validateRequestParameters", "true")))
	d.record("GET", fmt.Sprintf("%s/requestvalidators/%v", base, validator["id"]), nil)
	d.record("GET", base+"/requestvalidators", nil)
	for _, wanted := range []object{
		{"name": "token", "type": "TOKEN", "identitySource": "method.request.header.A", "identityValidationExpression": "a+", "authorizerUri": authorizerURI},
		{"name": "request", "type": "REQUEST", "authorizerResultTtlInSeconds": 0, "authorizerUri": authorizerURI, "authorizerCredentials": "arn:aws:iam::000000000000:role/r"},
		{"name": "pool", "type": "COGNITO_USER_POOLS", "identitySource": "method.request.header.A", "providerARNs": []string{"arn:aws:cognito-idp:us-east-1:000000000000:userpool/p"}},
	} {
		made := d.record("POST", base+"/authorizers", wanted)
		d.record("PATCH", fmt.Sprintf("%s/authorizers/%v", base, made["id"]), patch(replace("/authorizerResultTtlInSeconds", "60")))
	}
	d.record("PUT", base+"/gatewayresponses/ACCESS_DENIED", object{"statusCode": "404", "responseParameters": object{"gatewayresponse.header.X": "'x'"}})
	d.record("PATCH", base+"/gatewayresponses/ACCESS_DENIED", patch(replace("/statusCode", "401"), object{"op": "add", "path": "/responseTemplates/text~1plain", "value": "no"}))
	d.record("DELETE", base+"/gatewayresponses/ACCESS_DENIED", nil)
	d.record("GET", base+"/gatewayresponses/ACCESS_DENIED", nil)
	d.compare("parts.golden")
}

// The answers to what clients do with a method, whole.
func TestAnswersAboutMethods(t *testing.T) {
	d := newDesk(t)
	api := d.must("POST", "/restapis", object{"name": "a"})
	d.ids = append(d.ids, fmt.Sprint(api["id"]), fmt.Sprint(api["rootResourceId"]))
	method := fmt.Sprintf("/restapis/%v/resources/%v/methods/POST", api["id"], api["rootResourceId"])
	d.record("PUT", method, object{"authorizationType": "AWS_IAM", "apiKeyRequired": true, "operationName": "op", "requestModels": object{"application/json": "Empty"}})
	d.record("PATCH", method, patch(replace("/authorizationType", "NONE"), object{"op": "remove", "path": "/requestModels/application~1json"}))
	d.record("PUT", method+"/responses/200", object{"responseParameters": object{"method.response.header.H": true}})
	d.record("PATCH", method+"/responses/200", patch(object{"op": "add", "path": "/responseModels/a~1b", "value": "Error"}))
	d.record("PUT", method+"/integration", object{"type": "AWS_PROXY", "httpMethod": "POST", "uri": authorizerURI, "credentials": "arn:aws:iam::000000000000:role/r", "contentHandling": "CONVERT_TO_TEXT", "tlsConfig": object{"insecureSkipVerification": true}})
	d.record("PUT", method+"/integration/responses/200", object{"selectionPattern": "", "contentHandling": "CONVERT_TO_BINARY"})
	d.record("GET", method+"/integration/responses/200", nil)
	d.record("GET", method+"/integration", nil)
	d.record("GET", method, nil)
	d.record("DELETE", method+"/integration/responses/200", nil)
	d.record("DELETE", method, nil)
	d.compare("methods.golden")
}

// The answers to what clients do with stages and deployments, whole.
func TestAnswersAboutStages(t *testing.T) {
	d := newDesk(t)
	base := d.mock()
	first := d.record("POST", base+"/deployments", object{})
	d.record("PATCH", fmt.Sprintf("%s/deployments/%v", base, first["id"]), patch(replace("/description", "d")))
	d.record("POST", base+"/stages", object{
		"stageName": "dev", "deploymentId": first["id"], "description": "d", "variables": object{"v": "1"}, "tracingEnabled": true, "cacheClusterEnabled": true,
		"cacheClusterSize": "0.5", "documentationVersion": "1", "tags": object{"a": "b"}, "canarySettings": object{"percentTraffic": 5, "stageVariableOverrides": object{"v": "2"}},
	})
	d.record("PATCH", base+"/stages/dev", patch(replace("/accessLogSettings/destinationArn", "arn:aws:logs:us-east-1:000000000000:log-group:g"), replace("/accessLogSettings/format", "$context.requestId")))
	d.record("POST", base+"/deployments", object{"stageName": "dev", "canarySettings": object{"percentTraffic": 10}})
	d.record("POST", base+"/deployments", object{"stageName": "dev", "variables": object{"v-w": "1"}})
	d.record("POST", base+"/deployments", object{"stageName": "tst", "canarySettings": object{"percentTraffic": 10}})
	d.record("PATCH", base+"/stages/dev", patch(replace("/*/*/throttling/rateLimit", "Infinity")))
	d.record("GET", fmt.Sprintf("%s/stages?deploymentId=%v", base, first["id"]), nil)
	d.record("DELETE", base+"/stages/dev/cache/authorizers", nil)
	d.record("DELETE", base+"/stages/dev", nil)
	d.compare("stages.golden")
}

// mock makes an API with one mock, GET /.
func (d *desk) mock() (base string) {
	d.t.Helper()
	api := d.must("POST", "/restapis", object{"name": "a"})
	d.ids = append(d.ids, fmt.Sprint(api["id"]))
	base = fmt.Sprintf("/restapis/%v", api["id"])
	method := fmt.Sprintf("%s/resources/%v/methods/GET", base, api["rootResourceId"])
	d.must("PUT", method, object{"authorizationType": "NONE"})
	d.must("PUT", method+"/integration", object{"type": "MOCK"})
	return base
}

// The answers to what clients do with keys and plans, whole.
func TestAnswersAboutKeys(t *testing.T) {
	d := newDesk(t)
	base := d.mock()
	d.must("POST", base+"/deployments", object{"stageName": "dev"})
	key := d.record("POST", "/apikeys", object{"name": "k", "description": "d", "customerId": "c", "value": "01234567890123456789", "tags": object{"a": "b"}})
	at := fmt.Sprintf("/apikeys/%v", key["id"])
	d.record("POST", "/apikeys", object{"name": "k", "value": "01234567890123456789"})
	d.record("GET", at+"?includeValue=true", nil)
	d.record("GET", "/apikeys?includeValues=true&customerId=c", nil)
	d.record("GET", "/apikeys?name=x", nil)
	d.record("PATCH", at, patch(replace("/enabled", "true"), object{"op": "add", "path": "/stages", "value": "a/dev"}))
	api := base[len("/restapis/"):]
	plan := d.record("POST", "/usageplans", object{"name": "p", "apiStages": []object{{"apiId": api, "stage": "dev", "throttle": object{"//GET": object{"burstLimit": 1, "rateLimit": 2}}}}})
	of := fmt.Sprintf("/usageplans/%v", plan["id"])
	d.record("PATCH", of, patch(replace("/throttle/rateLimit", "0.5"), replace("/quota/limit", "5"), replace("/quota/period", "WEEK")))
	d.record("POST", of+"/keys", object{"keyId": key["id"], "keyType": "API_KEY"})
	d.record("POST", of+"/keys", object{"keyId": key["id"], "keyType": "API_KEY"})
	d.record("GET", fmt.Sprintf("%s/keys/%v", of, key["id"]), nil)
	d.record("GET", fmt.Sprintf("/usageplans?keyId=%v", key["id"]), nil)
	d.record("DELETE", of, nil)
	d.record("DELETE", fmt.Sprintf("%s/keys/%v", of, key["id"]), nil)
	d.record("DELETE", at, nil)
	d.compare("keys.golden")
}

// The answers to imported documents, whole.
func TestAnswersAboutImports(t *testing.T) {
	d := newDesk(t)
	const first = `{"swagger": "2.0", "info": {"title": "pets", "version": "1", "description": "d"}, "basePath": "/v1", "x-amazon-apigateway-api-key-source": "HEADER",
		"x-amazon-apigateway-binary-media-types": ["a/b"], "paths": {"/x": {"get": {"x-amazon-apigateway-integration": {"type": "mock"}}}}}`
	const second = `{"openapi": "3.0.1", "info": {"title": "cats"}, "paths": {"/y": {"get": {"responses": {"200": {"content": {"a/b": {"schema": {"$ref": "#/components/schemas/None"}}}}}}}}}`
	api := d.record("POST", "/restapis?mode=import&basepath=prepend&endpointConfigurationTypes=REGIONAL", first)
	base := fmt.Sprintf("/restapis/%v", api["id"])
	d.record("GET", base+"/resources", nil)
	d.record("PUT", base+"?mode=merge&failonwarnings=true", second)
	d.record("PUT", base+"?mode=merge", second)
	d.record("GET", base+"/resources", nil)
	d.record("PUT", base+"?mode=overwrite", first)
	d.record("GET", base+"/resources", nil)
	d.record("POST", "/restapis?mode=import", `{"swagger": "2.0"}`)
	d.record("POST", "/restapis?mode=import&endpointConfigurationTypes=MOON", first)
	d.record("POST", "/restapis?mode=import", `{"swagger": "2.0", "info": {"title": "a"}, "x-amazon-apigateway-minimum-compression-size": -1}`)
	d.record("POST", "/restapis?mode=import", `{"swagger": "2.0", "info": {"title": "a"}, "x-amazon-apigateway-api-key-source": "BODY"}`)
	d.compare("imports.golden")
}

// A document has at most the 6 MiB that AWS takes, on both ways in.
func TestDocumentsThatAreTooLong(t *testing.T) {
	d := newDesk(t)
	api := d.must("POST", "/restapis", object{"name": "a"})
	long := "{}" + strings.Repeat(" ", 6<<20)
	for _, tt := range []struct{ method, path string }{{"POST", "/restapis?mode=import"}, {"PUT", fmt.Sprintf("/restapis/%v?mode=merge", api["id"])}} {
		d.refused(tt.method, tt.path, long, http.StatusRequestEntityTooLarge, "RequestEntityTooLargeException", "must be smaller than 6291456 bytes")
	}
}
