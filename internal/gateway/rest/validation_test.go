package rest

import (
	"errors"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"

	"sluice/internal/gateway/executeapi"
	"sluice/internal/gateway/ingress"
	"sluice/internal/restapi"
)

const badBody = `400 BadRequestException {"message":"Invalid request body"}`

func TestRequestsAreValidated(t *testing.T) {
	m := proxied()
	m.ValidatorID = "v"
	m.Parameters = map[string]bool{
		"method.request.header.X-Must": true, "method.request.querystring.must": true, "method.request.path.id": true, "method.request.header.X-May": false,
	}
	m.Models = map[string]string{"application/json": "Order", "text/plain": "Gone"}
	f := newFixture(t, map[string]*restapi.Method{"POST /{id}": m})
	d := &f.view.Deployment.Definition
	d.Models["Item"] = &restapi.Model{Name: "Item", Schema: `{"type":"object","required":["n"],"properties":{"n":{"type":"integer","minimum":1,"exclusiveMinimum":true}}}`}
	d.Models["Order"] = &restapi.Model{Name: "Order", Schema: `{"$schema":"http://json-schema.org/draft-04/schema#","type":"object","required":["items"],
		"properties":{"items":{"type":"array","items":{"$ref":"https://apigateway.amazonaws.com/restapis/abcdefghij/models/Item"}}}}`}
	checks := &restapi.RequestValidator{ID: "v", Body: true, Parameters: true}
	d.Validators["v"] = checks
	for _, tt := range []struct{ name, query, must, kind, body, want string }{
		{"all is there", "?must=1", "1", "application/json", `{"items":[{"n":2}]}`, "200  hello"},
		{"parameters are missing", "", "", "application/json", `{"items":[]}`, `400 BadRequestException {"message":"Missing required request parameters: [X-Must, must]"}`},
		{"a parameter is empty", "?must=", "1", "application/json", `{"items":[]}`, `400 BadRequestException {"message":"Missing required request parameters: [must]"}`},
		{"the body lacks a member", "?must=1", "1", "application/json", `{}`, badBody},
		{"the body breaks a model that its own refers to", "?must=1", "1", "application/json", `{"items":[{"n":1}]}`, badBody},
		{"the body is no JSON", "?must=1", "1", "application/json", `{`, badBody},
		{"no body is an empty object", "?must=1", "1", "application/json", ``, badBody},
		{"no type is JSON", "?must=1", "1", "", `{}`, badBody},
		{"a type without a model", "?must=1", "1", "text/csv", `{}`, "200  hello"},
		{"a model that is not there", "?must=1", "1", "text/plain", `{}`, "200  hello"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			wantAnswer(t, f.ask(t, "POST", "/dev/7"+tt.query, tt.body, "Content-Type", tt.kind, "X-Must", tt.must), tt.want)
		})
	}
	t.Run("the body alone", func(t *testing.T) {
		checks.Parameters = false
		wantAnswer(t, f.ask(t, "POST", "/dev/7", `{}`), badBody)
	})
	t.Run("the parameters alone", func(t *testing.T) {
		checks.Parameters, checks.Body = true, false
		wantAnswer(t, f.ask(t, "POST", "/dev/7?must=1", `{}`, "X-Must", "1"), "200  hello")
	})
}

func TestWhatIsWrongWithABodyCanBeShown(t *testing.T) {
	m := proxied()
	m.ValidatorID, m.Models = "v", map[string]string{"application/json": "M"}
	f := newFixture(t, map[string]*restapi.Method{"POST /": m})
	d := &f.view.Deployment.Definition
	d.Models["M"] = &restapi.Model{Name: "M", Schema: `{"type":"object","required":["a"]}`}
	d.Validators["v"] = &restapi.RequestValidator{ID: "v", Body: true}
	d.Responses["BAD_REQUEST_BODY"] = &restapi.GatewayResponse{Templates: map[string]string{"application/json": `{"message":$context.error.messageString,"why":"$context.error.validationErrorString"}`}}
	got := f.ask(t, "POST", "/dev", `{}`)
	if want := `{"message":"Invalid request body","why":"[object has missing required properties (["a"])]"}`; got.StatusCode != 400 || got.Text != want {
		t.Errorf("%s %s", got.Status, got.Text)
	}
}

func TestAModelThatIsNoSchemaFitsNoBody(t *testing.T) {
	for name, schema := range map[string]string{
		"no JSON": `{`, "no schema": `{"type": 7}`, "one that refers to nothing": `{"$ref": "https://apigateway.amazonaws.com/restapis/x/models/Nope"}`,
		"one that refers elsewhere": `{"$ref": "http://example.com/schema"}`, "one that refers to a file": `{"$ref": "file:///etc/passwd"}`,
		"one that refers to itself": `{"allOf": [{"$ref": "#"}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			m := proxied()
			m.ValidatorID, m.Models = "v", map[string]string{"application/json": "M"}
			f := newFixture(t, map[string]*restapi.Method{"POST /": m})
			f.view.Deployment.Models["M"] = &restapi.Model{Name: "M", Schema: schema}
			f.view.Deployment.Validators["v"] = &restapi.RequestValidator{ID: "v", Body: true}
			wantAnswer(t, f.ask(t, "POST", "/dev", `{}`), badBody)
		})
	}
}

func TestBodiesThatTakeTooMuchFitNoModel(t *testing.T) {
	nested := func(depth int) string { return strings.Repeat(`{"a":`, depth) + "1" + strings.Repeat("}", depth) }
	for name, tt := range map[string]struct{ schema, body, want string }{
		"a large exponent":              {`{"type":"number","minimum":0}`, "1e5000000", "200  hello"},
		"a large exponent to divide":    {`{"type":"number","multipleOf":0.01}`, "1e5000000", "200  hello"},
		"a small exponent to divide":    {`{"type":"number","multipleOf":0.01}`, "1e-5000000", badBody},
		"a number of a million digits":  {`{"type":"integer","multipleOf":7}`, "1" + strings.Repeat("0", 1_000_000), badBody},
		"a deep body":                   {`{"type":"object","properties":{"a":{"$ref":"#"}}}`, nested(8000), badBody},
		"a model with branches at each": {`{"type":"object","anyOf":[{"properties":{"a":{"$ref":"#"}}},{"properties":{"a":{"$ref":"#"}}}]}`, nested(18), badBody},
	} {
		t.Run(name, func(t *testing.T) {
			m := proxied()
			m.ValidatorID, m.Models = "v", map[string]string{"application/json": "M"}
			f := newFixture(t, map[string]*restapi.Method{"POST /": m})
			f.view.Deployment.Models["M"] = &restapi.Model{Name: "M", Schema: tt.schema}
			f.view.Deployment.Validators["v"] = &restapi.RequestValidator{ID: "v", Body: true}
			wantAnswer(t, f.ask(t, "POST", "/dev", tt.body), tt.want)
		})
	}
}

func TestABodyThatBreaksTheCheckFitsNoModel(t *testing.T) {
	f := newFixture(t, nil)
	var logged strings.Builder
	f.apis.Logger = slog.New(slog.NewTextHandler(&logged, nil))
	r := httptest.NewRequest("POST", "/", nil)
	v := &visit{Visit: &executeapi.Visit{Config: f.apis, Exchange: ingress.Exchange{R: r, Body: []byte("1")}}}
	if err := v.fit(&bodySchema{}); !errors.Is(err, errUnchecked) || !strings.Contains(logged.String(), "a body could not be checked") {
		t.Errorf("%v; logged %q", err, logged.String())
	}
}
