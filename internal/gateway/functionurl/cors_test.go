package functionurl

import (
	"net/http"
	"slices"
	"testing"

	"sluice/internal/functionurl"
	"sluice/internal/gateway/gatewaytest"
)

const origin = "https://a.example"

func TestPreflightIsAnsweredWithoutTheFunction(t *testing.T) {
	f := newFixture(t)
	f.url.Auth, f.Denied = functionurl.AuthIAM, true // a browser does not sign its question
	f.url.CORS = &functionurl.CORS{Origins: []string{origin}, Methods: []string{"GET"}, MaxAge: new(60)}
	got := f.send(t, "OPTIONS", "/", nil, "Origin", origin, "Access-Control-Request-Method", "GET")
	header := got.Header
	if got.StatusCode != http.StatusOK || got.Text != "" || header.Get("Access-Control-Allow-Origin") != origin ||
		header.Get("Access-Control-Allow-Methods") != "GET" || header.Get("Access-Control-Max-Age") != "60" || len(f.Called) > 0 {
		t.Errorf("%s: %v, %d calls", got.Status, header, len(f.Called))
	}
}

func TestOptionsThatAreNoPreflightGoToTheFunction(t *testing.T) {
	withCORS := &functionurl.CORS{Origins: []string{"*"}}
	for _, tt := range []struct {
		name   string
		cors   *functionurl.CORS
		header []string
	}{
		{"the URL leaves it to the function", nil, []string{"Origin", origin, "Access-Control-Request-Method", "GET"}},
		{"no method is asked for", withCORS, []string{"Origin", origin}},
		{"no origin", withCORS, []string{"Access-Control-Request-Method", "GET"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newFixture(t)
			f.url.CORS = tt.cors
			if got := f.send(t, "OPTIONS", "/", nil, tt.header...); got.Text != "hello" {
				t.Errorf("%s: %s", got.Status, got.Text)
			}
		})
	}
}

func TestAnswersAdmitTheOrigin(t *testing.T) {
	f := newFixture(t)
	f.url.CORS = &functionurl.CORS{Origins: []string{origin}, Expose: []string{"X-A"}}
	if header := f.get(t, "Origin", origin).Header; header.Get("Access-Control-Allow-Origin") != origin || header.Get("Access-Control-Expose-Headers") != "X-A" {
		t.Errorf("an answer has %v", header)
	}
	if header := f.get(t, "Origin", "https://b.example").Header; header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("an answer to another origin has %v", header)
	}
	f.Denied = true
	if header := f.get(t, "Origin", origin).Header; header.Get("Access-Control-Allow-Origin") != origin {
		t.Errorf("a refusal has %v", header)
	}
}

func TestFunctionThatAnswersToOriginsTooDoublesTheHeaders(t *testing.T) {
	f := newFixture(t)
	f.url.CORS = &functionurl.CORS{Origins: []string{"*"}}
	f.Handler = gatewaytest.Says(`{"statusCode":200,"headers":{"Access-Control-Allow-Origin":"*"}}`)
	if got := f.get(t, "Origin", origin).Header["Access-Control-Allow-Origin"]; !slices.Equal(got, []string{"*", "*"}) {
		t.Errorf("got %q", got)
	}
}
