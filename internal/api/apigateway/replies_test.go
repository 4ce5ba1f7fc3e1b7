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
	api := d.Must("POST", "/restapis", object{"name": "a"})
	d.Known(fmt.Sprint(api["id"]))
	base := fmt.Sprintf("/restapis/%v", api["id"])
	d.Record("POST", base+"/models", object{"name": "Pet", "contentType": "application/json", "description": "one", "schema": `{"type": "object"}`})
	d.Record("GET", base+"/models/Pet", nil)
	d.Record("GET", base+"/models/Pet?flatten=true", nil)
	d.Record("PATCH", base+"/models/Pet", patch(replace("/description", "all")))
	d.Record("PATCH", base+"/models/Pet", patch(replace("/name", "Dog")))
	d.Record("DELETE", base+"/models/Pet", nil)
	validator := d.Record("POST", base+"/requestvalidators", object{"name": "v", "validateRequestBody": true})
	d.Record("PATCH", fmt.Sprintf("%s/requestvalidators/%v", base, validator["id"]), patch(replace("/validateRequestParameters", "true")))
	d.Record("GET", fmt.Sprintf("%s/requestvalidators/%v", base, validator["id"]), nil)
	d.Record("GET", base+"/requestvalidators", nil)
	for _, wanted := range []object{
		{"name": "token", "type": "TOKEN", "identitySource": "method.request.header.A", "identityValidationExpression": "a+", "authorizerUri": authorizerURI},
		{"name": "request", "type": "REQUEST", "authorizerResultTtlInSeconds": 0, "authorizerUri": authorizerURI, "authorizerCredentials": "arn:aws:iam::000000000000:role/r"},
		{"name": "pool", "type": "COGNITO_USER_POOLS", "identitySource": "method.request.header.A", "providerARNs": []string{"arn:aws:cognito-idp:us-east-1:000000000000:userpool/p"}},
	} {
		made := d.Record("POST", base+"/authorizers", wanted)
		d.Record("PATCH", fmt.Sprintf("%s/authorizers/%v", base, made["id"]), patch(replace("/authorizerResultTtlInSeconds", "60")))
	}
	d.Record("PUT", base+"/gatewayresponses/ACCESS_DENIED", object{"statusCode": "404", "responseParameters": object{"gatewayresponse.header.X": "'x'"}})
	d.Record("PATCH", base+"/gatewayresponses/ACCESS_DENIED", patch(replace("/statusCode", "401"), object{"op": "add", "path": "/responseTemplates/text~1plain", "value": "no"}))
	d.Record("DELETE", base+"/gatewayresponses/ACCESS_DENIED", nil)
	d.Record("GET", base+"/gatewayresponses/ACCESS_DENIED", nil)
	d.Compare("parts.golden")
}

// The answers to what clients do with an API's documentation, whole.
func TestAnswersAboutDocumentation(t *testing.T) {
	d := newDesk(t)
	base := d.mock()
	d.Must("POST", base+"/deployments", object{"stageName": "dev"})
	made := d.Record("POST", base+"/documentation/parts", object{"location": object{"type": "METHOD", "path": "/", "method": "GET"}, "properties": `{"a":"b"}`})
	one := fmt.Sprintf("%s/documentation/parts/%v", base, made["id"])
	d.Record("POST", base+"/documentation/parts", object{"location": object{"type": "PAGE"}, "properties": "{}"})
	d.Record("GET", one, nil)
	d.Record("GET", base+"/documentation/parts?type=API", nil)
	d.Record("GET", base+"/documentation/parts?type=METHOD&path=%2F", nil)
	d.Record("PATCH", one, patch(replace("/properties", `{"a":"c"}`)))
	d.Record("POST", base+"/documentation/versions", object{"documentationVersion": "v1", "stageName": "none"})
	d.Record("POST", base+"/documentation/versions", object{"documentationVersion": "v1", "stageName": "dev"})
	d.Record("PATCH", base+"/documentation/versions/v1", patch(replace("/description", "first")))
	d.Record("GET", base+"/documentation/versions", nil)
	d.Record("GET", base+"/stages/dev", nil)
	d.Record("DELETE", base+"/documentation/versions/v1", nil)
	d.Record("GET", base+"/documentation/versions/v1", nil)
	imported := d.Must("PUT", base+"/documentation/parts", object{"openapi": "3.0.0", "x-amazon-apigateway-documentation": object{
		"documentationParts": []object{{"location": object{"type": "API"}, "properties": object{}}}}})
	d.Known(imported["ids"].([]any)...)
	d.Record("GET", base+"/documentation/parts", nil)
	d.Record("DELETE", one, nil)
	d.Record("DELETE", one, nil)
	d.Record("GET", "/restapis/none/documentation/parts", nil)
	d.Compare("documentation.golden")
}

// The answers to what clients do with a method, whole.
func TestAnswersAboutMethods(t *testing.T) {
	d := newDesk(t)
	api := d.Must("POST", "/restapis", object{"name": "a"})
	d.Known(fmt.Sprint(api["id"]), fmt.Sprint(api["rootResourceId"]))
	method := fmt.Sprintf("/restapis/%v/resources/%v/methods/POST", api["id"], api["rootResourceId"])
	d.Record("PUT", method, object{"authorizationType": "AWS_IAM", "apiKeyRequired": true, "operationName": "op", "requestModels": object{"application/json": "Empty"}})
	d.Record("PATCH", method, patch(replace("/authorizationType", "NONE"), object{"op": "remove", "path": "/requestModels/application~1json"}))
	d.Record("PUT", method+"/responses/200", object{"responseParameters": object{"method.response.header.H": true}})
	d.Record("PATCH", method+"/responses/200", patch(object{"op": "add", "path": "/responseModels/a~1b", "value": "Error"}))
	d.Record("PUT", method+"/integration", object{"type": "AWS_PROXY", "httpMethod": "POST", "uri": authorizerURI, "credentials": "arn:aws:iam::000000000000:role/r", "contentHandling": "CONVERT_TO_TEXT", "tlsConfig": object{"insecureSkipVerification": true}})
	d.Record("PUT", method+"/integration/responses/200", object{"selectionPattern": "", "contentHandling": "CONVERT_TO_BINARY"})
	d.Record("GET", method+"/integration/responses/200", nil)
	d.Record("GET", method+"/integration", nil)
	d.Record("GET", method, nil)
	d.Record("DELETE", method+"/integration/responses/200", nil)
	d.Record("DELETE", method, nil)
	d.Compare("methods.golden")
}

// The answers to what clients do with stages and deployments, whole.
func TestAnswersAboutStages(t *testing.T) {
	d := newDesk(t)
	base := d.mock()
	first := d.Record("POST", base+"/deployments", object{})
	d.Record("PATCH", fmt.Sprintf("%s/deployments/%v", base, first["id"]), patch(replace("/description", "d")))
	d.Record("POST", base+"/stages", object{
		"stageName": "dev", "deploymentId": first["id"], "description": "d", "variables": object{"v": "1"}, "tracingEnabled": true, "cacheClusterEnabled": true,
		"cacheClusterSize": "0.5", "documentationVersion": "1", "tags": object{"a": "b"}, "canarySettings": object{"percentTraffic": 5, "stageVariableOverrides": object{"v": "2"}},
	})
	d.Record("PATCH", base+"/stages/dev", patch(replace("/accessLogSettings/destinationArn", "arn:aws:logs:us-east-1:000000000000:log-group:g"), replace("/accessLogSettings/format", "$context.requestId")))
	d.Record("POST", base+"/deployments", object{"stageName": "dev", "canarySettings": object{"percentTraffic": 10}})
	d.Record("POST", base+"/deployments", object{"stageName": "dev", "variables": object{"v-w": "1"}})
	d.Record("POST", base+"/deployments", object{"stageName": "tst", "canarySettings": object{"percentTraffic": 10}})
	d.Record("PATCH", base+"/stages/dev", patch(replace("/*/*/throttling/rateLimit", "Infinity")))
	d.Record("GET", fmt.Sprintf("%s/stages?deploymentId=%v", base, first["id"]), nil)
	d.Record("DELETE", base+"/stages/dev/cache/authorizers", nil)
	d.Record("DELETE", base+"/stages/dev", nil)
	d.Compare("stages.golden")
}

// mock makes an API with one mock, GET /.
func (d *desk) mock() (base string) {
	d.T.Helper()
	api := d.Must("POST", "/restapis", object{"name": "a"})
	d.Known(fmt.Sprint(api["id"]))
	base = fmt.Sprintf("/restapis/%v", api["id"])
	method := fmt.Sprintf("%s/resources/%v/methods/GET", base, api["rootResourceId"])
	d.Must("PUT", method, object{"authorizationType": "NONE"})
	d.Must("PUT", method+"/integration", object{"type": "MOCK"})
	return base
}

// The answers to what clients do with keys and plans, whole.
func TestAnswersAboutKeys(t *testing.T) {
	d := newDesk(t)
	base := d.mock()
	d.Must("POST", base+"/deployments", object{"stageName": "dev"})
	key := d.Record("POST", "/apikeys", object{"name": "k", "description": "d", "customerId": "c", "value": "01234567890123456789", "tags": object{"a": "b"}})
	at := fmt.Sprintf("/apikeys/%v", key["id"])
	d.Record("POST", "/apikeys", object{"name": "k", "value": "01234567890123456789"})
	d.Record("GET", at+"?includeValue=true", nil)
	d.Record("GET", "/apikeys?includeValues=true&customerId=c", nil)
	d.Record("GET", "/apikeys?name=x", nil)
	d.Record("PATCH", at, patch(replace("/enabled", "true"), object{"op": "add", "path": "/stages", "value": "a/dev"}))
	api := base[len("/restapis/"):]
	plan := d.Record("POST", "/usageplans", object{"name": "p", "apiStages": []object{{"apiId": api, "stage": "dev", "throttle": object{"//GET": object{"burstLimit": 1, "rateLimit": 2}}}}})
	of := fmt.Sprintf("/usageplans/%v", plan["id"])
	d.Record("PATCH", of, patch(replace("/throttle/rateLimit", "0.5"), replace("/quota/limit", "5"), replace("/quota/period", "WEEK")))
	d.Record("POST", of+"/keys", object{"keyId": key["id"], "keyType": "API_KEY"})
	d.Record("POST", of+"/keys", object{"keyId": key["id"], "keyType": "API_KEY"})
	d.Record("GET", fmt.Sprintf("%s/keys/%v", of, key["id"]), nil)
	d.Record("GET", fmt.Sprintf("/usageplans?keyId=%v", key["id"]), nil)
	d.Record("DELETE", of, nil)
	d.Record("DELETE", fmt.Sprintf("%s/keys/%v", of, key["id"]), nil)
	d.Record("DELETE", at, nil)
	d.Compare("keys.golden")
}

// The answers to imported documents, whole.
func TestAnswersAboutImports(t *testing.T) {
	d := newDesk(t)
	const first = `{"swagger": "2.0", "info": {"title": "pets", "version": "1", "description": "d"}, "basePath": "/v1", "x-amazon-apigateway-api-key-source": "HEADER",
		"x-amazon-apigateway-binary-media-types": ["a/b"], "paths": {"/x": {"get": {"x-amazon-apigateway-integration": {"type": "mock"}}}}}`
	const second = `{"openapi": "3.0.1", "info": {"title": "cats"}, "paths": {"/y": {"get": {"responses": {"200": {"content": {"a/b": {"schema": {"$ref": "#/components/schemas/None"}}}}}}}}}`
	api := d.Record("POST", "/restapis?mode=import&basepath=prepend&endpointConfigurationTypes=REGIONAL", first)
	base := fmt.Sprintf("/restapis/%v", api["id"])
	d.Record("GET", base+"/resources", nil)
	d.Record("PUT", base+"?mode=merge&failonwarnings=true", second)
	d.Record("PUT", base+"?mode=merge", second)
	d.Record("GET", base+"/resources", nil)
	d.Record("PUT", base+"?mode=overwrite", first)
	d.Record("GET", base+"/resources", nil)
	d.Record("POST", "/restapis?mode=import", `{"swagger": "2.0"}`)
	d.Record("POST", "/restapis?mode=import&endpointConfigurationTypes=MOON", first)
	d.Record("POST", "/restapis?mode=import", `{"swagger": "2.0", "info": {"title": "a"}, "x-amazon-apigateway-minimum-compression-size": -1}`)
	d.Record("POST", "/restapis?mode=import", `{"swagger": "2.0", "info": {"title": "a"}, "x-amazon-apigateway-api-key-source": "BODY"}`)
	d.Compare("imports.golden")
}

// A document has at most the 6 MiB that AWS takes, on both ways in.
func TestDocumentsThatAreTooLong(t *testing.T) {
	d := newDesk(t)
	api := d.Must("POST", "/restapis", object{"name": "a"})
	long := "{}" + strings.Repeat(" ", 6<<20)
	for _, tt := range []struct{ method, path string }{{"POST", "/restapis?mode=import"}, {"PUT", fmt.Sprintf("/restapis/%v?mode=merge", api["id"])}} {
		d.Refused(tt.method, tt.path, long, http.StatusRequestEntityTooLarge, "RequestEntityTooLargeException", "must be smaller than 6291456 bytes")
	}
}
