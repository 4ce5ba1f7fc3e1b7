package httpapi

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"sluice/internal/gateway/gatewaytest"
	"sluice/internal/httpapi"
)

const (
	unauthorizedText = `401 {"message":"Unauthorized"}`
	forbiddenText    = `403 {"message":"Forbidden"}`
)

// guarded makes a fixture whose route asks an authorizer: the function "judge", which answers as judge says.
func guarded(t *testing.T, z httpapi.Authorizer, judge func(event map[string]any) string) (f *fixture, judged *[]map[string]any) {
	t.Helper()
	f = newFixture(t, "GET /pets/{id}")
	z.ID, z.Type, z.URI = "auth1", httpapi.RequestAuthorizer, strings.TrimSuffix(functionARN, "f")+"judge"
	r := f.deployed().Routes["GET /pets/{id}"]
	r.Authorization, r.AuthorizerID = httpapi.AuthCustom, z.ID
	f.deployed().Authorizers[z.ID] = &z
	return f, f.Judge(judge)
}

func saying(text string) func(map[string]any) string {
	return func(map[string]any) string { return text }
}

func TestSimpleAuthorizersOfHTTPAPIs(t *testing.T) {
	f, judged := guarded(t, httpapi.Authorizer{Format: httpapi.Format2, Simple: true, Identity: []string{"$request.header.A", "$request.querystring.q"}},
		saying(`{"isAuthorized":true,"context":{"who":{"name":"ann"},"age":7}}`))
	wantAnswer(t, f.ask(t, "GET", "/pets/7?q=2", "", "A", "1"), "200 hello")
	event := (*judged)[0]
	const arn = "arn:aws:execute-api:us-east-1:" + owner + ":" + apiID + "/$default/GET/pets/7"
	got := fmt.Sprint(event["version"], event["type"], event["routeArn"], event["identitySource"], event["routeKey"], event["pathParameters"], event["body"], event["isBase64Encoded"])
	if want := "2.0REQUEST" + arn + "[1 2]GET /pets/{id}map[id:7] <nil> <nil>"; got != want {
		t.Errorf("the authorizer got\n%s, want\n%s", got, want)
	}
	who, _ := json.Marshal(f.Event(t)["requestContext"].(map[string]any)["authorizer"])
	if string(who) != `{"lambda":{"age":7,"who":{"name":"ann"}}}` {
		t.Errorf("the function got %s", who)
	}
	wantAnswer(t, f.ask(t, "GET", "/pets/7?q=2", "", "A", "1"), "200 hello")
	wantAnswer(t, f.ask(t, "GET", "/pets/7?q=2", ""), unauthorizedText)
	if len(*judged) != 2 {
		t.Errorf("the authorizer was asked %d times", len(*judged))
	}
}

func TestVerdictsOfHTTPAPIs(t *testing.T) {
	for name, tt := range map[string]struct {
		simple       bool
		answer, want string
	}{
		"yes":                         {true, `{"isAuthorized":true}`, "200 hello"},
		"no":                          {true, `{"isAuthorized":false}`, forbiddenText},
		"nothing":                     {true, `{}`, failedText},
		"an allowing policy":          {false, gatewaytest.Verdict("Allow", "*/GET/pets/7"), "200 hello"},
		"a denying policy":            {false, gatewaytest.Verdict("Deny", "*"), forbiddenText},
		"a policy of something else":  {false, gatewaytest.Verdict("Allow", "*/pets/8"), forbiddenText},
		"yes in place of a policy":    {false, `{"isAuthorized":true}`, failedText},
		"a failure":                   {false, `{"errorMessage":"x"}`, failedText},
		"a failure that is a refusal": {false, `{"errorMessage":"Unauthorized"}`, unauthorizedText},
		"no JSON":                     {true, `yes`, failedText},
		"a context that is no object": {true, `{"isAuthorized":true,"context":1}`, failedText},
		"no process":                  {true, ``, failedText},
	} {
		t.Run(name, func(t *testing.T) {
			f, _ := guarded(t, httpapi.Authorizer{Format: httpapi.Format2, Simple: tt.simple}, saying(tt.answer))
			wantAnswer(t, f.ask(t, "GET", "/pets/7", ""), tt.want)
		})
	}
}

func TestAuthorizersOfHTTPAPIsInFormat1(t *testing.T) {
	f, judged := guarded(t, httpapi.Authorizer{Format: httpapi.Format1, Identity: []string{"$request.header.A"}, TTL: new(int64(60))}, saying(gatewaytest.Verdict("Allow", "*")))
	f.integration().Format = httpapi.Format1
	for range 2 {
		wantAnswer(t, f.ask(t, "GET", "/pets/7", "", "A", "1"), "200 hello")
	}
	if len(*judged) != 1 {
		t.Errorf("the authorizer was asked %d times", len(*judged))
	}
	event := (*judged)[0]
	if event["version"] != "1.0" || event["identitySource"] != "1" || event["authorizationToken"] != "1" || !strings.HasSuffix(event["methodArn"].(string), "/GET/pets/7") {
		t.Errorf("the authorizer got %v", event)
	}
	who := f.Event(t)["requestContext"].(map[string]any)["authorizer"].(map[string]any)
	if who["principalId"] != "ann" || who["role"] != "admin" {
		t.Errorf("the function got %v", who)
	}
	f.Denied = true // the authorizer's function as well
	wantAnswer(t, f.ask(t, "GET", "/pets/7", "", "A", "2"), failedText)
}

func TestTokensOfHTTPAPIs(t *testing.T) {
	f := newFixture(t, "GET /")
	f.deployed().Authorizers["z"] = &httpapi.Authorizer{ID: "z", Type: httpapi.JWTAuthorizer, Identity: []string{"$request.header.Authorization"}, Issuer: "https://i", Audience: []string{"app"}}
	r := f.deployed().Routes["GET /"]
	r.Authorization, r.AuthorizerID = httpapi.AuthJWT, "z"
	for name, tt := range map[string]struct {
		claims map[string]any
		token  string
		scopes []string
		want   string
	}{
		"a good one":                    {map[string]any{"aud": "app"}, "Bearer good", nil, "200 hello"},
		"without its scheme":            {map[string]any{"aud": []any{"x", "app"}}, "good", nil, "200 hello"},
		"of a client":                   {map[string]any{"client_id": "app"}, "Bearer good", nil, "200 hello"},
		"a bad one":                     {map[string]any{"aud": "app"}, "Bearer bad", nil, unauthorizedText},
		"none":                          {map[string]any{"aud": "app"}, "", nil, unauthorizedText},
		"for somebody else":             {map[string]any{"aud": "x", "client_id": "app"}, "Bearer good", nil, unauthorizedText},
		"for nobody":                    {map[string]any{}, "Bearer good", nil, unauthorizedText},
		"with one of the scopes":        {map[string]any{"aud": "app", "scope": "a b"}, "Bearer good", []string{"b", "c"}, "200 hello"},
		"with none of the scopes":       {map[string]any{"aud": "app", "scope": "a"}, "Bearer good", []string{"b"}, forbiddenText},
		"with scopes by the other name": {map[string]any{"aud": "app", "scp": []any{"b"}}, "Bearer good", []string{"b"}, "200 hello"},
	} {
		t.Run(name, func(t *testing.T) {
			f.claims, r.Scopes = tt.claims, tt.scopes
			wantAnswer(t, f.ask(t, "GET", "/", "", "Authorization", tt.token), tt.want)
		})
	}
	f.claims, r.Scopes = map[string]any{"aud": "app", "scope": "a", "groups": []any{"x", "y"}, "exp": 5.0, "ok": true}, []string{"a"}
	f.ask(t, "GET", "/", "", "Authorization", "Bearer good")
	who, _ := json.Marshal(f.Event(t)["requestContext"].(map[string]any)["authorizer"])
	if want := `{"jwt":{"claims":{"aud":"app","exp":"5","groups":"[x y]","ok":"true","scope":"a"},"scopes":["a"]}}`; string(who) != want {
		t.Errorf("the function got %s, want %s", who, want)
	}
	f.front.config.Tokens = nil
	wantAnswer(t, f.ask(t, "GET", "/", "", "Authorization", "Bearer good"), failedText)
}

func TestSignaturesOfHTTPAPIs(t *testing.T) {
	f := newFixture(t, "POST /")
	f.deployed().Routes["POST /"].Authorization = httpapi.AuthIAM
	ours, strange := f.Key(apiHost, owner, "arn:aws:iam::"+owner+":user/u", ""), f.Key(apiHost, "222222222222", "arn:aws:iam::222222222222:user/u", "")
	wantAnswer(t, f.Do(t, gatewaytest.Signed(t, ours, "execute-api", "POST", "/", "body")), "200 hello")
	who := f.Event(t)["requestContext"].(map[string]any)["authorizer"].(map[string]any)["iam"].(map[string]any)
	if who["userArn"] != "arn:aws:iam::"+owner+":user/u" {
		t.Errorf("the function got %v", who)
	}
	wantAnswer(t, f.Do(t, gatewaytest.Signed(t, ours, "lambda", "POST", "/", "body")), forbiddenText)
	wantAnswer(t, f.Do(t, gatewaytest.Signed(t, strange, "execute-api", "POST", "/", "body")), forbiddenText)
	wantAnswer(t, f.ask(t, "POST", "/", "body"), forbiddenText)
	broken := gatewaytest.Signed(t, ours, "execute-api", "POST", "/", "body")
	broken.Header.Set("X-Amz-Date", "20200101T000000Z")
	wantAnswer(t, f.Do(t, broken), forbiddenText)
}

// What functions get of callers in format 1.0, and what access logs show of them.
func TestCallersOfHTTPAPIsInFormat1(t *testing.T) {
	f := newFixture(t, "GET /token", "GET /signed")
	f.integration().Format = httpapi.Format1
	f.deployed().Authorizers["z"] = &httpapi.Authorizer{ID: "z", Type: httpapi.JWTAuthorizer, Identity: []string{"$request.querystring.t"}, Issuer: "https://i", Audience: []string{"app"}}
	f.deployed().Routes["GET /token"].Authorization, f.deployed().Routes["GET /token"].AuthorizerID = httpapi.AuthJWT, "z"
	f.deployed().Routes["GET /signed"].Authorization = httpapi.AuthIAM
	f.view.Stages[httpapi.DefaultStage].Stage.AccessLog = &httpapi.AccessLog{Destination: "arn:group", Format: "$context.authorizer.claims.sub $context.identity.accountId $context.identity.userArn"}
	f.claims = map[string]any{"aud": "app", "sub": "ann"}
	wantAnswer(t, f.ask(t, "GET", "/token?t=good", ""), "200 hello")
	who, _ := json.Marshal(f.Event(t)["requestContext"].(map[string]any)["authorizer"])
	if string(who) != `{"claims":{"aud":"app","sub":"ann"},"scopes":null}` {
		t.Errorf("the function got %s", who)
	}
	signer := f.Key(apiHost, owner, "arn:aws:iam::"+owner+":user/u", "")
	wantAnswer(t, f.Do(t, gatewaytest.Signed(t, signer, "execute-api", "GET", "/signed", "")), "200 hello")
	identity := f.Event(t)["requestContext"].(map[string]any)["identity"].(map[string]any)
	if identity["userArn"] != "arn:aws:iam::"+owner+":user/u" || identity["accountId"] != owner {
		t.Errorf("the function got %v", identity)
	}
	want := "arn:group abcdefghij/$default ann - -|arn:group abcdefghij/$default - " + owner + " arn:aws:iam::" + owner + ":user/u"
	if got := strings.Join(f.logged, "|"); got != want {
		t.Errorf("logged %s, want %s", got, want)
	}
}

// What identifies a caller may be the stage's, the request's context or its path.
func TestIdentitySourcesOfHTTPAPIs(t *testing.T) {
	f, judged := guarded(t, httpapi.Authorizer{Format: httpapi.Format2, Simple: true,
		Identity: []string{"$stageVariables.color", "$context.routeKey", "$context.identity.sourceIp"}}, saying(`{"isAuthorized":true}`))
	wantAnswer(t, f.ask(t, "GET", "/pets/7", ""), unauthorizedText)
	f.view.Stages[httpapi.DefaultStage] = &httpapi.Shown{API: f.view.API, Deployment: f.deployed(),
		Stage: &httpapi.Stage{Name: httpapi.DefaultStage, Variables: map[string]string{"color": "red"}}}
	wantAnswer(t, f.ask(t, "GET", "/pets/7", ""), "200 hello")
	if got := fmt.Sprint((*judged)[0]["identitySource"]); got != "[red GET /pets/{id} 127.0.0.1]" {
		t.Errorf("the caller is identified by %s", got)
	}
	who, _ := json.Marshal(f.Event(t)["requestContext"].(map[string]any)["authorizer"])
	if string(who) != `{"lambda":null}` {
		t.Errorf("the function got %s", who)
	}
	delete(f.deployed().Authorizers, "auth1")
	f.view.Stages[httpapi.DefaultStage] = &httpapi.Shown{API: f.view.API, Deployment: f.deployed(), Stage: &httpapi.Stage{Name: httpapi.DefaultStage}}
	wantAnswer(t, f.ask(t, "GET", "/pets/7", ""), failedText)
}
