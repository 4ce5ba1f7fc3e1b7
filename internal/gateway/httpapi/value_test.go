package httpapi

import (
	"fmt"
	"strings"
	"testing"

	"sluice/internal/gateway/gatewaytest"
	"sluice/internal/httpapi"
)

// mapAnswer asks for an answer whose header Got a mapping sets to a value.
func (f *fixture) mapAnswer(t *testing.T, value string) gatewaytest.Reply {
	t.Helper()
	f.integration().Responses = map[string]map[string]string{"200": {"overwrite:header.got": value}}
	return f.ask(t, "POST", "/pets/a%20b?q=1&q=2", `{"in":{"n":7}}`, "Content-Type", "application/json", "X-A", "1", "X-A", "2", "User-Agent", "test")
}

// The names are those of AWS's pages "Transform API requests and responses for HTTP APIs" and "Customize HTTP API access logs".
func TestValuesOfMappings(t *testing.T) {
	f := newFixture(t, "POST /pets/{id}")
	f.view.Stages[httpapi.DefaultStage].Stage.Variables = map[string]string{"v": "1"}
	f.Handler = gatewaytest.Says(`{"statusCode":200,"headers":{"y":"0"},"body":"{\"n\":5}"}`)
	for value, want := range map[string]string{
		"text": "text", "a ${context.stage} b": "a $default b", "[$stageVariables.v]": "[1]", "[$stageVariables.none]": "[]",
		"$request.header.X-A": "1,2", "$request.header.x-a": "1,2", "$request.header.none": "",
		"$request.querystring.q": "1,2", "$request.querystring.none": "",
		"$request.path": "/pets/a%20b", "$request.path.id": "a b", "$request.path.none": "", "$request.none.x": "",
		"$request.body.in.n": "7", "$request.body.none": "",
		"$response.header.y": "0", "$response.header.none": "", "$response.body.n": "5", "$response.body.none": "", "$response.none.x": "",
		"$context.apiId": apiID, "$context.accountId": owner, "$context.domainName": apiHost, "$context.domainPrefix": apiID, "$context.httpMethod": "POST",
		"$context.path": "/pets/a%20b", "$context.protocol": "HTTP/1.1", "$context.routeKey": "POST /pets/{id}", "$context.identity.userAgent": "test",
		"$context.identity.sourceIp": "127.0.0.1", "$context.identity.caller": "", "$context.error.message": "", "$context.authorizer.x": "", "$context.none": "",
	} {
		t.Run(value, func(t *testing.T) {
			if got := f.mapAnswer(t, value).Header.Get("Got"); got != want {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
	for _, value := range []string{"$context.requestId", "$context.requestTime", "$context.requestTimeEpoch"} {
		if got := f.mapAnswer(t, value).Header.Get("Got"); len(got) < 13 {
			t.Errorf("%s is %q", value, got)
		}
	}
}

func TestMappedStatusesAndHeaders(t *testing.T) {
	for name, tt := range map[string]struct{ key, value, want string }{
		"a status":                      {"overwrite:statuscode", "418", "418 [0 1]"},
		"a status that is none":         {"overwrite:statuscode", "99", "200 [0 1]"},
		"a status that is too high":     {"overwrite:statuscode", "600", "200 [0 1]"},
		"a status that is no number":    {"overwrite:statuscode", "x", "200 [0 1]"},
		"a header":                      {"overwrite:header.y", "2", "200 [2]"},
		"a header that is added to":     {"append:header.y", "2", "200 [0 1 2]"},
		"a header that is taken away":   {"remove:header.y", "''", "200 []"},
		"a header that can not be sent": {"overwrite:header.y", "a\nb", "200 [0 1]"},
		"no mapping at all":             {"exchange:header.y", "2", "200 [0 1]"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, "GET /")
			f.integration().Format = httpapi.Format1
			f.Handler = gatewaytest.Says(`{"statusCode":200,"multiValueHeaders":{"y":["0","1"]}}`)
			f.integration().Responses = map[string]map[string]string{"200": {tt.key: tt.value}, "404": {"overwrite:statuscode": "500"}}
			got := f.ask(t, "GET", "/", "")
			if text := fmt.Sprint(got.StatusCode, " ", got.Header["Y"]); text != tt.want {
				t.Errorf("%s, want %s", text, tt.want)
			}
		})
	}
}

func TestMappedRequests(t *testing.T) {
	for name, tt := range map[string]struct{ key, value, path, query, header string }{
		"a path":                            {"overwrite:path", "/other/$request.querystring.q", "/other/1", "q=1", "0"},
		"a path of something that is not":   {"overwrite:path", "$request.querystring.none", "/pets", "q=1", "0"},
		"a query":                           {"overwrite:querystring.q", "2", "/pets", "q=2", "0"},
		"a query that is added to":          {"append:querystring.r", "2", "/pets", "q=1&r=2", "0"},
		"a query that is taken away":        {"remove:querystring.q", "", "/pets", "", "0"},
		"a header":                          {"overwrite:header.x", "2", "/pets", "q=1", "2"},
		"a header that is added to":         {"append:header.X", "2", "/pets", "q=1", "0,2"},
		"a header that is taken away":       {"remove:header.x", "", "/pets", "q=1", ""},
		"a header of something that is not": {"overwrite:header.x", "$request.header.none", "/pets", "q=1", "0"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, "GET /pets")
			f.integration().Parameters = map[string]string{tt.key: tt.value}
			wantAnswer(t, f.ask(t, "GET", "/pets?q=1", "", "X", "0"), "200 hello")
			event := f.Event(t)
			header, _ := event["headers"].(map[string]any)["x"].(string)
			if event["rawPath"] != tt.path || event["rawQueryString"] != tt.query || header != tt.header {
				t.Errorf("the function got %v?%v with x %q", event["rawPath"], event["rawQueryString"], header)
			}
		})
	}
}

func TestClaimsAsFunctionsSeeThem(t *testing.T) {
	for want, claim := range map[string]any{
		"text": "text", "5": 5.0, "1.5": 1.5, "true": true, "null": nil, "[a b]": []any{"a", "b"}, "[1 [x]]": []any{1.0, []any{"x"}}, `{"a":1}`: map[string]any{"a": 1}, "[]": []any{},
		"": func() {},
	} {
		if got := claimText(claim); got != want {
			t.Errorf("%v is shown as %s, want %s", claim, got, want)
		}
	}
}

// An access log tells what an authorizer said, and why a request was refused.
func TestAccessLogsOfCallers(t *testing.T) {
	f, _ := guarded(t, httpapi.Authorizer{Format: httpapi.Format2, Simple: true, Identity: []string{"$request.header.A"}},
		saying(`{"isAuthorized":true,"context":{"who":"ann","age":7,"list":["a"]}}`))
	f.view.Stages[httpapi.DefaultStage].Stage.AccessLog = &httpapi.AccessLog{Destination: "g",
		Format: `$context.authorizer.who $context.authorizer.age $context.authorizer.list $context.authorizer.none $context.authorizer.claims.x $context.integration.status $context.error.responseType $context.error.messageString $context.integrationErrorMessage`}
	f.ask(t, "GET", "/pets/7", "", "A", "1")
	f.ask(t, "GET", "/pets/7", "")
	f.Denied = true
	f.ask(t, "GET", "/pets/7", "", "A", "1")
	want := []string{
		`ann 7 [a] - - 200 - - -`,
		`- - - - - - 401 "Unauthorized" -`,
		`- - - - - - 500 "Internal Server Error" API Gateway may not call the authorizer's function.`,
	}
	for i, line := range f.logged {
		if got := strings.TrimPrefix(line, "g "+apiID+"/$default "); i >= len(want) || got != want[i] {
			t.Errorf("logged %q", got)
		}
	}
	if len(f.logged) != len(want) {
		t.Errorf("logged %d lines", len(f.logged))
	}
}
