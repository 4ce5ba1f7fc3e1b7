package executeapi_test

import (
	"slices"
	"testing"
	"time"

	"sluice/internal/gateway/executeapi"
)

func TestNamesAreFilled(t *testing.T) {
	names := executeapi.NewNames("context", "method.request")
	values := map[string]string{"context.stage": "dev", "context.authorizer.a-b_C9": "x", "method.request.header.X-A": "a", "context.none": ""}
	value := func(expression string) (string, bool) {
		value, ok := values[expression]
		return value, ok
	}
	for text, want := range map[string]string{
		"":                              "",
		"no names":                      "no names",
		"$context.stage":                "dev",
		"${context.stage}s":             "devs",
		"[$context.stage]":              "[dev]",
		"$context.stage$context.stage":  "devdev",
		"$context.authorizer.a-b_C9":    "x",
		"$method.request.header.X-A ok": "a ok",
		"$methodXrequest.header.X-A":    "$methodXrequest.header.X-A",
		"$context.none":                 "",
		"$context.nope":                 "-",
		"$stageVariables.x":             "$stageVariables.x",
		"$context":                      "$context",
		"$context.":                     "$context.",
		"${context.stage":               "${context.stage",
		"context.stage":                 "context.stage",
	} {
		if got := names.Fill(text, "-", value); got != want {
			t.Errorf("%q is filled as %q, want %q", text, got, want)
		}
	}
}

func TestAccessIsLogged(t *testing.T) {
	names, of := executeapi.NewNames("context"), &executeapi.Sample{API: "abc", Stage: "dev"}
	value := func(string) (string, bool) { return "GET", true }
	t.Run("a line", func(t *testing.T) {
		f := newFixture(t, "GET", "/dev", "")
		f.LogAccess(executeapi.NewAccessFormat("arn:group", "$context.httpMethod /"), of, names, value)
		if !slices.Equal(f.lines, []string{"arn:group abc/dev GET /"}) {
			t.Errorf("logged %q", f.lines)
		}
	})
	t.Run("where the stage does not say how or where", func(t *testing.T) {
		f := newFixture(t, "GET", "/dev", "")
		for _, format := range []*executeapi.AccessFormat{nil, executeapi.NewAccessFormat("", "x"), executeapi.NewAccessFormat("arn:group", "")} {
			f.LogAccess(format, of, names, value)
		}
		if len(f.lines) > 0 {
			t.Errorf("logged %q", f.lines)
		}
	})
	t.Run("for nobody", func(t *testing.T) {
		f := newFixture(t, "GET", "/dev", "")
		f.AccessLog = nil
		f.LogAccess(executeapi.NewAccessFormat("arn:group", "x"), of, names, value)
	})
}

func TestRequestsAreMeasured(t *testing.T) {
	f := newFixture(t, "GET", "/dev", "")
	f.Integration = time.Nanosecond
	f.Send(&executeapi.Answer{Status: 418, Body: []byte("tea")})
	s := f.Measured(executeapi.Sample{Scope: scope, API: "abc", Name: "shop", Stage: "dev", HTTP: true})
	if len(f.samples) != 1 || f.samples[0] != s {
		t.Errorf("the meter was told %+v, not %+v", f.samples, s)
	}
	if s.Status != 418 || s.Sent != 3 || s.Latency <= 0 || s.Integration != time.Nanosecond || s.Ended.Sub(f.Began) != s.Latency || s.Name != "shop" || !s.HTTP {
		t.Errorf("measured %+v", s)
	}
	f.Meter = nil
	f.Measured(s) // nobody is told
}
