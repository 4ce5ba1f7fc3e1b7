package apigateway_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// The answers to what clients do with an API, whole.
func TestAnswers(t *testing.T) {
	d := newDesk(t)
	api := d.Record("POST", "/restapis", object{"name": "pets", "version": "v1", "description": "all of them", "binaryMediaTypes": []string{"image/png"}, "tags": object{"team": "a"}})
	base := fmt.Sprintf("/restapis/%v", api["id"])
	d.Record("GET", base, nil)
	d.Record("PATCH", base, patch(replace("/name", "cats"), object{"op": "add", "path": "/binaryMediaTypes/a~1b"}, replace("/minimumCompressionSize", "10")))
	part := d.Record("POST", fmt.Sprintf("%s/resources/%v", base, api["rootResourceId"]), object{"pathPart": "{id}"})
	resource := fmt.Sprintf("%s/resources/%v", base, part["id"])
	method := resource + "/methods/GET"
	d.Record("PUT", method, object{"authorizationType": "NONE", "requestParameters": object{"method.request.path.id": true}})
	d.Record("PUT", method+"/responses/200", object{"responseModels": object{"application/json": "Empty"}})
	d.Record("PUT", method+"/integration", object{"type": "MOCK", "requestTemplates": object{"application/json": `{"statusCode": 200}`}})
	d.Record("PUT", method+"/integration/responses/200", object{"responseTemplates": object{"application/json": "1"}})
	d.Record("PATCH", method+"/integration", patch(replace("/timeoutInMillis", "50"), object{"op": "add", "path": "/cacheKeyParameters/method.request.path.id"}))
	d.Record("PATCH", method+"/integration/responses/200", patch(replace("/selectionPattern", "2.."), object{"op": "remove", "path": "/responseTemplates/application~1json"}))
	d.Record("GET", base+"/resources?embed=methods", nil)
	d.Record("GET", base+"/resources?limit=1", nil)
	d.Record("PATCH", resource, patch(replace("/pathPart", "{name}")))
	d.Record("POST", base+"/authorizers", object{"name": "who", "type": "TOKEN", "identitySource": "method.request.header.A",
		"authorizerUri": "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:f/invocations"})
	d.Record("GET", base+"/gatewayresponses/DEFAULT_4XX", nil)
	d.Record("PUT", base+"/gatewayresponses/THROTTLED", object{"statusCode": "503"})
	deployment := d.Record("POST", base+"/deployments", object{"stageName": "dev", "variables": object{"a": "b"}, "description": "first"})
	d.Record("GET", fmt.Sprintf("%s/deployments/%v?embed=apisummary", base, deployment["id"]), nil)
	d.Record("PATCH", base+"/stages/dev", patch(
		replace("/*/*/throttling/rateLimit", "2.5"), replace("/~1{id}/GET/logging/loglevel", "INFO"), replace("/variables/a", "c"), replace("/tracingEnabled", "true"),
		replace("/canarySettings/percentTraffic", "10"), replace("/canarySettings/stageVariableOverrides/a", "d")))
	d.Record("PATCH", base+"/stages/dev", patch(object{"op": "copy", "from": "/canarySettings/stageVariableOverrides", "path": "/variables"}, object{"op": "remove", "path": "/canarySettings"}, object{"op": "remove", "path": "/*/*"}))
	d.Record("GET", base+"/stages", nil)
	key := d.Record("POST", "/apikeys", object{"name": "k", "enabled": true, "value": "01234567890123456789"})
	plan := d.Record("POST", "/usageplans", object{"name": "p", "throttle": object{"burstLimit": 1, "rateLimit": 2},
		"quota": object{"limit": 5, "period": "DAY"}, "apiStages": []object{{"apiId": api["id"], "stage": "dev"}}})
	at := fmt.Sprintf("/usageplans/%v", plan["id"])
	d.Record("POST", at+"/keys", object{"keyId": key["id"], "keyType": "API_KEY"})
	d.Record("GET", at+"/keys", nil)
	d.Record("GET", at+"/usage?startDate=2024-01-01&endDate=2024-01-02", nil)
	d.Record("PATCH", at, patch(object{"op": "remove", "path": "/apiStages", "value": fmt.Sprintf("%v:dev", api["id"])}, object{"op": "remove", "path": "/quota"}))
	d.Record("GET", fmt.Sprintf("/apikeys/%v", key["id"]), nil)
	d.Record("GET", "/account", nil)
	d.Record("PATCH", "/account", patch(replace("/cloudwatchRoleArn", "arn:aws:iam::000000000000:role/logs")))
	tags := fmt.Sprintf("/tags/arn%%3Aaws%%3Aapigateway%%3Aus-east-1%%3A%%3A%%2Frestapis%%2F%v", api["id"])
	d.Record("PUT", tags, object{"tags": object{"more": "b"}})
	d.Record("DELETE", tags+"?tagKeys=team", nil)
	d.Record("GET", tags, nil)
	d.Record("GET", base+"/stages/dev/exports/oas30", nil)
	d.Record("GET", base+"/stages/dev/exports/swagger?extensions=apigateway", nil)
	d.Record("DELETE", base, nil)
	d.Record("GET", base, nil)
	d.Compare("replies.golden")
}

// What is deleted is gone, and what is in use is not deleted.
func TestDeletions(t *testing.T) {
	d := newDesk(t)
	api := d.Must("POST", "/restapis", object{"name": "a"})
	base := fmt.Sprintf("/restapis/%v", api["id"])
	method := fmt.Sprintf("%s/resources/%v/methods/GET", base, api["rootResourceId"])
	validator := d.Must("POST", base+"/requestvalidators", object{"name": "v"})
	d.Must("PUT", method, object{"authorizationType": "NONE", "requestValidatorId": validator["id"], "requestModels": object{"application/json": "Error"}})
	d.Must("PUT", method+"/responses/200", object{})
	d.Must("PUT", method+"/integration", object{"type": "MOCK"})
	d.Must("PUT", method+"/integration/responses/200", object{})
	deployment := d.Must("POST", base+"/deployments", object{"stageName": "s"})
	at := fmt.Sprintf("%s/deployments/%v", base, deployment["id"])
	d.Refused("DELETE", base+"/models/Error", nil, http.StatusConflict, "ConflictException", "is referenced in method request: //GET")
	d.Refused("DELETE", fmt.Sprintf("%s/requestvalidators/%v", base, validator["id"]), nil, http.StatusConflict, "ConflictException", "is referenced")
	d.Refused("DELETE", at, nil, http.StatusBadRequest, "BadRequestException", "Active stages")
	for _, path := range []string{
		method + "/integration/responses/200", method + "/integration", method + "/responses/200", method, base + "/models/Error",
		fmt.Sprintf("%s/requestvalidators/%v", base, validator["id"]), base + "/stages/s", at, base,
	} {
		d.Must("DELETE", path, nil)
		d.Refused("DELETE", path, nil, http.StatusNotFound, "NotFoundException", "Invalid")
	}
}

// A method is tried as it is, without a deployment, a key or a signature.
func TestMethodsAreTried(t *testing.T) {
	d := newDesk(t)
	api := d.Must("POST", "/restapis", object{"name": "a"})
	method := fmt.Sprintf("/restapis/%v/resources/%v/methods/POST", api["id"], api["rootResourceId"])
	d.Must("PUT", method, object{"authorizationType": "AWS_IAM", "apiKeyRequired": true})
	d.Must("PUT", method+"/integration", object{"type": "MOCK", "requestTemplates": object{"application/json": `{"statusCode": 201}`}})
	d.Must("PUT", method+"/responses/201", object{})
	d.Must("PUT", method+"/integration/responses/201", object{"responseTemplates": object{"application/json": `$stageVariables.v $input.params('q') $input.params('H')`}})
	out := d.Must("POST", method, object{"pathWithQueryString": "/?q=2", "stageVariables": object{"v": "1"}, "headers": object{"h": "3"}, "body": "{}"})
	if out["body"] != "1 2 3" || fmt.Sprint(out["status"]) != "201" || !strings.Contains(fmt.Sprint(out["log"]), "Method completed with status: 201") {
		t.Errorf("tried: %v", out)
	}
	d.Refused("POST", strings.Replace(method, "POST", "GET", 1), object{}, http.StatusNotFound, "NotFoundException", "Invalid Method identifier specified")
}
