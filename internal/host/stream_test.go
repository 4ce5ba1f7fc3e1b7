package host

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/internal/function"
)

// sink is a Stream that keeps what it gets.
type sink struct {
	heads   []function.StreamHead
	got     bytes.Buffer
	size    int
	discard bool
	// onWrite, if set, is called with each piece; its error is Write's.
	onWrite func(piece []byte) error
}

func (s *sink) Begin(head function.StreamHead) { s.heads = append(s.heads, head) }

func (s *sink) Write(piece []byte) (int, error) {
	if s.size += len(piece); !s.discard {
		s.got.Write(piece)
	}
	if s.onWrite != nil {
		if err := s.onWrite(piece); err != nil {
			return 0, err
		}
	}
	return len(piece), nil
}

// streamTo invokes a version and gives its answer to a sink.
func streamTo(t testing.TB, p function.Pool, event string, to *sink) *function.Outcome {
	t.Helper()
	call := newCall(event)
	call.Stream = to
	outcome, err := p.Invoke(t.Context(), call)
	if err != nil {
		t.Fatalf("Invoke(%.100s): %v", event, err)
	}
	return outcome
}

// errorOf decodes a payload's error.
func errorOf(t testing.TB, payload []byte) (errorType, message string) {
	t.Helper()
	var f failure
	if err := json.Unmarshal(payload, &f); err != nil {
		t.Fatalf("payload %.200s: %v", payload, err)
	}
	return f.Type, f.Message
}

func touch(t testing.TB, file string) {
	t.Helper()
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestTheFirstPieceComesBeforeTheLastIsWritten(t *testing.T) {
	r := newRig(t, nil)
	for _, handler := range []string{"h", "aws-lambda-go"} {
		t.Run(handler, func(t *testing.T) {
			file := filepath.Join(r.folder(t), "seen")
			to := &sink{onWrite: func(piece []byte) error {
				if string(piece) == "first " {
					touch(t, file)
				}
				return nil
			}}
			o := streamTo(t, r.Pool(r.custom(t, handler)), `{"Do":"stream","Text":"first ","Times":1,"Until":"`+file+`"}`, to)
			if to.got.String() != "first end" || o.Failed || len(o.Payload) != 0 {
				t.Errorf("got %q, %+v", to.got.String(), o)
			}
		})
	}
}

// TestEndsOfAStreamedAnswer runs one process after the other in each way in which a streamed call can end.
func TestEndsOfAStreamedAnswer(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "h"))
	read := filepath.Join(r.folder(t), "read")
	text := function.StreamHead{ContentType: "text/plain", Streamed: true, Executed: 3}
	whole := function.StreamHead{ContentType: "application/octet-stream", Executed: 3}
	for _, tt := range []struct {
		name, event string
		head        function.StreamHead
		got         string
		broken      string
		errorType   string // of the payload; empty if the call does not fail
		message     string
	}{
		{"well", `{"Do":"stream","Text":"ab","Times":3}`, text, "abababend", "", "", ""},
		{"fails midway", `{"Do":"stream","Text":"ab","Times":1,"Until":"READ","End":"Bad"}`, text, "ab", "Bad", "Bad", strings.Repeat("m", 10_000)},
		{"fails before the first byte", `{"Do":"stream","End":"Bad"}`, function.StreamHead{}, "", "", "Bad", strings.Repeat("m", 10_000)},
		{"exits midway", `{"Do":"stream","Text":"ab","Times":1,"Until":"READ","End":"exit"}`, text, "ab", "Runtime.TruncatedResponse",
			"Runtime.ExitError", "RequestId: ID Error: Runtime exited with error: exit status 3"},
		{"breaks off", `{"Do":"stream","Text":"ab","Times":1,"Until":"READ","End":"break"}`, text, "ab", "Runtime.TruncatedResponse", "Runtime.TruncatedResponse", ""},
		{"answers in one piece", `{"a":1}`, whole, `{"a":1}`, "", "", ""},
		{"answers in a large piece", `{"Do":"text","Text":"0123456789","Times":20000}`, whole, strings.Repeat("0123456789", 20000), "", "", ""},
		{"fails at once", `{"Do":"fail"}`, function.StreamHead{}, "", "", "Broken", "on purpose"},
		{"exits at once", `{"Do":"exit","Times":3}`, function.StreamHead{}, "", "",
			"Runtime.ExitError", "RequestId: ID Error: Runtime exited with error: exit status 3"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_ = os.Remove(read)
			to := &sink{onWrite: func([]byte) error { return os.WriteFile(read, nil, 0o600) }}
			call := newCall(strings.ReplaceAll(tt.event, "READ", read))
			call.Stream = to
			o, err := p.Invoke(t.Context(), call)
			if err != nil {
				t.Fatal(err)
			}
			if begun := tt.head != (function.StreamHead{}); len(to.heads) > 1 || (len(to.heads) == 1) != begun || begun && to.heads[0] != tt.head {
				t.Errorf("heads %+v, want %+v", to.heads, tt.head)
			}
			if to.got.String() != tt.got || o.Broken != tt.broken || o.Failed != (tt.errorType != "") {
				t.Errorf("got %.100q, broken %q, failed %v", to.got.String(), o.Broken, o.Failed)
			}
			if !o.Failed {
				return
			}
			errorType, message := errorOf(t, o.Payload)
			if want := strings.ReplaceAll(tt.message, "ID", call.RequestID); errorType != tt.errorType || message != want {
				t.Errorf("error %s: %.200s", errorType, message)
			}
		})
	}
}

func TestAStreamedAnswerEndsWithTheCallsTime(t *testing.T) {
	r := newRig(t, nil)
	v := r.custom(t, "h")
	v.Config.Timeout = 1
	p := r.Pool(v)
	to := &sink{}
	o := streamTo(t, p, `{"Do":"stream","Text":"ab","Times":1,"End":"hang"}`, to)
	if errorType, _ := errorOf(t, o.Payload); to.got.String() != "ab" || o.Broken != "Sandbox.Timedout" || errorType != "Sandbox.Timedout" {
		t.Errorf("got %q, %+v", to.got.String(), o)
	}
	tail := string(o.Tail)
	if !strings.Contains(tail, "Task timed out after 1.00 seconds") || !strings.Contains(tail, "\tStatus: timeout") || o.Duration != time.Second {
		t.Errorf("tail %q, duration %s", tail, o.Duration)
	}
	wantOutcome(t, ask(t, p, `1`), false, `1`)
}

func TestAnErrorOfAReaderInGo(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "aws-lambda-go"))
	to := &sink{}
	o := streamTo(t, p, `{"Text":"part","Fail":true}`, to)
	if errorType, message := errorOf(t, o.Payload); to.got.String() != "part" || o.Broken != errorType || message != "on purpose" {
		t.Errorf("got %q, %+v, payload %s", to.got.String(), o, o.Payload)
	}
	wantOutcome(t, ask(t, p, `{"Text":"again "}`), false, `again end`)
}

// TestCallersWhoDoNotStream get a streamed answer as a whole.
func TestCallersWhoDoNotStream(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "h"))
	for _, tt := range []struct {
		name, event string
		failed      bool
		want        string
	}{
		{"well", `{"Do":"stream","Text":"ab","Times":3}`, false, "abababend"},
		{"fails midway", `{"Do":"stream","Text":"ab","Times":1,"End":"Bad"}`, true,
			`{"errorType":"Bad","errorMessage":"` + strings.Repeat("m", 10_000) + `"}`},
		{"too large", `{"Do":"stream","Text":"` + strings.Repeat("x", 700_000) + `","Times":10}`, true,
			`{"errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes).","errorType":"Function.ResponseSizeTooLarge"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			wantOutcome(t, ask(t, p, tt.event), tt.failed, tt.want)
		})
	}
}

func TestStreamedAnswersHaveALimit(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "h"))
	piece := strings.Repeat("x", 1<<20)
	to := &sink{discard: true}
	o := streamTo(t, p, `{"Do":"stream","Text":"`+piece+`","Times":200}`, to)
	if to.size > maxStreamed || to.size < maxStreamed-1<<20 || o.Broken != typeTooLarge {
		t.Errorf("%d bytes, %+v", to.size, o)
	}
	if _, message := errorOf(t, o.Payload); !strings.Contains(message, "(209715200 bytes)") {
		t.Errorf("message %q", message)
	}
	wantOutcome(t, ask(t, p, `1`), false, `1`)
}

func TestAStreamedCallIsReported(t *testing.T) {
	r := newRig(t, nil)
	got := lines(streamTo(t, r.Pool(r.custom(t, "h")), `{"Do":"stream","Text":"ab","Times":1}`, &sink{}))
	if len(got) != 3 || !strings.HasPrefix(got[0], "START ") || !strings.HasPrefix(got[1], "END ") || !strings.HasPrefix(got[2], "REPORT ") {
		t.Errorf("tail %q", got)
	}
}

// TestSlowReaders has a process that serves one call at a time, and a reader who stops after the first piece.
func TestSlowReaders(t *testing.T) {
	for _, tt := range []struct {
		name, event string
		timeout     int
		broken      string
	}{
		{"the function has written all", `{"Do":"stream","Text":"` + strings.Repeat("x", 20_000) + `","Times":3}`, 60, ""},
		{"the call's time is over", `{"Do":"stream","Text":"` + strings.Repeat("x", 1<<20) + `","Times":100}`, 1, "Sandbox.Timedout"},
		{"the process has ended", `{"Do":"stream","Text":"` + strings.Repeat("x", 20_000) + `","Times":3,"Until":"READ","End":"exit"}`, 60, "Runtime.TruncatedResponse"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRig(t, func(c *Config) { c.Limit, c.Wait = 1, 10*time.Second })
			v := r.custom(t, "h")
			v.Config.Timeout = tt.timeout
			p := r.Pool(v)
			read := filepath.Join(r.folder(t), "read")
			reads, goOn := make(chan struct{}), make(chan struct{})
			to := &sink{onWrite: func([]byte) error {
				touch(t, read)
				select {
				case <-goOn:
				case reads <- struct{}{}:
					<-goOn
				}
				return nil
			}}
			done := make(chan *function.Outcome)
			go func() { done <- streamTo(t, p, strings.ReplaceAll(tt.event, "READ", read), to) }()
			<-reads
			wantOutcome(t, ask(t, p, `1`), false, `1`) // the only process is free
			close(goOn)
			if o := <-done; o.Broken != tt.broken {
				t.Errorf("broken %q, failed %v, %.300s", o.Broken, o.Failed, o.Payload)
			}
			if tt.broken == "" && to.size != 60_003 {
				t.Errorf("%d bytes were read", to.size)
			}
		})
	}
}

func TestAReaderWhoLeavesDoesNotEndTheCall(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "h"))
	before := ask(t, p, `{"Do":"pid"}`)
	to := &sink{onWrite: func([]byte) error { return errors.New("gone") }}
	o := streamTo(t, p, `{"Do":"stream","Text":"`+strings.Repeat("x", 1<<20)+`","Times":10}`, to)
	if o.Failed || o.Broken != "" || to.size > maxPiece {
		t.Errorf("%d bytes, %+v", to.size, o)
	}
	wantOutcome(t, ask(t, p, `{"Do":"pid"}`), false, string(before.Payload))
}

func TestAReaderWhoPanicsHarmsNobody(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Limit = 1 })
	p := r.Pool(r.custom(t, "h"))
	func() {
		defer func() { _ = recover() }()
		streamTo(t, p, `{"Do":"stream","Text":"`+strings.Repeat("x", 1<<20)+`","Times":10}`, &sink{onWrite: func([]byte) error { panic("no") }})
		t.Error("the panic was swallowed")
	}()
	wantOutcome(t, ask(t, p, `1`), false, `1`)
}

func TestAStreamThatGetsNoProcess(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Limit, c.Wait = 1, -1 })
	p := r.Pool(r.custom(t, "h"))
	file := filepath.Join(r.folder(t), "go")
	done := make(chan struct{})
	started := make(chan struct{})
	go func() {
		defer close(done)
		streamTo(t, p, `{"Do":"stream","Text":"ab","Times":1,"Until":"`+file+`"}`, &sink{onWrite: func(b []byte) error {
			if string(b) == "ab" {
				close(started)
			}
			return nil
		}})
	}()
	<-started
	to := &sink{}
	call := newCall(`1`)
	call.Stream = to
	if _, err := p.Invoke(t.Context(), call); err == nil || len(to.heads) > 0 {
		t.Errorf("%v, heads %v", err, to.heads)
	}
	touch(t, file)
	<-done
}
