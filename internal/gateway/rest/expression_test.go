package rest

import (
	"testing"

	"sluice/internal/gateway/gatewaytest"
	"sluice/internal/restapi"
)

// The names are those of AWS's page "Parameter mapping examples for REST APIs in API Gateway".
func TestExpressions(t *testing.T) {
	r := on("", "200", "")
	f := newFixture(t, map[string]*restapi.Method{"POST /{id}": mapping("", r)})
	f.view.Stage.Variables = map[string]string{"v": "1"}
	f.Handler = gatewaytest.Says(`{"to":{"url":"http://x"},"n":7}`)
	const none = "\x00"
	for expression, want := range map[string]string{
		"'text'": "text", "''": "", "'": none, "text": none,
		"context.stage": "dev", "context.httpMethod": "POST", "context.identity.sourceIp": "127.0.0.1", "context.isCanaryRequest": "false",
		"context.nope": none, "context.identity": none, "context.identity.nope.x": none, "context.error.message": none,
		"stageVariables.v": "1", "stageVariables.nope": none,
		"method.request.path.id": "a b", "method.request.path.nope": none,
		"method.request.querystring.q": "2", "method.request.querystring.nope": none,
		"method.request.multivaluequerystring.q": "1,2", "method.request.multivaluequerystring.nope": none,
		"method.request.header.X-A": "2", "method.request.header.x-a": "2", "method.request.header.nope": none,
		"method.request.multivalueheader.X-A": "1,2", "method.request.multivalueheader.nope": none,
		"method.request.body": `{"in":{"n":7}}`, "method.request.body.in.n": "7", "method.request.body.nope": none, "method.request.nope.x": none,
		"integration.response.header.Content-Type": "application/json", "integration.response.header.nope": none,
		"integration.response.multivalueheader.Content-Type": "application/json", "integration.response.multivalueheader.nope": none,
		"integration.response.body.n": "7", "integration.response.body.to": none, "integration.response.nope": none,
		"elsewhere.x": none,
	} {
		t.Run(expression, func(t *testing.T) {
			r.Parameters = map[string]string{"method.response.header.X-Got": expression}
			got, there := f.ask(t, "POST", "/dev/a%20b?q=1&q=2", `{"in":{"n":7}}`, "Content-Type", "application/json", "X-A", "1", "X-A", "2").Header["X-Got"]
			if there != (want != none) || there && got[0] != want {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
}

func TestStatusesOfResponses(t *testing.T) {
	for text, want := range map[string]int{"200": 200, "404": 404, "599": 599, "600": 200, "199": 200, "": 200, "x": 200, "-1": 200} {
		if got := statusOf(text); got != want {
			t.Errorf("%q is %d, want %d", text, got, want)
		}
	}
}

func TestFormsOfTokens(t *testing.T) {
	for _, tt := range []struct {
		expression, token string
		want              bool
	}{
		{"", "anything\nat all", true}, {"", "", true}, {"Bearer .+", "Bearer x", true}, {"Bearer .+", "Bearer ", false}, {"a|b", "b", true},
		{"a|b", "ab", false}, {"x", "axb", false}, {"(", "(", false}, {"(", "", false},
	} {
		if got := tokenForm(tt.expression)(tt.token); got != tt.want {
			t.Errorf("%q has the form %q: %v", tt.token, tt.expression, got)
		}
	}
}
