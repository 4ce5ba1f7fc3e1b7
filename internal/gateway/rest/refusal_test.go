package rest

import (
	"testing"

	"sluice/internal/restapi"
)

func TestAPIsChangeGatewayResponses(t *testing.T) {
	for _, tt := range []struct {
		name     string
		response *restapi.GatewayResponse
		want     string
		header   string
	}{
		{"its body", &restapi.GatewayResponse{Type: "MISSING_AUTHENTICATION_TOKEN", Templates: map[string]string{
			"application/json": `{"error":$context.error.messageString,"type":"$context.error.responseType","at":"$context.path $stageVariables.v $method.request.header.X-A ${context.stage}"}`}},
			`403 MissingAuthenticationTokenException {"error":"Missing Authentication Token","type":"MISSING_AUTHENTICATION_TOKEN","at":"/dev/x 1 a dev"}`, ""},
		{"its status", &restapi.GatewayResponse{Type: "MISSING_AUTHENTICATION_TOKEN", Status: "404"},
			`404 MissingAuthenticationTokenException {"message":"Missing Authentication Token"}`, ""},
		{"its headers", &restapi.GatewayResponse{Type: "MISSING_AUTHENTICATION_TOKEN", Parameters: map[string]string{
			"gatewayresponse.header.X-B": "'text'", "gatewayresponse.header.X-None": "method.request.header.None", "wrong": "'x'"}},
			`403 MissingAuthenticationTokenException {"message":"Missing Authentication Token"}`, "text"},
		{"all of its class", &restapi.GatewayResponse{Type: "DEFAULT_4XX", Status: "418", Parameters: map[string]string{"gatewayresponse.header.X-B": "context.stage"}},
			`418 MissingAuthenticationTokenException {"message":"Missing Authentication Token"}`, "dev"},
		{"another class", &restapi.GatewayResponse{Type: "DEFAULT_5XX", Status: "599"},
			`403 MissingAuthenticationTokenException {"message":"Missing Authentication Token"}`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newFixture(t, map[string]*restapi.Method{"GET /": proxied()})
			f.view.Stage.Variables = map[string]string{"v": "1"}
			f.view.Deployment.Responses[tt.response.Type] = tt.response
			got := f.ask(t, "GET", "/dev/x", "", "X-A", "a")
			wantAnswer(t, got, tt.want)
			if got.Header.Get("X-B") != tt.header || got.Header.Get("Content-Type") != "application/json" {
				t.Errorf("headers %v", got.Header)
			}
		})
	}
	t.Run("by what the client accepts", func(t *testing.T) {
		f := newFixture(t, map[string]*restapi.Method{"GET /": proxied()})
		f.view.Deployment.Responses["MISSING_AUTHENTICATION_TOKEN"] = &restapi.GatewayResponse{Templates: map[string]string{
			"application/json": `{}`, "text/html": `<p>$context.error.message</p>`}}
		got := f.ask(t, "GET", "/dev/x", "", "Accept", "text/html;q=1, */*")
		if got.Header.Get("Content-Type") != "text/html" || got.Text != "<p>Missing Authentication Token</p>" {
			t.Errorf("%v %s", got.Header, got.Text)
		}
	})
	t.Run("one without a status keeps the failure's", func(t *testing.T) { // recorded: test_lambda_aws_proxy_integration_non_post_method
		m := proxied()
		m.Integration.HTTPMethod = "GET"
		f := newFixture(t, map[string]*restapi.Method{"GET /": m})
		f.view.Deployment.Responses["INTEGRATION_FAILURE"] = &restapi.GatewayResponse{Templates: map[string]string{"application/json": `{"message":$context.error.messageString}`}}
		wantAnswer(t, f.ask(t, "GET", "/dev", ""), internalText)
	})
}
