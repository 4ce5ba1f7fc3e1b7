package lambda

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"

	"sluice/internal/async"
)

// record is what a destination is told of an event's end (recordings test_invoke_lambda_eventbridge and
// test_reserved_concurrency; AWS's page "Retaining records of asynchronous invocations").
type record struct {
	Version         string           `json:"version"`
	Timestamp       string           `json:"timestamp"`
	RequestContext  recordRequest    `json:"requestContext"`
	RequestPayload  json.RawMessage  `json:"requestPayload"`
	ResponseContext *recordResponse  `json:"responseContext,omitempty"`
	ResponsePayload *json.RawMessage `json:"responsePayload,omitempty"`
}

type recordRequest struct {
	RequestID   string          `json:"requestId"`
	FunctionARN string          `json:"functionArn"` // always with a qualifier
	Condition   async.Condition `json:"condition"`
	InvokeCount int             `json:"approximateInvokeCount"`
}

type recordResponse struct {
	StatusCode      int    `json:"statusCode"`
	ExecutedVersion string `json:"executedVersion"`
	FunctionError   string `json:"functionError,omitempty"`
}

// EventRecord writes the document that tells a destination of an event's end. If the function did not run at last, there
// is no response in it.
func EventRecord(end *async.Completion) ([]byte, error) {
	r := record{
		Version: "1.0", Timestamp: end.At.UTC().Format("2006-01-02T15:04:05.000Z"),
		RequestContext: recordRequest{
			RequestID: end.RequestID, FunctionARN: end.Function.Qualified(cmp.Or(end.Qualifier, "$LATEST")),
			Condition: end.Condition, InvokeCount: end.Runs,
		},
		RequestPayload: document(end.Payload, "{}"),
	}
	if a := end.Answer; a != nil {
		payload := document(a.Payload, "null")
		r.ResponseContext, r.ResponsePayload = &recordResponse{StatusCode: 200, ExecutedVersion: a.Executed.String()}, &payload
		if a.Failed {
			r.ResponseContext.FunctionError = unhandled[0]
		}
	}
	var text bytes.Buffer
	out := json.NewEncoder(&text)
	out.SetEscapeHTML(false) // payloads stay as long as they are
	if err := out.Encode(r); err != nil {
		return nil, fmt.Errorf("write the record of an event's end: %w", err)
	}
	return bytes.TrimRight(text.Bytes(), "\n"), nil
}

// document is a payload as a part of a document. A runtime may answer with something that is no JSON: it becomes a text.
func document(payload []byte, none string) json.RawMessage {
	if len(payload) == 0 {
		return json.RawMessage(none)
	}
	if json.Valid(payload) {
		return payload
	}
	text, err := json.Marshal(string(payload))
	if err != nil {
		return json.RawMessage(none)
	}
	return text
}
