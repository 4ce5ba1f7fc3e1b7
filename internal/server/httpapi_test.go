package server_test

import (
	"encoding/json"
	"testing"
	"time"
)

// httpAPI makes an HTTP API of f's alias live by a target alone, and returns the API's ID and address.
func (c caller) httpAPI() (id, endpoint string) {
	c.t.Helper()
	var api struct{ APIID, APIEndpoint string }
	c.apigateway("POST", "/v2/apis", object{"name": "shop", "protocolType": "HTTP", "target": "arn:aws:lambda:us-east-1:000000000000:function:f:live"}, &api)
	return api.APIID, api.APIEndpoint
}

func TestStageOfAnHTTPAPI(t *testing.T) {
	c := startServer(t, nil)
	c.createURLFunction()
	id, endpoint := c.httpAPI()

	t.Run("API Gateway needs the function's permission", func(t *testing.T) {
		if got, body := c.visit("GET", endpoint, ""); got.StatusCode != 500 || body != `{"message":"Internal Server Error"}` {
			t.Errorf("%s: %s", got.Status, body)
		}
	})
	c.lambda("POST", "/f/policy?Qualifier=live", object{
		"StatementId": "api", "Action": "lambda:InvokeFunction", "Principal": "apigateway.amazonaws.com",
		"SourceArn": "arn:aws:execute-api:us-east-1:000000000000:" + id + "/*/$default",
	}, nil)
	for name, base := range map[string]string{
		"by its own address": endpoint, "by its host on AWS": "http://" + id + ".execute-api.us-east-1.amazonaws.com", "by its path": c.URL + "/_sluice/execute-api/" + id,
	} {
		t.Run(name, func(t *testing.T) {
			got, body := c.visit("POST", base+"/a%20b?q=1", "text", "Content-Type", "text/plain")
			var event struct {
				Version, RawPath, RouteKey, Body string
				QueryStringParameters            map[string]string
				RequestContext                   struct{ AccountID, APIID, Stage string }
			}
			if err := json.Unmarshal([]byte(body), &event); err != nil || got.StatusCode != 200 || event.Version != "2.0" || event.RawPath != "/a b" ||
				event.RouteKey != "$default" || event.Body != "text" || event.QueryStringParameters["q"] != "1" ||
				event.RequestContext.AccountID != "000000000000" || event.RequestContext.APIID != id || event.RequestContext.Stage != "$default" {
				t.Errorf("%s: %s", got.Status, body)
			}
			if got.Header.Get("X-Custom") != "yes" || got.Header.Get("Set-Cookie") != "a=1" || got.Header.Get("Apigw-Requestid") == "" {
				t.Errorf("headers %v", got.Header)
			}
		})
	}
	t.Run("its requests are counted", func(t *testing.T) {
		in := object{
			"Namespace": "AWS/ApiGateway", "MetricName": "5xx", "Statistics": []string{"Sum", "SampleCount"}, "Period": 7200,
			"Dimensions": []object{{"Name": "ApiId", "Value": id}, {"Name": "Stage", "Value": "$default"}},
			"StartTime":  time.Now().Add(-time.Hour).Unix(), "EndTime": time.Now().Add(time.Hour).Unix(),
		}
		var out struct {
			Datapoints []struct{ Sum, SampleCount float64 }
		}
		for deadline := time.Now().Add(10 * time.Second); len(out.Datapoints) == 0 || out.Datapoints[0].SampleCount < 4; {
			if time.Now().After(deadline) {
				t.Fatalf("measured %+v", out)
			}
			c.cloudwatch("GetMetricStatistics", in, &out)
		}
		if out.Datapoints[0].Sum != 1 {
			t.Errorf("measured %+v", out)
		}
	})
}

// The address that a stage names an alias by is filled in anew for each stage.
func TestStagesOfAnHTTPAPILeadToTheirAliases(t *testing.T) {
	c := startServer(t, nil)
	c.createURLFunction()
	var api struct{ APIID string }
	c.apigateway("POST", "/v2/apis", object{"name": "shop", "protocolType": "HTTP"}, &api)
	base := "/v2/apis/" + api.APIID
	var integration struct{ IntegrationID string }
	c.apigateway("POST", base+"/integrations", object{
		"integrationType": "AWS_PROXY", "payloadFormatVersion": "1.0", "integrationUri": "arn:aws:lambda:us-east-1:000000000000:function:f:${stageVariables.alias}",
	}, &integration)
	c.apigateway("POST", base+"/routes", object{"routeKey": "GET /pets/{id}", "target": "integrations/" + integration.IntegrationID}, nil)
	for stage, alias := range map[string]string{"prod": "live", "test": "none"} {
		c.apigateway("POST", base+"/stages", object{"stageName": stage, "autoDeploy": true, "stageVariables": object{"alias": alias}}, nil)
	}
	c.lambda("POST", "/f/policy?Qualifier=live", object{"StatementId": "api", "Action": "lambda:InvokeFunction", "Principal": "apigateway.amazonaws.com"}, nil)
	address := "http://" + api.APIID + ".execute-api.us-east-1.amazonaws.com/"
	got, body := c.visit("GET", address+"prod/pets/7", "")
	var event struct {
		Version, Resource, Path string
		PathParameters          map[string]string
		StageVariables          map[string]string
	}
	if err := json.Unmarshal([]byte(body), &event); err != nil || got.StatusCode != 200 || event.Version != "1.0" || event.Resource != "/pets/{id}" ||
		event.Path != "/prod/pets/7" || event.PathParameters["id"] != "7" || event.StageVariables["alias"] != "live" {
		t.Errorf("%s: %s", got.Status, body)
	}
	if got, body := c.visit("GET", address+"test/pets/7", ""); got.StatusCode != 500 {
		t.Errorf("an alias that is not there: %s: %s", got.Status, body)
	}
}
