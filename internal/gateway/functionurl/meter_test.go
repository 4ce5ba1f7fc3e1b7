package functionurl

import (
	"context"
	"io"
	"net/http"
	"testing"

	"sluice/internal/function"
	"sluice/internal/functionurl"
	"sluice/internal/gateway/gatewaytest"
)

// log is a Meter that hands on what it is told.
type log chan Sample

func (l log) Record(v Sample) { l <- v }

// metered returns a fixture that measures.
func metered(t *testing.T) (*fixture, log) {
	f, measured := newFixture(t), make(log, 1)
	f.front.config.Meter = measured
	return f, measured
}

func TestVisitsAreMeasured(t *testing.T) {
	f, measured := metered(t)
	for _, tt := range []struct {
		name   string
		answer string
		denied bool
		status int
	}{
		{"an answer", `"x"`, false, 200},
		{"an answer with another status", `{"statusCode":404}`, false, 404},
		{"a malformed answer", `{"statusCode":1}`, false, 502},
		{"a refusal", "", true, 403},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f.Denied = tt.denied
			f.Handler = gatewaytest.Says(tt.answer)
			f.get(t)
			if v := <-measured; v.Function != f.url.Function || v.Qualifier != "live" || v.Status != tt.status || v.Latency <= 0 || v.Ended.IsZero() {
				t.Errorf("measured %+v", v)
			}
		})
	}
}

func TestVisitsOfNothingAreNotMeasured(t *testing.T) {
	f, measured := metered(t)
	f.url = nil
	f.get(t)
	select {
	case v := <-measured:
		t.Errorf("measured %+v", v)
	default:
	}
}

func TestAnswerThatBreaksOffIsMeasuredAsAFailure(t *testing.T) {
	f, measured := metered(t)
	f.url.Mode = functionurl.Streamed
	f.Handler = func(_ context.Context, call *function.Call) (*function.Outcome, error) {
		call.Stream.Begin(function.StreamHead{ContentType: "text/plain"})
		_, err := call.Stream.Write([]byte("a part"))
		return &function.Outcome{Failed: true}, err
	}
	answer := f.Open(t, "http://"+host+"/")
	_, _ = io.Copy(io.Discard, answer.Body)
	answer.Body.Close()
	if v := <-measured; v.Status != http.StatusBadGateway {
		t.Errorf("measured %+v", v)
	}
}
