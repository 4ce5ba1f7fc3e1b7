package host

import (
	"strings"
	"testing"
	"time"

	"sluice/internal/function"
)

// TestTextLines compares with AWS's forms: those of the recording test_invocation_type_event_error and of logs that
// users published.
func TestTextLines(t *testing.T) {
	v := &function.Version{Number: 2, Config: function.Config{Runtime: "python3.12", Memory: 128}}
	p := &platform{version: v}
	text := func(b []byte) string { return string(b) } // a call, so that it is made before the memory is used again
	for _, tt := range []struct{ name, got, want string }{
		{"start", text(p.start("ID")), "START RequestId: ID Version: 2\n"},
		{"end", text(p.end("ID", callEnd{})), "END RequestId: ID\n"},
		{"report of a cold start", text(p.report("ID", callEnd{took: 3010 * time.Microsecond, peak: 36 << 20}, 110100*time.Microsecond)),
			"REPORT RequestId: ID\tDuration: 3.01 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tInit Duration: 110.10 ms\t\n"},
		{"report of a warm one", text(p.report("ID", callEnd{took: 3 * time.Millisecond, peak: 74<<20 + 1}, 0)),
			"REPORT RequestId: ID\tDuration: 3.00 ms\tBilled Duration: 3 ms\tMemory Size: 128 MB\tMax Memory Used: 75 MB\t\n"},
		{"report of a crash", text(p.report("ID", callEnd{took: time.Millisecond, peak: 900 << 20, status: "error", errorType: typeExit}, 0)),
			"REPORT RequestId: ID\tDuration: 1.00 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB\tMax Memory Used: 128 MB\tStatus: error\tError Type: Runtime.ExitError\n"},
		{"report of a time-out", text(p.report("ID", callEnd{took: 3 * time.Second, status: "timeout"}, 0)),
			"REPORT RequestId: ID\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\tMax Memory Used: 0 MB\tStatus: timeout\n"},
		{"failed start", text(p.startFailed("init", 150790*time.Microsecond, startFailure{status: "error", errorType: "Runtime.UserCodeSyntaxError"})),
			"INIT_REPORT Init Duration: 150.79 ms\tPhase: init\tStatus: error\tError Type: Runtime.UserCodeSyntaxError\n"},
		{"start that takes too long", text(p.startFailed("invoke", 10*time.Second, startFailure{status: "timeout", errorType: typeTimeout})),
			"INIT_REPORT Init Duration: 10000.00 ms\tPhase: invoke\tStatus: timeout\n"},
		{"crash", text(p.trouble("ID", callEnd{status: "error"}, ended("ID", "Runtime exited with error: exit status 1"))),
			"RequestId: ID Error: Runtime exited with error: exit status 1\nRuntime.ExitError\n"},
		{"no trouble", text(p.trouble("ID", callEnd{}, failure{})), ""},
		{"what the runtime reported", text(p.trouble("ID", callEnd{status: "error", errorType: "X"}, failure{})), ""},
	} {
		if tt.got != tt.want {
			t.Errorf("%s:\n%q\nwant\n%q", tt.name, tt.got, tt.want)
		}
	}
	if got := string(p.trouble("ID", callEnd{status: "timeout"}, timedOut("ID", 3*time.Second))); !strings.HasSuffix(got, "Z ID Task timed out after 3.00 seconds\n\n") {
		t.Errorf("time-out: %q", got)
	}
}

func TestRuntimeVersions(t *testing.T) {
	for name, want := range map[string]string{
		"python3.12": "python:3.12", "nodejs22.x": "nodejs:22", "provided.al2023": "provided:al2023", "provided": "provided", "go1.x": "go:1",
	} {
		got, arn := runtimeVersion(&function.Version{Function: function.ID{Scope: function.Scope{Region: "eu-west-1"}}, Config: function.Config{Runtime: name}})
		if got != want || !strings.HasPrefix(arn, "arn:aws:lambda:eu-west-1::runtime:") || len(arn) != len("arn:aws:lambda:eu-west-1::runtime:")+64 {
			t.Errorf("%s: %s, %s", name, got, arn)
		}
	}
}
