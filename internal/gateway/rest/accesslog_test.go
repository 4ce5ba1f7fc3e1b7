package rest

import (
	"net/http/httptest"
	"regexp"
	"testing"

	"sluice/internal/gateway/payload"
	"sluice/internal/restapi"
)

func TestWhatIsMeasuredIsLogged(t *testing.T) {
	f := newFixture(t, map[string]*restapi.Method{"GET /": proxied(), "GET /mock": mocked(`{"statusCode": 200}`, on("", "200", "ok"))})
	f.view.Stage.AccessLog = &restapi.AccessLog{Destination: "g", Format: "$context.responseLength $context.responseLatency $context.integrationLatency $context.isCanaryRequest"}
	f.view.Canary = &restapi.Deployment{ID: "canary1", Definition: f.view.Deployment.Definition}
	f.view.Stage.Canary = &restapi.Canary{Deployment: "canary1", Percent: 100}
	f.ask(t, "GET", "/dev", "")
	f.ask(t, "GET", "/dev/mock", "")
	for i, want := range []string{`^g abcdefghij/dev 5 \d+ \d+ true$`, `^g abcdefghij/dev 2 \d+ - true$`} {
		if len(f.logged) != 2 || !regexp.MustCompile(want).MatchString(f.logged[i]) {
			t.Errorf("logged %q, want %s", f.logged, want)
		}
	}
}

func TestIdentitiesInContexts(t *testing.T) {
	r := httptest.NewRequest("GET", "/", nil)
	m := identityMap(&payload.Identity{APIKey: "k", APIKeyID: "i", UserARN: new("arn")}, r, "10.0.0.1")
	for name, want := range map[string]any{"apiKey": "k", "apiKeyId": "i", "userArn": "arn", "sourceIp": "10.0.0.1", "caller": nil, "userAgent": nil} {
		if got := m.Get(name); got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

func TestResponsesOfAClassOfStatuses(t *testing.T) {
	m := proxied()
	m.Integration.HTTPMethod = "GET"
	f := newFixture(t, map[string]*restapi.Method{"GET /": m})
	f.view.Deployment.Responses["DEFAULT_5XX"] = &restapi.GatewayResponse{Status: "599"}
	wantAnswer(t, f.ask(t, "GET", "/dev", ""), `599 InternalServerErrorException {"message":"Internal server error"}`)
}

func TestNoBodyIsAnEmptyObjectToAModel(t *testing.T) {
	m := proxied()
	m.ValidatorID, m.Models = "v", map[string]string{"application/json": "M"}
	f := newFixture(t, map[string]*restapi.Method{"POST /": m})
	f.view.Deployment.Models["M"] = &restapi.Model{Name: "M", Schema: `{"type":"object"}`}
	f.view.Deployment.Validators["v"] = &restapi.RequestValidator{ID: "v", Body: true}
	wantAnswer(t, f.ask(t, "POST", "/dev", ""), "200  hello")
	wantAnswer(t, f.ask(t, "POST", "/dev", "1"), badBody)
}
