package httpapi

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/gateway/address"
	"sluice/internal/gateway/executeapi"
	"sluice/internal/httpapi"
)

// The order is that of AWS's page "Create routes for HTTP APIs": whole paths, then variables, greedy ones, and the default route.
func TestRoutesOfHTTPAPIs(t *testing.T) {
	f := newFixture(t, "GET /pets/dog/1", "GET /pets/dog/{id}", "GET /pets/{proxy+}", "ANY /{proxy+}", "$default", "POST /x")
	for _, tt := range []struct{ method, path, key, parameters string }{
		{"GET", "/pets/dog/1", "GET /pets/dog/1", `null`},
		{"GET", "/pets/dog/2%20a", "GET /pets/dog/{id}", `{"id":"2 a"}`},
		{"GET", "/pets/cat/1", "GET /pets/{proxy+}", `{"proxy":"cat/1"}`},
		{"POST", "/test/5", "ANY /{proxy+}", `{"proxy":"test/5"}`},
		{"POST", "/x", "POST /x", `null`},
		{"GET", "/", "$default", `null`},
	} {
		t.Run(tt.method+" "+tt.path, func(t *testing.T) {
			wantAnswer(t, f.ask(t, tt.method, tt.path, ""), "200 hello")
			event := f.Event(t)
			parameters, _ := json.Marshal(event["pathParameters"])
			if event["routeKey"] != tt.key || string(parameters) != tt.parameters {
				t.Errorf("%v %s", event["routeKey"], parameters)
			}
		})
	}
}

func TestStagesOfHTTPAPIs(t *testing.T) {
	f := newFixture(t, "GET /pets", "GET /")
	other := *f.deployed()
	other.Integrations = map[string]*httpapi.Integration{"i": {Type: httpapi.LambdaProxy, URI: functionARN + ":${stageVariables.alias}", Format: httpapi.Format2, Timeout: 1000}}
	f.show("dev", &other).Variables = map[string]string{"alias": "live"}
	f.show("empty", nil)
	for _, tt := range []struct{ path, want, raw string }{
		{"/pets", "$default  /pets", "/pets"},
		{"/dev/pets", "dev live /dev/pets", "/dev/pets"},
		{"/dev", "dev live /dev", "/dev"},
		{"/dev/", "dev live /dev/", "/dev/"},
		{"/d%65v/pets", "dev live /dev/pets", "/dev/pets"},
	} {
		wantAnswer(t, f.ask(t, "GET", tt.path, ""), "200 hello")
		event := f.Event(t)
		got := fmt.Sprint(event["requestContext"].(map[string]any)["stage"], " ", f.Called[len(f.Called)-1].Qualifier, " ", event["rawPath"])
		if got != tt.want {
			t.Errorf("%s went to %s, want %s", tt.path, got, tt.want)
		}
	}
	for _, path := range []string{"/empty/pets", "/$default/pets", "/dev/none", "/pets/"} {
		wantAnswer(t, f.ask(t, "GET", path, ""), notFoundText)
	}
	delete(f.view.Stages, httpapi.DefaultStage)
	wantAnswer(t, f.ask(t, "GET", "/pets", ""), notFoundText)
}

func TestHTTPAPIsOfAnotherRegionAndByPath(t *testing.T) {
	f := newFixture(t, "GET /pets")
	wantAnswer(t, f.Ask(t, "GET", "http://"+strings.Replace(apiHost, "us-east-1", "eu-west-1", 1)+"/pets", nil), notFoundText)
	wantAnswer(t, f.Ask(t, "GET", "http://localhost"+address.APIPath+apiID+"/pets", nil), "200 hello")
	if domain := f.Event(t)["requestContext"].(map[string]any)["domainName"]; domain != apiID+".execute-api.us-east-1.localhost:4566" {
		t.Errorf("the domain is %v", domain)
	}
}

func TestFailuresOfHTTPAPIs(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*fixture)
		want   string
	}{
		"no permission":             {func(f *fixture) { f.Denied = true }, failedText},
		"a failed function":         {func(f *fixture) { f.says(`{"errorMessage":"x"}`, true) }, failedText},
		"a malformed answer":        {func(f *fixture) { f.says(`{"statusCode":"x"}`, false) }, failedText},
		"no such function":          {func(f *fixture) { f.fails(fault.Errorf(fault.NotFound, "function", "gone")) }, failedText},
		"a throttled function":      {func(f *fixture) { f.fails(fault.Errorf(fault.Throttled, "function", "busy")) }, failedText},
		"a broken function":         {func(f *fixture) { f.fails(errors.New("disk")) }, failedText},
		"a variable that is absent": {func(f *fixture) { f.integration().URI = functionARN + ":${stageVariables.none}" }, failedText},
		"too many requests":         {func(f *fixture) { f.full = true }, `429 {"message":"Too Many Requests"}`},
		"no integration":            {func(f *fixture) { f.deployed().Routes["GET /"].Target = "" }, notFoundText},
		"an unreadable store":       {func(f *fixture) { f.unread = errors.New("disk") }, failedText},
		"a function that is late": {func(f *fixture) {
			f.integration().Timeout = 1
			f.Handler = func(ctx context.Context, _ *function.Call) (*function.Outcome, error) {
				<-ctx.Done()
				return nil, ctx.Err()
			}
		}, `503 {"message":"Service Unavailable"}`},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, "GET /")
			tt.change(f)
			got := f.ask(t, "GET", "/", "")
			wantAnswer(t, got, tt.want)
			if got.Header.Get("Content-Type") != "application/json" {
				t.Errorf("headers %v", got.Header)
			}
		})
	}
}

func (f *fixture) says(answer string, failed bool) {
	f.Handler = func(context.Context, *function.Call) (*function.Outcome, error) {
		return &function.Outcome{Payload: []byte(answer), Failed: failed}, nil
	}
}

func (f *fixture) fails(err error) {
	f.Handler = func(context.Context, *function.Call) (*function.Outcome, error) { return nil, err }
}

func TestBodiesOfHTTPAPIs(t *testing.T) {
	f := newFixture(t, "POST /")
	wantAnswer(t, f.ask(t, "POST", "/", "a=ü", "Content-Type", "application/x-www-form-urlencoded"), "200 hello")
	if event := f.Event(t); event["isBase64Encoded"] != true || event["body"] != base64.StdEncoding.EncodeToString([]byte("a=ü")) {
		t.Errorf("%v", event)
	}
	f.integration().Format = httpapi.Format1
	f.view.Stages[httpapi.DefaultStage] = &httpapi.Shown{API: f.view.API, Stage: f.view.Stages[httpapi.DefaultStage].Stage, Deployment: f.deployed()}
	wantAnswer(t, f.ask(t, "POST", "/", "\xff\x00"), "200 hello")
	if event := f.Event(t); event["isBase64Encoded"] != true || event["body"] != "/wA=" || event["version"] != "1.0" {
		t.Errorf("%v", event)
	}
	wantAnswer(t, f.ask(t, "POST", "/", strings.Repeat("x", function.MaxPayload)), `413 {"message":"Request Entity Too Large"}`)
	wantAnswer(t, f.ask(t, "POST", "/", strings.Repeat("x", executeapi.MaxBody+1)), `413 {"message":"Request Entity Too Large"}`)
	f.says(`{"statusCode":200,"isBase64Encoded":true,"body":"/wA=","multiValueHeaders":{"X":["1","2"]}}`, false)
	if got := f.ask(t, "POST", "/", ""); got.Text != "\xff\x00" || headersLike(got, "X") != "=1;2" {
		t.Errorf("%q %v", got.Text, got.Header)
	}
}

// A page of AWS's has the rules: "Configure CORS for HTTP APIs in API Gateway".
func TestCORSOfHTTPAPIs(t *testing.T) {
	f := newFixture(t, "GET /pets", "OPTIONS /own")
	f.deployed().CORS = &httpapi.CORS{Origins: []string{"https://a.example"}, Methods: []string{"GET", "PUT"}, Headers: []string{"*"}, Expose: []string{"Date"}, MaxAge: new(int64(60))}
	f.says(`{"statusCode":200,"body":"hello","headers":{"Access-Control-Allow-Origin":"https://mine"}}`, false)
	ask := []string{"Origin", "https://a.example", "Access-Control-Request-Method", "PUT", "Access-Control-Request-Headers", "x-a"}
	const admitted = "Headers=x-a Methods=GET,PUT Origin=https://a.example"
	got := f.ask(t, "OPTIONS", "/anywhere", "", ask...)
	wantAnswer(t, got, "204 ")
	if headers := headersLike(got, "Access-Control-Allow-"); headers != admitted || got.Header.Get("Access-Control-Max-Age") != "60" {
		t.Errorf("headers %v", got.Header)
	}
	if len(f.Called) > 0 {
		t.Error("the function was called")
	}
	for name, tt := range map[string]struct {
		method, path, want string
		header             []string
	}{
		"a request":                     {"GET", "/pets", "Allow-Origin=https://a.example Expose-Headers=Date", ask[:2]},
		"a request of another origin":   {"GET", "/pets", "", []string{"Origin", "https://b.example"}},
		"a request without one":         {"GET", "/pets", "", nil},
		"a route of OPTIONS":            {"OPTIONS", "/own", "Allow-Headers=x-a Allow-Methods=GET,PUT Allow-Origin=https://a.example Max-Age=60", ask},
		"a preflight of another origin": {"OPTIONS", "/x", "", []string{"Origin", "https://b.example", "Access-Control-Request-Method", "PUT"}},
		"a refusal":                     {"GET", "/none", "Allow-Origin=https://a.example Expose-Headers=Date", ask[:2]},
	} {
		t.Run(name, func(t *testing.T) {
			if headers := headersLike(f.ask(t, tt.method, tt.path, "", tt.header...), "Access-Control-"); headers != tt.want {
				t.Errorf("%s, want %s", headers, tt.want)
			}
		})
	}
	wantAnswer(t, f.ask(t, "OPTIONS", "/x", ""), notFoundText)
	f.deployed().CORS = nil
	f.view.Stages[httpapi.DefaultStage] = &httpapi.Shown{API: f.view.API, Stage: &httpapi.Stage{Name: httpapi.DefaultStage}, Deployment: f.deployed()}
	if headers := headersLike(f.ask(t, "GET", "/pets", "", ask[:2]...), "Access-Control-"); headers != "Allow-Origin=https://mine" {
		t.Errorf("without a configuration: %s", headers)
	}
}

func TestHTTPAPIsAreMeasuredAndLogged(t *testing.T) {
	f := newFixture(t, "GET /pets/{id}")
	f.view.Stages[httpapi.DefaultStage].Stage.AccessLog = &httpapi.AccessLog{Destination: "arn:group",
		Format: `$context.httpMethod $context.routeKey ${context.path} $context.status $context.integrationStatus $context.responseLength $context.error.message $context.authorizer.x $context.identity.userAgent`}
	f.ask(t, "GET", "/pets/7", "", "User-Agent", "test")
	s := <-f.samples
	if s.API != apiID || s.Stage != httpapi.DefaultStage || !s.HTTP || s.Status != 200 || s.Sent != 5 || s.Integration <= 0 || s.Latency < s.Integration || s.Scope.Account != owner {
		t.Errorf("%+v", s)
	}
	f.ask(t, "GET", "/x", "", "User-Agent", "test")
	if s := <-f.samples; s.Status != 404 || s.Integration != 0 {
		t.Errorf("%+v", s)
	}
	const want = "arn:group abcdefghij/$default GET GET /pets/{id} /pets/7 200 200 5 - - test|arn:group abcdefghij/$default GET - /x 404 - 23 Not Found - test"
	if got := strings.Join(f.logged, "|"); got != want {
		t.Errorf("logged\n%s, want\n%s", got, want)
	}
}

// The mappings of AWS's page "Transform API requests and responses for HTTP APIs".
func TestMappingsOfHTTPAPIs(t *testing.T) {
	f := newFixture(t, "POST /pets/{id}")
	f.view.Stages[httpapi.DefaultStage].Stage.Variables = map[string]string{"v": "1"}
	i := f.integration()
	i.Parameters = map[string]string{
		"append:header.a": "${stageVariables.v}-$request.querystring.q", "overwrite:header.b": "$request.body.pet.name", "remove:header.c": "''",
		"overwrite:querystring.d": "$request.path.id", "append:querystring.q": "2", "overwrite:path": "/other/$context.stage", "overwrite:header.e": "$request.header.none",
	}
	i.Responses = map[string]map[string]string{"200": {"overwrite:statuscode": "203", "append:header.x": "$response.header.y", "remove:header.y": "", "overwrite:header.z": "$response.body.n"}}
	f.says(`{"statusCode":200,"headers":{"x":"0","y":"1"},"body":"{\"n\":5}"}`, false)
	got := f.ask(t, "POST", "/pets/7?q=1", `{"pet":{"name":"rex"}}`, "A", "0", "B", "0", "C", "0", "Content-Type", "application/json")
	wantAnswer(t, got, `203 {"n":5}`)
	if headers := got.Header; strings.Join(headers["X"], ",") != "0,1" || headers["Y"] != nil || headers.Get("Z") != "5" {
		t.Errorf("headers %v", headers)
	}
	event := f.Event(t)
	headers := event["headers"].(map[string]any)
	query, _ := json.Marshal(event["queryStringParameters"])
	if headers["a"] != "0,1-1" || headers["b"] != "rex" || headers["c"] != nil || headers["e"] != nil || string(query) != `{"d":"7","q":"1,2"}` || event["rawPath"] != "/other/$default" {
		t.Errorf("%v %s %v", headers, query, event["rawPath"])
	}
}

func TestHeadersOfRequestsToHTTPAPIsAreBounded(t *testing.T) {
	f := newFixture(t, "GET /")
	const refused = `431 {"message":"Request Header Fields Too Large"}`
	t.Run("many that are not too large together", func(t *testing.T) {
		wantAnswer(t, f.ask(t, "GET", "/", "", "X-A", strings.Repeat("x", 5000), "X-A", strings.Repeat("x", 5000)), "200 hello")
	})
	t.Run("many that are", func(t *testing.T) {
		wantAnswer(t, f.ask(t, "GET", "/", "", "X-A", strings.Repeat("x", 5000), "X-B", strings.Repeat("x", 5500)), refused)
	})
	t.Run("a long query", func(t *testing.T) {
		wantAnswer(t, f.ask(t, "GET", "/?q="+strings.Repeat("x", 10_240), ""), refused)
	})
}
