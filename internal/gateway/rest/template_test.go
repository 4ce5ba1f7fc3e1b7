package rest

import (
	"testing"

	"sluice/internal/gateway/gatewaytest"
	"sluice/internal/restapi"
)

func TestTemplatesAreChosenByWhatClientsAccept(t *testing.T) {
	json, html, xml := "application/json", "text/html", "text/xml"
	for _, tt := range []struct {
		name, accept string
		types        []string
		want         string
	}{
		{"the type that is accepted", html, []string{json, html}, html},
		{"the first of several", "text/plain, text/xml;q=0.5, text/html", []string{html, json, xml}, xml},
		{"JSON, if none is", "image/png", []string{html, json}, json},
		{"JSON, if nothing is said", "", []string{html, json}, json},
		{"the first by name, if there is no JSON", "image/png", []string{xml, html}, html},
		{"any", "*/*", []string{xml}, xml},
		{"none, if there is none", json, nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			templates := map[string]string{}
			for _, kind := range tt.types {
				templates[kind] = "the template of " + kind
			}
			kind, template, ok := templateFor(templates, tt.accept)
			if kind != tt.want || ok != (tt.want != "") || ok && template != "the template of "+tt.want {
				t.Errorf("%q, %q, %v", kind, template, ok)
			}
		})
	}
}

// What the integration gets is by AWS's page "Content type conversions in API Gateway".
func TestBodiesOfRequestsAreConverted(t *testing.T) {
	for _, tt := range []struct{ name, handling, kind, body, want string }{
		{"text stays", "", "text/plain", `"AP8="`, `"AP8="`},
		{"text stays text", restapi.ToText, "text/plain", `"AP8="`, `"AP8="`},
		{"text in base64 becomes bytes", restapi.ToBinary, "text/plain", `MQ==`, `1`},
		{"with quotes as well", restapi.ToBinary, "text/plain", `"MQ=="`, `1`},
		{"what is not in base64 stays", restapi.ToBinary, "text/plain", `"%"`, `"%"`},
		{"bytes stay", "", "image/png", `"x"`, `"x"`},
		{"bytes stay bytes", restapi.ToBinary, "image/png", `"MQ=="`, `"MQ=="`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := mapping("", on("", "200", ""))
			m.Integration.ContentHandling = tt.handling
			f := newFixture(t, map[string]*restapi.Method{"POST /": m})
			f.view.Deployment.BinaryMediaTypes = []string{"image/png"}
			wantAnswer(t, f.ask(t, "POST", "/dev", tt.body, "Content-Type", tt.kind), `200  {"statusCode":200,"body":"hello"}`)
			if got := string(f.Called[0].Call.Payload); got != tt.want {
				t.Errorf("the function got %s, want %s", got, tt.want)
			}
		})
	}
}

// A template may set $context.responseOverride to what it likes; what can't be sent changes nothing.
func TestOverridesThatChangeNothing(t *testing.T) {
	for name, template := range map[string]string{
		"a status that is too high":     `#set($context.responseOverride.status = 600)x`,
		"a status that is text":         `#set($context.responseOverride.status = "404")x`,
		"a header that can't be sent":   `#set($context.responseOverride.header["a b"] = "c")x`,
		"a header that is a map":        `#set($context.responseOverride.header.foo = {})x`,
		"headers that are no map":       `#set($context.responseOverride.header = "foo")x`,
		"the whole, replaced by a text": `#set($context.responseOverride = "foo")x`,
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, map[string]*restapi.Method{"GET /": mocked(`{"statusCode": 200}`, on("", "200", template))})
			got := f.ask(t, "GET", "/dev", "")
			wantAnswer(t, got, "200  x")
			if got.Header.Get("Foo") != "" || got.Header.Get("A b") != "" {
				t.Errorf("headers %v", got.Header)
			}
		})
	}
}

func TestATemplateOfAnAnswerThatFails(t *testing.T) {
	f := newFixture(t, map[string]*restapi.Method{"GET /": mapping("", on("", "200", "#if("))})
	wantAnswer(t, f.ask(t, "GET", "/dev", ""), internalText)
	if len(f.Called) != 1 {
		t.Errorf("called %v", f.Called)
	}
}

// The context of a request tells templates who sent it.
func TestTemplatesKnowTheCaller(t *testing.T) {
	template := `$context.identity.userArn|$context.identity.accessKey|$context.identity.accountId|$context.identity.userAgent|$context.operationName|$context.resourceId|$context.requestTimeEpoch`
	m := mocked(`{"statusCode": 200}`, on("", "200", template))
	m.Authorization, m.OperationName = restapi.AuthIAM, "GetRoot"
	f := newFixture(t, map[string]*restapi.Method{"GET /": m})
	c := f.Key(apiHost, owner, "arn:aws:iam::"+owner+":user/u", "")
	r := gatewaytest.Signed(t, c, "execute-api", "GET", "/dev", "")
	r.Header.Set("User-Agent", "test")
	got := f.Do(t, r)
	want := "arn:aws:iam::" + owner + ":user/u|" + c.Key.ID + "|" + owner + "|test|GetRoot|res0|1"
	if len(got.Text) < len(want) || got.Text[:len(want)] != want {
		t.Errorf("%s, want %s…", got.Text, want)
	}
}
