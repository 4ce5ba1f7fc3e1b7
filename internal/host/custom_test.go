package host

import (
	"regexp"
	"strings"
	"testing"
)

// TestCustomRuntime runs one process after the other in each way in which a call can end.
func TestCustomRuntime(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "h"))
	for _, tt := range []struct {
		name, event string
		failed      bool
		want        string // ID stands for the request's
	}{
		{"answers", `{"a":1}`, false, `{"a":1}`},
		{"answers in chunks", `{"Do":"chunked","Text":"[1,2]"}`, false, `[1,2]`},
		{"answers what is no JSON", `{"Do":"text","Text":"<p>"}`, false, `<p>`},
		{"fails", `{"Do":"fail"}`, true, `{"errorType":"Broken","errorMessage":"on purpose"}`},
		{"fails without a word", `{"Do":"fail-silently"}`, true, `{"errorType":"Silent","errorMessage":""}`},
		{"answers too much", `{"Do":"text","Text":"0123456789","Times":700000}`, true,
			`{"errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes).","errorType":"Function.ResponseSizeTooLarge"}`},
		{"exits with a code", `{"Do":"exit","Times":3}`, true,
			`{"errorType":"Runtime.ExitError","errorMessage":"RequestId: ID Error: Runtime exited with error: exit status 3"}`},
		{"exits without a code", `{"Do":"exit"}`, true,
			`{"errorType":"Runtime.ExitError","errorMessage":"RequestId: ID Error: Runtime exited without providing a reason"}`},
		{"is killed", `{"Do":"signal"}`, true,
			`{"errorType":"Runtime.ExitError","errorMessage":"RequestId: ID Error: Runtime exited with error: signal: killed"}`},
		{"answers and exits", `{"Do":"answer-and-exit"}`, false, `{"Do":"answer-and-exit"}`},
		{"answers after all that", `[true]`, false, `[true]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			call := newCall(tt.event)
			outcome, err := p.Invoke(t.Context(), call)
			if err != nil {
				t.Fatal(err)
			}
			wantOutcome(t, outcome, tt.failed, strings.ReplaceAll(tt.want, "ID", call.RequestID))
		})
	}
}

func TestLogLinesOfACall(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "h"))
	first := lines(ask(t, p, `{"Do":"print","Text":"one\ntwo"}`))
	for i, want := range []string{
		`^START RequestId: [0-9-]{36} Version: 3$`, `^one$`, `^two$|^twoEND`, `^END RequestId: [0-9-]{36}$`,
		`^REPORT RequestId: [0-9-]{36}\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 1024 MB\tMax Memory Used: [1-9]\d* MB\tInit Duration: \d+\.\d\d ms\t$`,
	} {
		if i >= len(first) || !regexp.MustCompile(want).MatchString(first[i]) {
			t.Fatalf("line %d of %q does not match %s", i, first, want)
		}
	}
	second := lines(ask(t, p, `{}`))
	if last := second[len(second)-1]; strings.Contains(last, "Init Duration") || !strings.HasSuffix(last, " MB\t") {
		t.Errorf("the second call reports a start: %q", last)
	}
}

// TestShellBootstrap runs the tutorial kind of custom runtime, in which each request is a process of its own.
func TestShellBootstrap(t *testing.T) {
	needInterpreter(t, "curl")
	r := newRig(t, nil)
	p := r.Pool(r.version(t, "provided.al2023", "h", map[string]string{"bootstrap*": `#!/bin/sh
set -eu
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
while true; do
  headers="$(mktemp)"
  event="$(curl -sS -LD "$headers" "$api/next")"
  id=$(grep -Fi Lambda-Runtime-Aws-Request-Id "$headers" | tr -d '[:space:]' | cut -d: -f2)
  echo "got $event" >&2
  curl -sS -X POST "$api/$id/response" -d "Echoing request: '$event'" > /dev/null
done
`}))
	for _, event := range []string{`{"a":1}`, `[2]`, `3`} {
		o := ask(t, p, event)
		wantOutcome(t, o, false, "Echoing request: '"+event+"'")
		if !strings.Contains(string(o.Tail), "got "+event+"\nEND") {
			t.Errorf("tail %q", o.Tail)
		}
	}
}
