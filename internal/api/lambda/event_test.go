package lambda

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"sluice/internal/async"
	"sluice/internal/function"
	"sluice/internal/store"
)

// newEvents starts a queue of events that runs functions.
func newEvents(t *testing.T, records *store.Store, functions *function.Service) *async.Service {
	t.Helper()
	events := async.NewService(async.ServiceConfig{Store: records, Functions: functions, Record: EventRecord})
	if err := events.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(events.Close)
	return events
}

func (f *fixture) post(t *testing.T, path, body string, header http.Header) *httptest.ResponseRecorder {
	t.Helper()
	r, err := f.signer.Request(context.Background(), "lambda", "POST", path, header, []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	f.server.ServeHTTP(w, r)
	return w
}

var event = http.Header{"X-Amz-Invocation-Type": {"Event"}}

func TestAnEventIsAcceptedWithoutAnAnswer(t *testing.T) {
	f := newFixture(t)
	for _, path := range []string{"f/invocations", "f:LIVE/invocations", "f/invocations?Qualifier=1"} {
		w := f.post(t, functions+path, `{"a": 1}`, event)
		if w.Code != 202 || w.Body.Len() != 0 || w.Header().Get("X-Amz-Executed-Version") != "" {
			t.Errorf("%s: %d %v %s", path, w.Code, w.Header(), w.Body)
		}
	}
}

func TestAnEventsClientContextIsIgnored(t *testing.T) {
	header := event.Clone()
	header.Set("X-Amz-Client-Context", "no base64")
	if w := newFixture(t).post(t, functions+"f/invocations", `{}`, header); w.Code != 202 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestTheOldOperationAcceptsAnEventToo(t *testing.T) {
	if w := newFixture(t).post(t, "/2014-11-13/functions/f/invoke-async", `{}`, http.Header{}); w.Code != 202 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestAnEventIsRefusedAtOnce(t *testing.T) {
	f := newFixture(t)
	long := fmt.Sprintf("%q", strings.Repeat("x", async.MaxPayload-1)) // a byte too long, with its quotes
	for _, tt := range []struct{ name, path, body, code, text string }{
		{"no function", "g/invocations", `{}`, "ResourceNotFoundException", "Function not found: arn:aws:lambda:us-east-1:000000000000:function:g"},
		{"no alias", "f:none/invocations", `{}`, "ResourceNotFoundException", ":function:f:none"},
		{"no JSON", "f/invocations", `{`, "InvalidRequestContentException", "Could not parse request body into json"},
		{"too long", "f/invocations", long, "RequestEntityTooLargeException", "1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := f.post(t, functions+tt.path, tt.body, event)
			if code := w.Header().Get("X-Amzn-Errortype"); code != tt.code || !strings.Contains(w.Body.String(), tt.text) {
				t.Errorf("%d %s %s, want %s %s", w.Code, code, w.Body, tt.code, tt.text)
			}
		})
	}
}

func TestDeadLetterQueuesAreRefused(t *testing.T) {
	f := newFixture(t)
	const queue = `{"DeadLetterConfig":{"TargetArn":"arn:aws:sqs:us-east-1:000000000000:dead"}}`
	for method, path := range map[string]string{"POST": "", "PUT": "f/configuration"} {
		body := queue
		if path == "" {
			body = creation(t, queue)
		}
		_, code, text := f.call(t, method, functions+path, body)
		if code != "InvalidParameterValueException" || !strings.Contains(text,
			"Sluice does not serve dead-letter queues and topics (DeadLetterConfig). Leave it out. Use the destination OnFailure with a function.") {
			t.Errorf("%s: %s %s", method, code, text)
		}
	}
	f.configure(t, `{"DeadLetterConfig":{"TargetArn":""}}`) // takes one back
}
