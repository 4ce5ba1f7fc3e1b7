package httpapi

import (
	"regexp"
	"testing"

	"sluice/internal/httpapi"
)

// Paths in format 1.0 have no escapes, and the default route has its key for a resource.
func TestTheDefaultRouteInFormat1(t *testing.T) {
	f := newFixture(t, httpapi.DefaultKey)
	f.integration().Format = httpapi.Format1
	wantAnswer(t, f.ask(t, "GET", "/a%20b", ""), "200 hello")
	if event := f.Event(t); event["resource"] != "/$default" || event["path"] != "/a b" {
		t.Errorf("resource %v, path %v", event["resource"], event["path"])
	}
}

func TestLatenciesAreLogged(t *testing.T) {
	f := newFixture(t, "GET /")
	f.view.Stages[httpapi.DefaultStage].Stage.AccessLog = &httpapi.AccessLog{Destination: "g", Format: "$context.responseLatency $context.integrationLatency $context.integration.latency"}
	f.ask(t, "GET", "/", "")
	f.ask(t, "GET", "/none", "")
	for i, want := range []string{`^g abcdefghij/\$default \d+ \d+ \d+$`, `^g abcdefghij/\$default \d+ - -$`} {
		if len(f.logged) != 2 || !regexp.MustCompile(want).MatchString(f.logged[i]) {
			t.Errorf("logged %q, want %s", f.logged, want)
		}
	}
}

func TestATokenComesFromOnePlace(t *testing.T) {
	f := newFixture(t, "GET /")
	f.claims = map[string]any{"aud": "app"}
	r := f.deployed().Routes["GET /"]
	r.Authorization, r.AuthorizerID = httpapi.AuthJWT, "z"
	f.deployed().Authorizers["z"] = &httpapi.Authorizer{ID: "z", Type: httpapi.JWTAuthorizer, Issuer: "https://i", Audience: []string{"app"},
		Identity: []string{"$request.header.Authorization", "$request.header.Other"}}
	wantAnswer(t, f.ask(t, "GET", "/", "", "Authorization", "good", "Other", "good"), unauthorizedText)
}
