package lambda

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream"

	"sluice/internal/account"
	"sluice/internal/api/wire"
	"sluice/internal/api/wire/sigv4"
	"sluice/internal/client"
	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

const streaming = "/2021-11-15/functions/f/response-streaming-invocations"

// player is a host whose functions stream what a test wants.
type player struct {
	echo
	pieces  []string
	between chan struct{} // if not nil, received from after each piece
	outcome function.Outcome
	err     error
	call    *function.Call
}

func (p *player) Pool(*function.Version) function.Pool { return p }

func (p *player) Invoke(_ context.Context, call *function.Call) (*function.Outcome, error) {
	p.call = call
	if p.err != nil {
		return nil, p.err
	}
	for i, piece := range p.pieces {
		if i == 0 {
			call.Stream.Begin(function.StreamHead{ContentType: "text/plain", Streamed: true, Executed: 7})
		}
		if _, err := call.Stream.Write([]byte(piece)); err != nil {
			return nil, err
		}
		if p.between != nil {
			<-p.between
		}
	}
	return new(p.outcome), nil
}

// stage is the API over a host that plays; it has a function f.
func stage(t *testing.T, p *player) *fixture {
	t.Helper()
	records, err := store.Open(t.Context(), store.Config{Folder: prepared.Folder(t, t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = records.Close() })
	service := New(Config{Functions: function.NewService(records, packages{}, p, echo{})})
	config := wire.Config{Logger: slog.New(slog.DiscardHandler), Keys: nobody{}, Anyone: &sigv4.Identity{Account: "000000000000"}}
	f := &fixture{wire.NewServer(config, service), client.Client{URL: "http://sluice", Key: account.NewKey()}}
	f.create(t, `{"FunctionName":"f"}`)
	return f
}

// frame is an event of the stream as a test compares it.
type frame struct{ kind, contentType, payload string }

func frames(t *testing.T, body []byte) []frame {
	t.Helper()
	var all []frame
	for in := bytes.NewReader(body); in.Len() > 0; {
		all = append(all, decode(t, in))
	}
	return all
}

func decode(t *testing.T, in interface{ Read([]byte) (int, error) }) frame {
	t.Helper()
	m, err := eventstream.NewDecoder().Decode(in, nil)
	if err != nil {
		t.Fatal(err)
	}
	if kind := m.Headers.Get(":message-type").String(); kind != "event" {
		t.Errorf("message type %s", kind)
	}
	return frame{m.Headers.Get(":event-type").String(), m.Headers.Get(":content-type").String(), string(m.Payload)}
}

func TestInvokeWithResponseStream(t *testing.T) {
	const octets, document = "application/octet-stream", "application/json"
	tail := http.Header{"X-Amz-Log-Type": {"Tail"}}
	for _, tt := range []struct {
		name     string
		play     player
		header   http.Header
		executed string
		want     []frame
	}{
		{"in pieces", player{pieces: []string{"one", "two"}}, nil, "7",
			[]frame{{"PayloadChunk", octets, "one"}, {"PayloadChunk", octets, "two"}, {"InvokeComplete", document, `{}`}}},
		{"nothing", player{}, nil, "$LATEST", []frame{{"InvokeComplete", document, `{}`}}},
		{"with its log", player{pieces: []string{"one"}, outcome: function.Outcome{Tail: []byte("END\n")}}, tail, "7",
			[]frame{{"PayloadChunk", octets, "one"}, {"InvokeComplete", document, `{"LogResult":"` + base64.StdEncoding.EncodeToString([]byte("END\n")) + `"}`}}},
		{"a failure before the first piece", player{outcome: function.Outcome{Failed: true, Payload: []byte(`{"errorType":"E"}`)}}, nil, "$LATEST",
			[]frame{{"InvokeComplete", document, `{"ErrorCode":"Unhandled","ErrorDetails":"{\"errorType\":\"E\"}"}`}}},
		{"a failure midway", player{pieces: []string{"one"}, outcome: function.Outcome{Failed: true, Broken: "E", Payload: []byte(`{"errorType":"E"}`)}}, nil, "7",
			[]frame{{"PayloadChunk", octets, "one"}, {"InvokeComplete", document, `{"ErrorCode":"E","ErrorDetails":"{\"errorType\":\"E\"}"}`}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := stage(t, &tt.play).post(t, streaming, `{"a":1}`, tt.header)
			if got := frames(t, w.Body.Bytes()); w.Code != 200 || !slices.Equal(got, tt.want) {
				t.Errorf("status %d, frames %q\nwant %q", w.Code, got, tt.want)
			}
			if kind, executed := w.Header().Get("Content-Type"), w.Header().Get("X-Amz-Executed-Version"); kind != "application/vnd.amazon.eventstream" || executed != tt.executed {
				t.Errorf("content type %q, version %q", kind, executed)
			}
			if call := tt.play.call; string(call.Payload) != `{"a":1}` || call.Tail != (tt.header != nil) {
				t.Errorf("the function was given %+v", call)
			}
		})
	}
}

// TestEachPieceIsSentAtOnce reads the first piece while the function waits to write the second.
func TestEachPieceIsSentAtOnce(t *testing.T) {
	p := &player{pieces: []string{"one", "two"}, between: make(chan struct{})}
	f := stage(t, p)
	server := httptest.NewServer(f.server)
	defer server.Close()
	f.signer.URL = server.URL
	r, err := f.signer.Request(t.Context(), "lambda", "POST", streaming, nil, []byte(`{}`))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	for _, want := range []string{"one", "two"} {
		if got := decode(t, answer.Body); got.payload != want {
			t.Fatalf("got %q, want %q", got.payload, want)
		}
		p.between <- struct{}{}
	}
	if got := decode(t, answer.Body); got.kind != "InvokeComplete" {
		t.Errorf("last frame %q", got)
	}
}

func TestStreamsThatDoNotBegin(t *testing.T) {
	for _, tt := range []struct {
		name, path, body string
		header           http.Header
		err              error
		status           int
		code, text       string
	}{
		{"a dry run", streaming, `{}`, http.Header{"X-Amz-Invocation-Type": {"DryRun"}}, nil, 204, "", ""},
		{"a dry run of nothing", streaming + "?Qualifier=9", `{}`, http.Header{"X-Amz-Invocation-Type": {"DryRun"}}, nil,
			404, "ResourceNotFoundException", "function:f:9"},
		{"no function", strings.Replace(streaming, "/f/", "/g/", 1), `{}`, nil, nil, 404, "ResourceNotFoundException", "Function not found"},
		{"no JSON", streaming, `{`, nil, nil, 400, "InvalidRequestContentException", "Could not parse request body into json"},
		{"an event", streaming, `{}`, http.Header{"X-Amz-Invocation-Type": {"Event"}}, nil,
			400, "ValidationException", "Value 'Event' at 'invocationType' failed to satisfy constraint"},
		{"a log type", streaming, `{}`, http.Header{"X-Amz-Log-Type": {"x"}}, nil, 400, "ValidationException", "Value 'x' at 'logType' failed to satisfy constraint"},
		{"no process", streaming, `{}`, nil, fault.Errorf(fault.Throttled, "concurrency", "Rate Exceeded."), 429, "TooManyRequestsException", "Rate Exceeded."},
		{"too much", streaming, `"` + strings.Repeat("x", function.MaxPayload) + `"`, nil, nil, 413, "RequestEntityTooLargeException",
			"Request must be smaller than 6291456 bytes"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := stage(t, &player{err: tt.err}).post(t, tt.path, tt.body, tt.header)
			if code := w.Header().Get("X-Amzn-Errortype"); w.Code != tt.status || code != tt.code || !strings.Contains(w.Body.String(), tt.text) {
				t.Errorf("%d %s %s, want %d %s %s", w.Code, code, w.Body, tt.status, tt.code, tt.text)
			}
		})
	}
}

// gone is a caller who reads nothing.
type gone struct{ http.ResponseWriter }

func (gone) Write([]byte) (int, error) { return 0, errors.New("gone") }

func TestTheFunctionLearnsThatNobodyReads(t *testing.T) {
	w := gone{httptest.NewRecorder()}
	to := &eventStream{w: w, control: http.NewResponseController(w), encoder: eventstream.NewEncoder()}
	to.Begin(function.StreamHead{})
	if n, err := to.Write([]byte("x")); n != 0 || err == nil {
		t.Errorf("Write = %d, %v", n, err)
	}
}
