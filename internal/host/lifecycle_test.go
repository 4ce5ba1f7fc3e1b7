package host

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// pidOf asks the process of a pool for its number.
func pidOf(t testing.TB, p function.Pool) int {
	t.Helper()
	pid, err := strconv.Atoi(string(ask(t, p, `{"Do":"pid"}`).Payload))
	if err != nil {
		t.Fatal(err)
	}
	return outside(t, p, pid)
}

// outside returns the machine's number of a process of a pool, which has another one in its sandbox.
func outside(t testing.TB, p function.Pool, inner int) int {
	t.Helper()
	found := 0
	p.(*pool).host.processes.each(func(p *process) {
		for _, pid := range pidsOf(p.program) {
			if numbers := numbersOf(pid); len(numbers) > 0 && numbers[len(numbers)-1] == strconv.Itoa(inner) {
				found = pid
			}
		}
	})
	if found == 0 {
		t.Fatalf("no process has the number %d in its sandbox", inner)
	}
	return found
}

// numbersOf are the numbers of a process, the last the one that it knows itself.
func numbersOf(pid int) []string {
	status, _ := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	_, rest, _ := strings.Cut(string(status), "\nNSpid:")
	line, _, _ := strings.Cut(rest, "\n")
	return strings.Fields(line)
}

// gone reports whether no process has this number, or only one that nobody has waited for.
func gone(pid int) bool {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return syscall.Kill(pid, 0) != nil
	}
	_, state, _ := strings.Cut(string(stat), ") ")
	return strings.HasPrefix(state, "Z")
}

func TestTimeout(t *testing.T) {
	r := newRig(t, nil)
	v := r.custom(t, "h")
	p := r.Pool(v)
	ask(t, p, `{"Do":"write-file","Text":"content"}`)
	pid := pidOf(t, p)

	v.Config.Timeout = 1
	call := newCall(`{"Do":"sleep","Times":60000}`)
	began := time.Now()
	o, err := p.Invoke(t.Context(), call)
	if err != nil {
		t.Fatal(err)
	}
	wantOutcome(t, o, true, `{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: `+call.RequestID+` Error: Task timed out after 1.00 seconds"}`)
	if took := time.Since(began); took < time.Second || took >= time.Minute { // the function's time, and what it sleeps
		t.Errorf("the call took %s", took)
	}
	wantLines(t, o, `^START `, `^going to sleep$`, `^\d{4}-\S+Z `+call.RequestID+` Task timed out after 1\.00 seconds$`, `^$`, `^END `,
		`^REPORT .*\tDuration: 1000\.00 ms\tBilled Duration: 1000 ms\t.*\tStatus: timeout$`)

	v.Config.Timeout = 60 // the next start takes from it
	if other := pidOf(t, p); other == pid || !gone(pid) {
		t.Errorf("process %d had a time-out; the next is %d", pid, other)
	}
	wantOutcome(t, ask(t, p, `{"Do":"read-file"}`), false, `"content"`)
	if streams := r.logs.names; len(streams) != 1 {
		t.Errorf("log streams: %q", streams)
	}
}

// wantLines matches the lines of a call's tail.
func wantLines(t *testing.T, o *function.Outcome, patterns ...string) {
	t.Helper()
	got := lines(o)
	if len(got) != len(patterns) {
		t.Errorf("%d lines, want %d: %q", len(got), len(patterns), got)
		return
	}
	for i, pattern := range patterns {
		if !regexp.MustCompile(pattern).MatchString(got[i]) {
			t.Errorf("line %q does not match %s", got[i], pattern)
		}
	}
}

// TestFailedStarts wants two attempts and their traces in the log.
func TestFailedStarts(t *testing.T) {
	for _, tt := range []struct{ handler, payload, status string }{
		{"exit-at-start", `{"errorType":"Runtime.ExitError","errorMessage":"RequestId: ID Error: Runtime exited with error: exit status 7"}`,
			"Status: error\tError Type: Runtime.ExitError"},
		{"exit-0-at-start", `{"errorType":"Runtime.ExitError","errorMessage":"RequestId: ID Error: Runtime exited without providing a reason"}`,
			"Status: error\tError Type: Runtime.ExitError"},
		{"fail-at-start", `{"errorType":"Init.Broken","errorMessage":"no database"}`, "Status: error\tError Type: Init.Broken"},
		{"hang-at-start", `{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: ID Error: Task timed out after 1.00 seconds"}`,
			"Status: timeout"},
	} {
		t.Run(tt.handler, func(t *testing.T) {
			r := newRig(t, nil)
			v := r.custom(t, tt.handler)
			if tt.handler == "hang-at-start" {
				r.startLimit, v.Config.Timeout = 300*time.Millisecond, 1
			}
			call := newCall(`{}`)
			o, err := r.Pool(v).Invoke(t.Context(), call)
			if err != nil {
				t.Fatal(err)
			}
			wantOutcome(t, o, true, strings.ReplaceAll(tt.payload, "ID", call.RequestID))
			if last := lines(o); !strings.HasSuffix(last[len(last)-1], tt.status) {
				t.Errorf("REPORT = %q", last[len(last)-1])
			}
			all := strings.Join(r.logs.all(), "")
			for _, phase := range []string{"init", "invoke"} {
				if !regexp.MustCompile(`INIT_REPORT Init Duration: \d+\.\d\d ms\tPhase: ` + phase + "\t" + tt.status).MatchString(all) {
					t.Errorf("no report of phase %s in %q", phase, all)
				}
			}
			if strings.Index(all, "Phase: invoke") > strings.Index(all, "\nSTART") {
				t.Errorf("the call began before its start had failed: %q", all)
			}
		})
	}
}

func TestPackagesThatCannotStart(t *testing.T) {
	r := newRig(t, nil)
	for _, tt := range []struct {
		name, runtime, handler string
		files                  map[string]string
		want                   string
	}{
		{"no bootstrap", "provided.al2023", "h", map[string]string{"main": "x"},
			"RequestId: ID Error: Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]"},
		{"not executable", "provided.al2", "h", map[string]string{"bootstrap": "#!/bin/sh\n"},
			"RequestId: ID Error: fork/exec /var/task/bootstrap: permission denied"},
		{"no program", "provided", "h", map[string]string{"bootstrap*": "\x00\x01nothing"},
			"RequestId: ID Error: fork/exec /var/task/bootstrap: exec format error"},
		{"no handler's file", "go1.x", "main", map[string]string{"bootstrap*": "#!/bin/sh\n"},
			"RequestId: ID Error: Couldn't find valid bootstrap(s): [/var/task/main /opt/main]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			call := newCall(`{}`)
			o, err := r.Pool(r.version(t, tt.runtime, tt.handler, tt.files)).Invoke(t.Context(), call)
			if err != nil {
				t.Fatal(err)
			}
			wantOutcome(t, o, true, `{"errorType":"Runtime.InvalidEntrypoint","errorMessage":"`+strings.ReplaceAll(tt.want, "ID", call.RequestID)+`"}`)
		})
	}
}

// TestAMachineThatIsShortOfSomething wants the caller to be told to try again, and not that the function is broken.
func TestAMachineThatIsShortOfSomething(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "h"))
	files := openFiles()
	for _, short := range []syscall.Errno{syscall.EMFILE, syscall.ENFILE, syscall.EAGAIN, syscall.ENOMEM, syscall.ENOSPC} {
		r.spawner.by(func(path string, _ []string, _ *os.ProcAttr) (*os.Process, error) {
			return nil, &os.PathError{Op: "fork/exec", Path: path, Err: short}
		})
		_, err := p.Invoke(t.Context(), newCall(`1`))
		if !fault.Is(err, fault.Unavailable, "server") || !errors.Is(err, short) {
			t.Errorf("Invoke with %q = %v", short, err)
		}
		if err := p.Warm(t.Context(), 1); !errors.Is(err, short) {
			t.Errorf("Warm with %q = %v", short, err)
		}
	}
	if all, _ := size(p); all != 0 || openFiles() > files {
		t.Errorf("%d environments and %d more files are left", all, openFiles()-files)
	}
	r.spawner.by(os.StartProcess)
	wantOutcome(t, ask(t, p, `1`), false, `1`)
}

func TestGo1RunsTheHandlersFile(t *testing.T) {
	r := newRig(t, nil)
	v := r.custom(t, "bootstrap")
	v.Config.Runtime = "go1.x"
	wantOutcome(t, ask(t, r.Pool(v), `[1]`), false, `[1]`)
}

func TestRuntimesThatAreMissing(t *testing.T) {
	for name, word := range map[string]string{
		"python3.12": "install", "nodejs22.x": "install", "java21": "does not run", "ruby3.3": "does not run", "": "does not run",
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, nil)
			t.Setenv("PATH", t.TempDir())
			_, err := r.Pool(r.version(t, name, "index.handler", map[string]string{"index.py": ""})).Invoke(t.Context(), newCall(`{}`))
			if !fault.Is(err, fault.Unavailable, "runtime") || !strings.Contains(strings.ToLower(err.Error()), word) {
				t.Errorf("Invoke = %v", err)
			}
		})
	}
}

func TestAnotherMinorVersionIsAWarning(t *testing.T) {
	needInterpreter(t, "python3")
	r := newRig(t, nil)
	v := r.version(t, "python3.7", "index.handler", map[string]string{"index.py": "def handler(e, c): return 1\n"})
	o := ask(t, r.Pool(v), `{}`)
	wantOutcome(t, o, false, `1`)
	all := strings.Join(r.logs.all(), "")
	if !strings.Contains(all, "[WARN] Python 3.7 is not installed; the function runs on 3.") {
		t.Errorf("log: %q", all)
	}
	if strings.Contains(string(o.Tail), "WARN") {
		t.Errorf("the warning is in the call's tail: %q", o.Tail)
	}
}

func TestMemory(t *testing.T) {
	r := newRig(t, nil)
	v := r.custom(t, "h")
	v.Config.Memory = 128
	call := newCall(`{"Do":"eat"}`)
	o, err := r.Pool(v).Invoke(t.Context(), call)
	if err != nil {
		t.Fatal(err)
	}
	wantOutcome(t, o, true, `{"errorType":"Runtime.ExitError","errorMessage":"RequestId: `+call.RequestID+` Error: Runtime exited with error: signal: killed"}`)
	wantLines(t, o, `^START `, `^RequestId: \S+ Error: Runtime exited with error: signal: killed$`, `^Runtime\.ExitError$`, `^END `,
		`\tMemory Size: 128 MB\tMax Memory Used: 128 MB\t.*\tStatus: error\tError Type: Runtime\.ExitError$`)
}

func TestAProcessThatDiedIdleGetsNoCall(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "h"))
	for range 20 {
		pid := pidOf(t, p)
		if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		eventually(t, "the process ends", func() bool { return gone(pid) })
		wantOutcome(t, ask(t, p, `[1]`), false, `[1]`)
	}
}

func TestAProcessMayEndAfterEachAnswer(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "one-call"))
	for range 20 {
		wantOutcome(t, ask(t, p, `[1]`), false, `[1]`)
	}
}

func TestChildrenEndWithTheirProcess(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "h"))
	child, err := strconv.Atoi(string(ask(t, p, `{"Do":"child"}`).Payload))
	if err != nil {
		t.Fatal(err)
	}
	child = outside(t, p, child)
	p.Retire()
	eventually(t, "the child ends", func() bool { return gone(child) })
}

func TestACallOutlivesItsCaller(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "h"))
	pid := pidOf(t, p)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	o, err := p.Invoke(ctx, newCall(`{"Do":"sleep","Times":50}`))
	if err != nil || o.Failed {
		t.Fatalf("%+v, %v", o, err)
	}
	if other := pidOf(t, p); other != pid {
		t.Errorf("the process was replaced")
	}
}

func TestAFloodFillsNoMemory(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Logs = discardLogs{} })
	p := r.Pool(r.custom(t, "h"))
	o := ask(t, p, `{"Do":"print","Text":"`+strings.Repeat("x", 99)+`\n","Times":1000000}`)
	wantOutcome(t, o, false, `"printed"`)
	if len(o.Tail) != 4096 || !strings.Contains(string(o.Tail), "\nEND RequestId") {
		t.Errorf("tail of %d bytes: %.100q", len(o.Tail), o.Tail)
	}
	wantOutcome(t, ask(t, p, `1`), false, `1`)
}

type discardLogs struct{}

func (discardLogs) Stream(_, _, _, _ string) (LogStream, error) { return discardLogs{}, nil }
func (discardLogs) Append(time.Time, []byte)                    {}
func (discardLogs) Close() error                                { return nil }

func TestALongLineBecomesSeveralEvents(t *testing.T) {
	r := newRig(t, nil)
	ask(t, r.Pool(r.custom(t, "h")), `{"Do":"print","Text":"`+strings.Repeat("x", 1000)+`","Times":600}`)
	var parts []int
	for _, event := range r.logs.all() {
		if strings.HasPrefix(event, "x") {
			parts = append(parts, len(event))
		}
	}
	if len(parts) != 3 || parts[0] != 256<<10 || parts[1] != 256<<10 || parts[2] != 600_000-512<<10+1 {
		t.Errorf("parts of %v bytes", parts)
	}
}

func TestRuntimesSeeTheCall(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "h"))
	call := newCall(`{"Do":"headers"}`)
	call.ClientContext, call.TraceID = "{\"a\":\n1}", "Root=1-5759e988-bd862e3fe1be46a994272793"
	o, err := p.Invoke(t.Context(), call)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"Lambda-Runtime-Aws-Request-Id":["` + call.RequestID + `"]`, `"Lambda-Runtime-Client-Context":["{\"a\": 1}"]`,
		`"Lambda-Runtime-Invoked-Function-Arn":["arn:aws:lambda:us-east-1:111111111111:function:fn-1:LIVE"]`,
		`"Lambda-Runtime-Trace-Id":["Root=1-5759e988-bd862e3fe1be46a994272793;Parent=`, `;Sampled=0"]`, `"Lambda-Runtime-Deadline-Ms":["1`,
	} {
		if !strings.Contains(string(o.Payload), want) {
			t.Errorf("no %s in %s", want, o.Payload)
		}
	}
}

func TestFoldersOfAnEarlierServerAreRemoved(t *testing.T) {
	dir := t.TempDir()
	left := filepath.Join(dir, "run/0123")
	if err := os.MkdirAll(left, 0o700); err != nil {
		t.Fatal(err)
	}
	newRig(t, func(c *Config) { c.Dir = dir })
	if _, err := os.Stat(left); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", left, err)
	}
}
