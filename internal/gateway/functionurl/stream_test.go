package functionurl

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/functionurl"
	"sluice/internal/gateway/payload"
)

const zeros = "\x00\x00\x00\x00\x00\x00\x00\x00"

// streaming returns a fixture whose URL streams, and whose function writes pieces and then ends with an outcome.
func streaming(t *testing.T, contentType string, outcome *function.Outcome, pieces ...string) *fixture {
	t.Helper()
	f := newFixture(t)
	f.url.Mode = functionurl.Streamed
	f.Handler = func(_ context.Context, call *function.Call) (*function.Outcome, error) {
		call.Stream.Begin(function.StreamHead{ContentType: contentType, Streamed: true})
		for _, piece := range pieces {
			if _, err := call.Stream.Write([]byte(piece)); err != nil {
				break // nobody reads on
			}
		}
		return outcome, nil
	}
	return f
}

func TestPiecesArriveAsTheyAreWritten(t *testing.T) {
	f := newFixture(t)
	f.url.Mode = functionurl.Streamed
	arrived := make(chan struct{})
	f.Handler = func(_ context.Context, call *function.Call) (*function.Outcome, error) {
		call.Stream.Begin(function.StreamHead{ContentType: "text/plain", Streamed: true})
		for _, piece := range []string{"one", "two"} {
			if _, err := call.Stream.Write([]byte(piece)); err != nil {
				return nil, err
			}
			<-arrived // the caller has it before the function goes on
		}
		return &function.Outcome{}, nil
	}
	answer := f.Open(t, "http://"+host+"/")
	if answer.Header.Get("Content-Type") != "text/plain" || answer.StatusCode != http.StatusOK {
		t.Errorf("%s: %v", answer.Status, answer.Header)
	}
	for _, want := range []string{"one", "two"} {
		got := make([]byte, 3)
		if _, err := io.ReadFull(answer.Body, got); err != nil || string(got) != want {
			t.Fatalf("%q, %v; want %q", got, err, want)
		}
		arrived <- struct{}{}
	}
	if rest, err := io.ReadAll(answer.Body); len(rest) > 0 || err != nil {
		t.Errorf("%q, %v", rest, err)
	}
}

func TestPreludeSetsStatusAndHeaders(t *testing.T) {
	f := streaming(t, payload.IntegrationType, &function.Outcome{}, `{"statusCode":201,"headers":{"X-A"`, `:"1"},"cookies":["c=d"]}`+zeros+"he", "llo")
	f.url.CORS = &functionurl.CORS{Origins: []string{"*"}}
	got := f.get(t, "Origin", origin)
	if got.StatusCode != 201 || got.Text != "hello" || got.Header.Get("X-A") != "1" || got.Header.Get("Set-Cookie") != "c=d" ||
		got.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("%s: %v %q", got.Status, got.Header, got.Text)
	}
}

func TestWholeAnswerOnAStreamingURLIsSentAsItIs(t *testing.T) {
	const answer = `{"statusCode": 201, "body": "x"}`
	if got := streaming(t, "application/json", &function.Outcome{}, answer).get(t); got.StatusCode != http.StatusOK || got.Text != answer {
		t.Errorf("%s: %s", got.Status, got.Text)
	}
}

func TestStreamsWithoutABody(t *testing.T) {
	if got := streaming(t, "text/plain", &function.Outcome{}).get(t); got.StatusCode != http.StatusOK || got.Text != "" {
		t.Errorf("%s: %s", got.Status, got.Text)
	}
	got := streaming(t, payload.IntegrationType, &function.Outcome{}, `{"statusCode":204}`+zeros).get(t)
	if got.StatusCode != http.StatusNoContent || got.Text != "" {
		t.Errorf("%s: %s", got.Status, got.Text)
	}
}

func TestStreamsThatFailBeforeTheHead(t *testing.T) {
	failed := &function.Outcome{Failed: true}
	for name, f := range map[string]*fixture{
		"the function fails":         streaming(t, "text/plain", failed),
		"within the prelude":         streaming(t, payload.IntegrationType, failed, `{"status`),
		"with an unfinished prelude": streaming(t, payload.IntegrationType, &function.Outcome{}, `{"statusCode":200}`),
		"with a malformed prelude":   streaming(t, payload.IntegrationType, &function.Outcome{}, "x"+zeros, "more"),
	} {
		t.Run(name, func(t *testing.T) { wantText(t, f.get(t), gatewayText) })
	}
	t.Run("no process", func(t *testing.T) {
		f := newFixture(t)
		f.url.Mode = functionurl.Streamed
		f.Handler = func(context.Context, *function.Call) (*function.Outcome, error) {
			return nil, fault.Errorf(fault.Throttled, "concurrency", "x")
		}
		wantText(t, f.get(t), `429 TooManyRequestsException {"Message":"Rate Exceeded."}`)
	})
}

func TestStreamThatBreaksIsNotWhole(t *testing.T) {
	f := streaming(t, "text/plain", &function.Outcome{Failed: true}, "a part")
	answer := f.Open(t, "http://"+host+"/")
	if got, err := io.ReadAll(answer.Body); string(got) != "a part" || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%q, %v; want a part and a broken connection", got, err)
	}
}

func TestFunctionHearsThatNobodyReadsOn(t *testing.T) {
	f := newFixture(t)
	f.url.Mode = functionurl.Streamed
	heard := make(chan error, 1)
	f.Handler = func(ctx context.Context, call *function.Call) (*function.Outcome, error) {
		call.Stream.Begin(function.StreamHead{ContentType: "text/plain", Streamed: true})
		piece := []byte(strings.Repeat("x", 64<<10))
		for {
			if _, err := call.Stream.Write(piece); err != nil {
				heard <- err
				return &function.Outcome{}, nil
			}
		}
	}
	answer := f.Open(t, "http://"+host+"/")
	answer.Body.Close()
	if err := <-heard; err == nil {
		t.Error("no error")
	}
}
