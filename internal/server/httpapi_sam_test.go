package server_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// samHTTPAPI is an HTTP API as SAM has them, in front of the function f that is there already.
const samHTTPAPI = `
Transform: AWS::Serverless-2016-10-31
Parameters:
  Color: {Type: String}
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      StageName: prod
      FailOnWarnings: true
      StageVariables: {color: !Ref Color}
      CorsConfiguration: {AllowOrigins: ['https://a.example'], AllowMethods: [GET]}
      DefinitionBody:
        openapi: 3.0.1
        info: {title: shop, version: '1'}
        paths:
          /pets/{id}:
            get:
              x-amazon-apigateway-integration:
                type: aws_proxy
                httpMethod: POST
                payloadFormatVersion: 2.0
                uri: !Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:f:live/invocations'
Outputs:
  Id: {Value: !Ref Api}
`

// A stack makes the API of SAM, requests reach the function through it, and an update of the stack is shown at once.
func TestHTTPAPIOfSAM(t *testing.T) {
	c := startServer(t, nil)
	c.createURLFunction()
	c.lambda("POST", "/f/policy?Qualifier=live", object{"StatementId": "api", "Action": "lambda:InvokeFunction", "Principal": "apigateway.amazonaws.com"}, nil)
	parameters := func(color string) []string {
		return []string{
			"StackName", "shop", "TemplateBody", samHTTPAPI, "Capabilities.member.1", "CAPABILITY_AUTO_EXPAND",
			"Parameters.member.1.ParameterKey", "Color", "Parameters.member.1.ParameterValue", color,
		}
	}
	id := ""
	for _, step := range []struct{ operation, color string }{{"CreateStack", "red"}, {"UpdateStack", "blue"}} {
		if status, body := c.cloudformation(step.operation, parameters(step.color)...); status != http.StatusOK {
			t.Fatalf("%s: %d %s", step.operation, status, body)
		}
		told := c.settled("shop")
		found := regexp.MustCompile(`<OutputValue>([a-z0-9]{10})</OutputValue>`).FindStringSubmatch(told)
		if !strings.Contains(told, "_COMPLETE</StackStatus>") || strings.Contains(told, "ROLLBACK") || found == nil || id != "" && found[1] != id {
			t.Fatalf("%s: %s", step.operation, told)
		}
		id = found[1]
		got, body := c.visit("GET", "http://"+id+".execute-api.us-east-1.amazonaws.com/prod/pets/7", "", "Origin", "https://a.example")
		if got.StatusCode != http.StatusOK || !strings.Contains(body, `"pathParameters":{"id":"7"}`) || !strings.Contains(body, `"stageVariables":{"color":"`+step.color+`"}`) ||
			got.Header.Get("Access-Control-Allow-Origin") != "https://a.example" {
			t.Errorf("%s: %s %v %s", step.operation, got.Status, got.Header, body)
		}
	}
	if status, body := c.cloudformation("DeleteStack", "StackName", "shop"); status != http.StatusOK {
		t.Fatalf("%d %s", status, body)
	}
	for status := http.StatusOK; status != http.StatusForbidden && status != http.StatusNotFound; {
		got, _ := c.visit("GET", "http://"+id+".execute-api.us-east-1.amazonaws.com/prod/pets/7", "")
		if status = got.StatusCode; t.Context().Err() != nil {
			t.Fatal("the API is still there")
		}
	}
}
