package lambda

import (
	"strings"
	"testing"
	"time"

	"sluice/internal/async"
	"sluice/internal/function"
)

// The members are those of the recordings test_invoke_lambda_eventbridge and test_reserved_concurrency.
func TestEventRecord(t *testing.T) {
	id := function.ID{Scope: function.Scope{Account: "000000000000", Region: "us-east-1"}, Name: "f"}
	at := time.Date(2026, 3, 1, 12, 30, 15, 123456000, time.UTC)
	answer := func(payload string, failed bool) *function.Answer {
		return &function.Answer{Outcome: &function.Outcome{Payload: []byte(payload), Failed: failed}, Executed: 3}
	}
	const begin = `{"version":"1.0","timestamp":"2026-03-01T12:30:15.123Z","requestContext":{"requestId":"id","functionArn":"arn:aws:lambda:us-east-1:000000000000:function:f:`
	for _, tt := range []struct {
		name               string
		qualifier, payload string
		condition          async.Condition
		runs               int
		answer             *function.Answer
		want               string
	}{
		{"success", "", `{"a":"<"}`, async.Success, 1, answer(`{"b":2}`, false),
			`$LATEST","condition":"Success","approximateInvokeCount":1},"requestPayload":{"a":"<"},"responseContext":{"statusCode":200,"executedVersion":"3"},"responsePayload":{"b":2}}`},
		{"failure", "LIVE", `{}`, async.RetriesExhausted, 3, answer(`{"errorType":"E"}`, true),
			`LIVE","condition":"RetriesExhausted","approximateInvokeCount":3},"requestPayload":{},"responseContext":{"statusCode":200,"executedVersion":"3","functionError":"Unhandled"},"responsePayload":{"errorType":"E"}}`},
		{"it never ran", "", `1`, async.NoConcurrency, 0, nil,
			`$LATEST","condition":"ZeroReservedConcurrency","approximateInvokeCount":0},"requestPayload":1}`},
		{"no payload", "", ``, async.Success, 1, answer(``, false),
			`$LATEST","condition":"Success","approximateInvokeCount":1},"requestPayload":{},"responseContext":{"statusCode":200,"executedVersion":"3"},"responsePayload":null}`},
		{"an answer that is no JSON", "", `{}`, async.Success, 1, answer(`so "so"`, false),
			`$LATEST","condition":"Success","approximateInvokeCount":1},"requestPayload":{},"responseContext":{"statusCode":200,"executedVersion":"3"},"responsePayload":"so \"so\""}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := &async.Event{Invocation: async.Invocation{Function: id, Qualifier: tt.qualifier, RequestID: "id", Payload: []byte(tt.payload)}, Runs: tt.runs}
			got, err := EventRecord(&async.Completion{Event: e, Condition: tt.condition, At: at, Answer: tt.answer})
			if err != nil || string(got) != begin+tt.want {
				t.Errorf("%v; the record is\n%s, want\n%s", err, got, begin+strings.TrimSpace(tt.want))
			}
		})
	}
}
