//go:build linux

package host

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"sluice/internal/function"
	"sluice/internal/host/sandbox"
)

// inSandboxes runs a test in each kind of sandbox that the machine can do. can says whether a kind can do what is
// tested; it is left out where not even `sluice doctor` says so.
func inSandboxes(t *testing.T, can func(sandbox.Support) bool, test func(t *testing.T, r *rig)) {
	t.Run("separate", func(t *testing.T) {
		r := newRig(t, nil)
		if support := r.support(); !support.Separate() || !can(support) {
			t.Skipf("not on this machine: %v", support.Namespaces)
		}
		test(t, r)
	})
	t.Run("restricted", func(t *testing.T) {
		r := newRig(t, nil)
		r.restrict()
		if support := r.support(); support.Landlock == 0 || !can(support) {
			t.Skipf("not on this machine: its version of Landlock is %d", support.Landlock)
		}
		test(t, r)
	})
}

func (r *rig) support() sandbox.Support {
	<-r.confinement.found
	return r.confinement.support
}

// restrict makes the host one of a machine where namespaces are forbidden.
func (r *rig) restrict() {
	c := r.confinement
	<-c.found
	if c.launcher != nil {
		c.launcher.Close()
	}
	c.support.Namespaces = errors.New("forbidden by the test")
	c.launcher = sandbox.NewLauncher(c.support, r.spawner.start)
}

// try lets a function attempt something, and returns how that went.
func try(t *testing.T, p function.Pool, what, path string, times int) string {
	t.Helper()
	return string(ask(t, p, fmt.Sprintf(`{"Do":"try","Text":%q,"End":%q,"Times":%d}`, what, path, times)).Payload)
}

func wantFailed(t *testing.T, what, got string) {
	t.Helper()
	if !strings.HasPrefix(got, `"failed: `) {
		t.Errorf("%s: %s", what, got)
	}
}

func TestFunctionsSeeNoFilesButTheirOwn(t *testing.T) {
	inSandboxes(t, sandbox.Support.Files, func(t *testing.T, r *rig) {
		p := r.Pool(r.custom(t, "h"))
		other := r.version(t, "provided.al2023", "h", map[string]string{"bootstrap*": "#!/bin/sh\n", "secret": "of another"})
		code := r.unpackedAt(t, other.Code.SHA256)
		credentials := filepath.Join(r.dir, "credentials")
		if err := os.WriteFile(credentials, []byte("of the server"), 0o644); err != nil {
			t.Fatal(err)
		}
		home, err := os.UserHomeDir()
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range []string{filepath.Join(code, "secret"), credentials} {
			wantFailed(t, "read "+file, try(t, p, "read", file, 0))
		}
		for _, folder := range []string{code, r.dir, r.runDir, filepath.Join(home, ".cache"), filepath.Join(home, ".ssh")} {
			wantFailed(t, "list "+folder, try(t, p, "list", folder, 0))
		}
		for _, file := range []string{"/usr/bin/mine", "/etc/mine", r.runtimeDir + "/bootstrap.py", "/var/task/mine", code + "/mine"} {
			wantFailed(t, "write "+file, try(t, p, "write", file, 0))
		}
	})
}

func TestFunctionsReachNoOtherProcesses(t *testing.T) {
	inSandboxes(t, sandbox.Support.Signals, func(t *testing.T, r *rig) {
		p, other := r.Pool(r.custom(t, "h")), r.Pool(r.custom(t, "h"))
		for _, pid := range []int{os.Getpid(), os.Getppid(), pidOf(t, other)} {
			wantFailed(t, "signal", try(t, p, "signal", "", pid))
			wantFailed(t, "trace", try(t, p, "trace", "", pid))
			wantFailed(t, "environment", try(t, p, "read", fmt.Sprintf("/proc/%d/environ", pid), 0))
			wantFailed(t, "memory", try(t, p, "read", fmt.Sprintf("/proc/%d/mem", pid), 0))
		}
		wantOutcome(t, ask(t, other, `1`), false, `1`)
	})
}

func TestFunctionsCannotForkEndlessly(t *testing.T) {
	inSandboxes(t, sandbox.Support.Processes, func(t *testing.T, r *rig) {
		r.confinement.processes = 60
		p, other := r.Pool(r.custom(t, "h")), r.Pool(r.custom(t, "h"))
		wantFailed(t, "fork", try(t, p, "fork", "", 100))
		wantOutcome(t, ask(t, other, `1`), false, `1`)
		wantFailed(t, "fork again, as all have ended", try(t, p, "fork", "", 100))
	})
}

func TestFunctionsCannotOpenEndlessly(t *testing.T) {
	inSandboxes(t, func(s sandbox.Support) bool { return s.Limits }, func(t *testing.T, r *rig) {
		wantFailed(t, "open", try(t, r.Pool(r.custom(t, "h")), "open", "", 1200))
	})
}

// The next process of the environment finds room again.
func TestFunctionsCannotFillTheDisk(t *testing.T) {
	separate := func(s sandbox.Support) bool { return s.Separate() } // only there is /tmp the function's own
	for how, times := range map[string]int{"kept": 20, "removed": 20, "empty": 3000} {
		t.Run(how, func(t *testing.T) {
			inSandboxes(t, separate, func(t *testing.T, r *rig) {
				v := r.custom(t, "h")
				v.Config.Storage = 8
				p := r.Pool(v)
				o := ask(t, p, `{"Do":"try","Text":"fill","End":"`+how+`","Times":`+strconv.Itoa(times)+`}`)
				if !o.Failed || !strings.Contains(string(o.Payload), "signal: killed") {
					t.Errorf("%s", o.Payload)
				}
				wantOutcome(t, ask(t, p, `1`), false, `1`)
				if all := strings.Join(r.logs.all(), ""); !strings.Contains(all, "they were more than 8 MB") {
					t.Errorf("the log does not say why: %s", all)
				}
			})
		})
	}
	t.Run("one large file", func(t *testing.T) {
		inSandboxes(t, separate, func(t *testing.T, r *rig) {
			if o := ask(t, r.Pool(r.custom(t, "h")), `{"Do":"try","Text":"large"}`); strings.Contains(string(o.Payload), "achieved") {
				t.Errorf("%s", o.Payload)
			}
		})
	})
}

func TestMemoryOfChildrenCounts(t *testing.T) {
	inSandboxes(t, func(s sandbox.Support) bool { return s.Children == nil }, func(t *testing.T, r *rig) {
		v := r.custom(t, "h")
		v.Config.Memory = 128
		if o := ask(t, r.Pool(v), `{"Do":"try","Text":"eat"}`); !o.Failed || !strings.Contains(string(o.Payload), "signal: killed") {
			t.Errorf("%s", o.Payload)
		}
	})
}

// What daemonizes is out of its group and session, and nobody's child.
func TestNothingOutlivesItsTimeout(t *testing.T) {
	inSandboxes(t, func(s sandbox.Support) bool { return s.Limits && s.Children == nil }, func(t *testing.T, r *rig) {
		v := r.custom(t, "h")
		p := r.Pool(v)
		if got := try(t, p, "flee", "", 0); !strings.HasPrefix(got, `"achieved`) {
			t.Fatal(got)
		}
		var fled []int
		r.processes.each(func(p *process) { fled = pidsOf(p.program) })
		if len(fled) < 3 {
			t.Fatalf("processes: %v", fled)
		}
		v.Config.Timeout = 1
		if o := ask(t, p, `{"Do":"sleep","Times":60000}`); !o.Failed || !strings.Contains(string(o.Payload), "Sandbox.Timedout") {
			t.Errorf("%s", o.Payload)
		}
		for _, pid := range fled {
			eventually(t, fmt.Sprintf("process %d ends", pid), func() bool { return gone(pid) })
		}
	})
}
