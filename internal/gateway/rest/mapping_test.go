package rest

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/gateway/gatewaytest"
	"sluice/internal/restapi"
)

func TestMocksAnswerByThemselves(t *testing.T) {
	overriding := "#set($context.responseOverride.status = 444)#set($context.responseOverride.header.foo = \"bar\"){\"statusCode\": 200}"
	for _, tt := range []struct {
		name   string
		method *restapi.Method
		want   string
	}{
		{"the default response", mocked(`{"statusCode": 200}`, on("", "200", `{"ok": true}`)), `200  {"ok": true}`},
		{"without a template", mocked(`{"statusCode": 200}`, on("", "204", "")), `204  `},
		{"by its status", mocked(`{"statusCode": 404}`, on("", "200", "no"), on(`4\d{2}`, "404", "yes")), `404  yes`},
		{"a status loosely written", mocked(`{statusCode: 201}`, on("201", "201", "made")), `201  made`},
		{"the first pattern that matches", mocked(`{"statusCode": 500}`, on("5..", "502", "a"), on(".*", "503", "b")), `502  a`},
		{"no pattern matches and there is no default", mocked(`{"statusCode": 500}`, on("2..", "200", "")), internalText},
		{"no response at all", mocked(`{"statusCode": 200}`), internalText},
		{"no status", mocked(`{"status": 200}`, on("", "200", "")), internalText},
		{"no template", mocked("", on("", "200", "")), internalText},
		{"a template that is none", mocked(`#if(`, on("", "200", "")), internalText},
		{"a template that goes too far", mocked(`#macro(m)#m()#end#m()`, on("", "200", "")), internalText},
		{"what the request's template overrides", mocked(overriding, on("", "200", "$context.responseOverride.status")), `444  444`},
		{"which needs no template of the response", mocked(overriding, on("", "200", "")), `444  `},
		{"a status that is none", mocked(`{"statusCode": 200}`, on("", "200", "#set($context.responseOverride.status = 42)x")), `200  x`},
		{"the request", mocked(`{"statusCode": 200}`, on("", "200", `$context.httpMethod $context.resourcePath $input.params('id') $input.params('q') $stageVariables.v $context.identity.sourceIp [$context.authorizer.x]`)),
			`200  GET /{id} a b c 1 2 127.0.0.1 []`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newFixture(t, map[string]*restapi.Method{"GET /{id}": tt.method})
			f.view.Stage.Variables = map[string]string{"v": "2"}
			wantAnswer(t, f.ask(t, "GET", "/dev/a%20b%20c?q=1", ""), tt.want)
		})
	}
}

func TestPreflightByAMock(t *testing.T) { // as SAM's Cors makes it
	r := on("", "200", "{}\n")
	r.Parameters = map[string]string{
		"method.response.header.Access-Control-Allow-Origin": "'*'", "method.response.header.Access-Control-Allow-Methods": "'GET,OPTIONS'",
		"method.response.header.X-Asked": "method.request.header.Origin", "method.response.header.X-None": "integration.response.header.X-None",
	}
	f := newFixture(t, map[string]*restapi.Method{"OPTIONS /": mocked(`{"statusCode" : 200}`, r)})
	got := f.ask(t, "OPTIONS", "/dev", "", "Origin", "http://a", "Access-Control-Request-Method", "GET")
	if got.StatusCode != 200 || got.Header.Get("Access-Control-Allow-Origin") != "*" || got.Header.Get("Access-Control-Allow-Methods") != "GET,OPTIONS" ||
		got.Header.Get("Content-Type") != "application/json" {
		t.Errorf("%s %v", got.Status, got.Header)
	}
	if _, there := got.Header["X-None"]; there {
		t.Error("a header that the answer does not have is sent")
	}
}

func TestFunctionsAreCalledWithWhatTemplatesMake(t *testing.T) {
	const template = `{"id": "$input.params('id')", "body": $input.json('$.a')}`
	for _, tt := range []struct {
		name, kind, body, passthrough string
		want                          string
	}{
		{"the type that has a template", "application/json; charset=utf-8", `{"a": [1]}`, restapi.PassWhenNoMatch, `{"id": "7", "body": [1]}`},
		{"no type", "", `{"a": 1}`, restapi.PassNever, `{"id": "7", "body": 1}`},
		{"another type, if it may pass", "text/plain", `{"x":1}`, restapi.PassWhenNoMatch, `{"x":1}`},
		{"nothing, if it may pass", "text/plain", ``, restapi.PassWhenNoMatch, `{}`},
		{"another type, if there are templates", "text/plain", `"x"`, restapi.PassWhenNoTemplates, ""},
		{"another type, if nothing may pass", "text/plain", `"x"`, restapi.PassNever, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := mapping(template, on("", "200", ""))
			m.Integration.Passthrough = tt.passthrough
			f := newFixture(t, map[string]*restapi.Method{"POST /{id}": m})
			got := f.ask(t, "POST", "/dev/7", tt.body, "Content-Type", tt.kind)
			if tt.want == "" {
				wantAnswer(t, got, `415 UnsupportedMediaTypeException {"message":"Unsupported Media Type"}`)
				return
			}
			if len(f.Called) != 1 || string(f.Called[0].Call.Payload) != tt.want {
				t.Errorf("called %v; %s", f.Called, got.Text)
			}
		})
	}
	t.Run("a body that is no JSON is refused as Lambda does", func(t *testing.T) {
		f := newFixture(t, map[string]*restapi.Method{"POST /": mapping("", on("", "200", ""))})
		wantAnswer(t, f.ask(t, "POST", "/dev", "x=1"), `200  {"Type":"User","message":"Could not parse request body into json: the text is not valid JSON"}`)
	})
}

func TestAnswersOfFunctionsAreMapped(t *testing.T) {
	failure := gatewaytest.Answering(`{"errorMessage":"Error: four hundred\nand more","errorType":"E"}`)
	failure.Failed = true
	silent := gatewaytest.Answering(`{}`)
	silent.Failed = true
	for _, tt := range []struct {
		name    string
		outcome *function.Outcome
		method  *restapi.Method
		want    string
	}{
		{"without a template", gatewaytest.Answering(`"Pass"`), mapping("", on("", "200", "")), `200  "Pass"`},
		{"with one", gatewaytest.Answering(`{"a": {"b": [1, 2]}}`), mapping("", on("", "201", `$input.path('$.a.b').size() $input.json('$.a')`)), `201  2 {"b":[1,2]}`},
		{"a failure by its message", failure, mapping("", on("", "200", ""), on(`.*four hundred.*`, "400", "$input.path('$.errorType')")), `400  E`},
		{"a pattern has to match all of it", failure, mapping("", on("", "200", "default"), on(`four hundred`, "400", "")), `200  default`},
		{"a failure without a message", silent, mapping("", on("", "200", ""), on(`(?s).+`, "500", "failed")), `500  failed`},
		{"no response for a failure", failure, mapping("", on(`2..`, "200", "")), internalText},
		{"a success takes the default", gatewaytest.Answering(`1`), mapping("", on(`200`, "504", ""), on("", "200", "")), `200  1`},
		{"or a pattern for 200, if there is none", gatewaytest.Answering(`1`), mapping("", on(`2\d\d`, "202", "")), `202  1`},
		{"a pattern that is none", failure, mapping("", on("", "200", "default"), on(`(`, "400", "")), `200  default`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newFixture(t, map[string]*restapi.Method{"GET /": tt.method})
			f.Handler = func(context.Context, *function.Call) (*function.Outcome, error) { return tt.outcome, nil }
			wantAnswer(t, f.ask(t, "GET", "/dev", ""), tt.want)
		})
	}
	t.Run("nobody could be called", func(t *testing.T) {
		f := newFixture(t, map[string]*restapi.Method{"GET /": mapping("", on("", "200", ""))})
		f.Handler = func(context.Context, *function.Call) (*function.Outcome, error) {
			return nil, fault.Errorf(fault.Throttled, "concurrency", "x")
		}
		wantAnswer(t, f.ask(t, "GET", "/dev", ""), internalText)
	})
	t.Run("without a permission", func(t *testing.T) {
		f := newFixture(t, map[string]*restapi.Method{"GET /": mapping("", on("", "200", ""))})
		f.Denied = true
		wantAnswer(t, f.ask(t, "GET", "/dev", ""), internalText)
	})
}

func TestHeadersOfMappedAnswers(t *testing.T) {
	r := on("", "200", "#set($context.responseOverride.header.X-Over = 'ridden')<p>")
	r.Templates = map[string]string{"text/html": r.Templates["application/json"], "text/plain": "plain"}
	r.Parameters = map[string]string{
		"method.response.header.X-Kind":   "integration.response.header.Content-Type",
		"method.response.header.Location": "integration.response.body.to.url",
		"method.response.header.X-Body":   "integration.response.body",
		"method.response.header.X-Stage":  "context.stage",
		"method.response.header.X-Var":    "stageVariables.v",
		"method.response.header.X-Q":      "method.request.querystring.q",
		"method.response.header.X-Qs":     "method.request.multivaluequerystring.q",
		"method.response.header.X-Path":   "method.request.path.id",
		"method.response.header.X-In":     "method.request.body.in",
		"method.response.header.X-Bad":    "'a\nb'",
	}
	f := newFixture(t, map[string]*restapi.Method{"POST /{id}": mapping("", r)})
	f.view.Stage.Variables = map[string]string{"v": "1"}
	f.Handler = gatewaytest.Says(`{"to":{"url":"http://x"}}`)
	got := f.ask(t, "POST", "/dev/a%20b?q=1&q=2", `{"in": 7}`, "Content-Type", "application/json", "Accept", "text/html")
	for name, want := range map[string]string{
		"X-Kind": "application/json", "Location": "http://x", "X-Body": `{"to":{"url":"http://x"}}`, "X-Stage": "dev", "X-Var": "1", "X-Q": "2",
		"X-Qs": "1,2", "X-Path": "a b", "X-In": "7", "X-Bad": "", "X-Over": "ridden", "Content-Type": "text/html",
	} {
		if got.Header.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, got.Header.Get(name), want)
		}
	}
	if got.Text != "<p>" {
		t.Error(got.Text)
	}
}

func TestEventInvocations(t *testing.T) {
	m := mapping("", on("", "202", ""))
	m.Integration.Parameters = map[string]string{"integration.request.header.X-Amz-Invocation-Type": "'Event'"}
	f := newFixture(t, map[string]*restapi.Method{"POST /": m})
	if got := f.ask(t, "POST", "/dev", `{"a":1}`); got.StatusCode != http.StatusAccepted || got.Text != "" {
		t.Errorf("%s %s", got.Status, got.Text)
	}
	if len(f.Called) > 0 || len(f.events) != 1 || string(f.events[0].Call.Payload) != `{"a":1}` {
		t.Errorf("called %v, events %v", f.Called, f.events)
	}
}

func TestBodiesAreConverted(t *testing.T) {
	t.Run("to text for the function", func(t *testing.T) {
		m := mapping(`{"image": "$input.body"}`, on("", "200", ""))
		m.Integration.ContentHandling = restapi.ToText
		m.Integration.Templates = map[string]string{"image/png": m.Integration.Templates["application/json"]}
		f := newFixture(t, map[string]*restapi.Method{"POST /": m})
		f.view.Deployment.BinaryMediaTypes = []string{"image/png"}
		f.ask(t, "POST", "/dev", "\x00\xff", "Content-Type", "image/png")
		if got := string(f.Called[0].Call.Payload); got != `{"image": "AP8="}` {
			t.Error(got)
		}
	})
	for _, tt := range []struct{ name, handling, types, accept, answer, want string }{
		{"to bytes for the client", restapi.ToBinary, "", "", `"AP8="`, "200  \x00\xff"},
		{"what is not in base64", restapi.ToBinary, "", "", `"%"`, internalText},
		{"to bytes for who accepts them", "", "image/png", "image/png", `"AP8="`, "200  \x00\xff"},
		{"not for who does not", "", "image/png", "text/html", `"AP8="`, `200  "AP8="`},
		{"bytes to text", restapi.ToText, "application/json", "", `{}`, "200  e30="},
		{"bytes stay for who accepts them", "", "*/*", "", `{}`, "200  {}"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := on("", "200", "")
			r.ContentHandling = tt.handling
			f := newFixture(t, map[string]*restapi.Method{"GET /": mapping("", r)})
			if tt.types != "" {
				f.view.Deployment.BinaryMediaTypes = []string{tt.types}
			}
			f.Handler = gatewaytest.Says(tt.answer)
			wantAnswer(t, f.ask(t, "GET", "/dev", "", "Accept", tt.accept), tt.want)
		})
	}
}

func TestBinaryMediaTypes(t *testing.T) {
	for _, tt := range []struct {
		types, header string
		want          bool
	}{
		{"", "image/png", false}, {"image/png", "image/png", true}, {"image/png", "IMAGE/PNG; q=1", true}, {"image/png", "text/html,image/png", false},
		{"image/png", "image/png,text/html", true}, {"*/*", "", true}, {"image/*", "image/gif", true}, {"image/*", "text/html", false},
		{"a/b,image/png", "image/png", true}, {"image/png", "", false}, {"*/test", "*/test", false}, {"*/test", "a/test", false},
	} {
		var types mediaTypes
		if tt.types != "" {
			types = strings.Split(tt.types, ",")
		}
		if got := types.matches(tt.header); got != tt.want {
			t.Errorf("%q, %q: %v", tt.types, tt.header, got)
		}
	}
}
