package server_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// apigateway calls API Gateway in its REST protocol.
func (c caller) apigateway(method, path string, in, out any) {
	c.t.Helper()
	var body []byte
	if in != nil {
		body, _ = json.Marshal(in)
	}
	r, err := c.Request(c.t.Context(), "apigateway", method, path, http.Header{"Content-Type": {"application/json"}}, body)
	if err != nil {
		c.t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode >= 300 {
		c.t.Fatalf("%s %s: %s %s %v", method, path, answer.Status, content, err)
	}
	if out != nil {
		if err := json.Unmarshal(content, out); err != nil {
			c.t.Fatal(err)
		}
	}
}

// createAPI makes a REST API whose root hands GET to f, by the alias that its stage "dev" names, and returns the API's ID.
func (c caller) createAPI(method object) string {
	c.t.Helper()
	var api struct{ ID, RootResourceID string }
	c.apigateway("POST", "/restapis", object{"name": "shop"}, &api)
	at := "/restapis/" + api.ID + "/resources/" + api.RootResourceID + "/methods/GET"
	c.apigateway("PUT", at, method, nil)
	c.apigateway("PUT", at+"/integration", object{
		"type": "AWS_PROXY", "httpMethod": "POST",
		"uri": "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:f:${stageVariables.alias}/invocations",
	}, nil)
	c.apigateway("POST", "/restapis/"+api.ID+"/deployments", object{"stageName": "dev", "variables": object{"alias": "live"}}, nil)
	return api.ID
}

func TestStageOfARESTAPI(t *testing.T) {
	c := startServer(t, nil)
	c.createURLFunction()
	id := c.createAPI(object{"authorizationType": "NONE"})
	address := "http://" + id + ".execute-api.us-east-1.amazonaws.com/dev"

	t.Run("API Gateway needs the function's permission", func(t *testing.T) {
		if got, body := c.visit("GET", address, ""); got.StatusCode != 500 || body != `{"message":"Internal server error"}` {
			t.Errorf("%s: %s", got.Status, body)
		}
	})
	c.lambda("POST", "/f/policy?Qualifier=live", object{
		"StatementId": "api", "Action": "lambda:InvokeFunction", "Principal": "apigateway.amazonaws.com",
		"SourceArn": "arn:aws:execute-api:us-east-1:000000000000:" + id + "/*/GET/",
	}, nil)
	for name, base := range map[string]string{"by its host": address, "by its path": c.URL + "/_sluice/execute-api/" + id + "/dev"} {
		t.Run(name, func(t *testing.T) {
			got, body := c.visit("GET", base+"?q=1", "", "ExTrA", "caps")
			var event struct {
				Path           string
				Headers        map[string]string
				RequestContext struct{ Path, APIID string }
			}
			if err := json.Unmarshal([]byte(body), &event); err != nil || got.StatusCode != 200 || event.Path != "/" || event.RequestContext.Path != "/dev" ||
				event.RequestContext.APIID != id || event.Headers["Extra"] != "caps" {
				t.Errorf("%s: %s", got.Status, body)
			}
		})
	}
	t.Run("its requests are counted", func(t *testing.T) {
		in := object{
			"Namespace": "AWS/ApiGateway", "MetricName": "5XXError", "Statistics": []string{"Sum", "SampleCount"}, "Period": 7200,
			"Dimensions": []object{{"Name": "ApiName", "Value": "shop"}, {"Name": "Stage", "Value": "dev"}},
			"StartTime":  time.Now().Add(-time.Hour).Unix(), "EndTime": time.Now().Add(time.Hour).Unix(),
		}
		var out struct {
			Datapoints []struct{ Sum, SampleCount float64 }
		}
		for deadline := time.Now().Add(10 * time.Second); len(out.Datapoints) == 0 || out.Datapoints[0].SampleCount < 3; {
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

func TestAPIKeysOpenStages(t *testing.T) {
	c := startServer(t, nil)
	c.createURLFunction()
	id := c.createAPI(object{"authorizationType": "NONE", "apiKeyRequired": true})
	var key, plan struct{ ID, Value string }
	c.apigateway("POST", "/apikeys", object{"name": "k", "enabled": true, "value": strings.Repeat("k", 20)}, &key)
	c.apigateway("POST", "/usageplans", object{
		"name": "p", "apiStages": []object{{"apiId": id, "stage": "dev"}}, "quota": object{"limit": 2, "period": "MONTH"},
	}, &plan)
	ask := func() int {
		got, _ := c.visit("GET", "http://"+id+".execute-api.us-east-1.localhost/dev", "", "x-api-key", key.Value)
		return got.StatusCode
	}
	if got := ask(); got != 403 {
		t.Errorf("without a plan: %d", got)
	}
	c.apigateway("POST", "/usageplans/"+plan.ID+"/keys", object{"keyId": key.ID, "keyType": "API_KEY"}, nil)
	for _, want := range []int{500, 500, 429} { // the function lets nobody in, and the plan two
		if got := ask(); got != want {
			t.Errorf("with the plan: %d, want %d", got, want)
		}
	}
}
