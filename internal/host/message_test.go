package host

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"sluice/internal/function"
)

// sent encodes a call and reads it back as a client does.
func sent(t *testing.T, call *function.Call) (*http.Response, string) {
	t.Helper()
	var m message
	m.encode(call, time.UnixMilli(1_700_000_000_123))
	answer, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(append(bytes.Clone(m.head), m.body...))), nil)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(body)
}

func TestMessage(t *testing.T) {
	answer, body := sent(t, &function.Call{
		RequestID: "id-1", InvokedARN: "arn:1", Payload: []byte(`{"a":1}`), ClientContext: `{"c":1}`, TraceID: "Root=1-2-3;Parent=4;Sampled=1",
	})
	if body != `{"a":1}` || answer.StatusCode != 200 {
		t.Errorf("%d %s", answer.StatusCode, body)
	}
	for name, want := range map[string]string{
		"Lambda-Runtime-Aws-Request-Id": "id-1", "Lambda-Runtime-Invoked-Function-Arn": "arn:1",
		"Lambda-Runtime-Client-Context": `{"c":1}`, "Lambda-Runtime-Trace-Id": "Root=1-2-3;Parent=4;Sampled=1",
		"Lambda-Runtime-Deadline-Ms": "1700000000123", "Content-Type": "application/json",
	} {
		if got := answer.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestMessageWithoutPayloadOrContext(t *testing.T) {
	answer, body := sent(t, &function.Call{RequestID: "id-1"})
	if _, given := answer.Header["Lambda-Runtime-Client-Context"]; body != "{}" || given {
		t.Errorf("body %q, headers %v", body, answer.Header)
	}
}

func TestMessageReusesItsMemory(t *testing.T) {
	var m message
	large := &function.Call{RequestID: "id-1", Payload: bytes.Repeat([]byte("x"), inline+1)}
	m.encode(large, time.Now())
	if len(m.body) != inline+1 || &m.body[0] != &large.Payload[0] {
		t.Error("a large payload was copied")
	}
	small := &function.Call{RequestID: "id-2", Payload: []byte("small")}
	m.encode(small, time.Now())
	if m.body != nil || !bytes.HasSuffix(m.head, []byte("\r\n\r\nsmall")) {
		t.Errorf("after a large one: %q, %d bytes", m.head, len(m.body))
	}
	if n := testing.AllocsPerRun(100, func() { m.encode(small, time.Now()) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

// TestACallerCannotWriteHeaders tries to end a header from each value that a caller chooses.
func TestACallerCannotWriteHeaders(t *testing.T) {
	const evil = "x\r\nEvil: 1\r\n\r\nbody\x00\x7f"
	answer, body := sent(t, &function.Call{RequestID: evil, InvokedARN: evil, ClientContext: evil, TraceID: "Root=" + evil, Payload: []byte("1")})
	if answer.Header.Get("Evil") != "" || body != "1" {
		t.Errorf("headers %v, body %q", answer.Header, body)
	}
}

func TestTraces(t *testing.T) {
	for caller, want := range map[string]string{
		"":                              `^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$`,
		"nonsense":                      `^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$`,
		"Root=1-a-b":                    `^Root=1-a-b;Parent=[0-9a-f]{16};Sampled=0$`,
		"Root=1-a-b;Sampled=1":          `^Root=1-a-b;Sampled=1;Parent=[0-9a-f]{16}$`,
		"Root=1-a-b;Parent=c;Sampled=1": `^Root=1-a-b;Parent=c;Sampled=1$`,
	} {
		if got := string(appendTrace(nil, caller)); !regexp.MustCompile(want).MatchString(got) {
			t.Errorf("%q becomes %q", caller, got)
		}
	}
	if first, second := string(appendTrace(nil, "")), string(appendTrace(nil, "")); first == second || strings.Count(first, "0") > 40 {
		t.Errorf("traces %s, %s", first, second)
	}
}
