package executeapi_test

import (
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"

	"sluice/internal/function"
	"sluice/internal/gateway/executeapi"
	"sluice/internal/gateway/gatewaytest"
)

const owner = gatewaytest.Owner

var scope = function.Scope{Account: owner, Region: "us-east-1"}

// fixture is a visit that nobody reads, of a request that is there already.
type fixture struct {
	b *gatewaytest.Backend
	*executeapi.Visit
	samples []executeapi.Sample
	lines   []string
	answer  *httptest.ResponseRecorder
	log     strings.Builder
}

func newFixture(t *testing.T, method, path, body string) *fixture {
	t.Helper()
	f := &fixture{b: gatewaytest.NewBackend(`"hello"`), answer: httptest.NewRecorder()}
	shared := f.b.Config()
	shared.Logger = slog.New(slog.NewTextHandler(&f.log, nil))
	c := &executeapi.Config{Config: shared, Meter: f, AccessLog: func(group, stream, line string) { f.lines = append(f.lines, group+" "+stream+" "+line) }}
	r := httptest.NewRequestWithContext(t.Context(), method, "http://"+gatewaytest.APIHost+path, strings.NewReader(body))
	f.Visit = executeapi.Begin(c, f.answer, r)
	return f
}

func (f *fixture) RecordAPI(s executeapi.Sample) { f.samples = append(f.samples, s) }

// call is a call of the function f.
func call() *executeapi.Call {
	return &executeapi.Call{Target: executeapi.ParseTarget("f:live", scope), Account: owner, Source: "arn:source"}
}

// wantFailure checks a failure's reason and, if detail is not empty, what it says.
func wantFailure(t *testing.T, got *executeapi.Failure, reason executeapi.Reason, detail string) {
	t.Helper()
	if got == nil || got.Reason != reason || detail != "" && got.Detail != detail {
		t.Errorf("the failure is %+v, want the reason %d, %q", got, reason, detail)
	}
}
