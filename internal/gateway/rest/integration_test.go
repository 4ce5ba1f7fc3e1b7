package rest

import (
	"context"
	"strings"
	"testing"

	"sluice/internal/function"
	"sluice/internal/restapi"
)

// What is sent on as an event is refused like any other call.
func TestEventInvocationsThatAreRefused(t *testing.T) {
	m := mapping("", on("", "202", ""))
	m.Integration.Parameters = map[string]string{"integration.request.header.X-Amz-Invocation-Type": "method.request.header.X-Kind"}
	f := newFixture(t, map[string]*restapi.Method{"POST /": m})
	large := `"` + strings.Repeat("x", function.MaxPayload) + `"`
	wantAnswer(t, f.ask(t, "POST", "/dev", large, "X-Kind", "Event"), `413 RequestTooLargeException {"message":"Request Too Long"}`)
	f.refused = context.DeadlineExceeded
	wantAnswer(t, f.ask(t, "POST", "/dev", `{}`, "X-Kind", "Event"), internalText)
	if len(f.Called) > 0 || len(f.events) != 1 {
		t.Errorf("called %v, %d events", f.Called, len(f.events))
	}
	f.ask(t, "POST", "/dev", `{}`, "X-Kind", "RequestResponse")
	if len(f.Called) != 1 || len(f.events) != 1 {
		t.Errorf("called %v, %d events", f.Called, len(f.events))
	}
}
