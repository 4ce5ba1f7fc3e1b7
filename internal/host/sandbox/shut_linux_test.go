package sandbox

import (
	"os"
	"runtime"
	"testing"
)

// separateRun starts programs of the server's own user: they may do more to their keeper than those of others.
func separateRun(t *testing.T, can func(Support) bool) (run func(script string) string) {
	t.Helper()
	runtime.LockOSThread()
	s := Probe(os.StartProcess)
	if s.Namespaces != nil || !can(s) {
		t.Skipf("not on this machine: %+v", s)
	}
	l := launcher(t, separate)
	return func(script string) string {
		spec := shell(script)
		spec.User, spec.Entries = 0, Arrange(System())
		p, err := l.Start(spec, null(t))
		if err != nil {
			t.Fatal(err)
		}
		status, err := p.Wait()
		if err != nil {
			t.Fatal(err)
		}
		return Ending(status)
	}
}

// What is in a tmpfs of its own would be in no process's memory.
func TestProgramsCannotMount(t *testing.T) {
	alone := func(s Support) bool { return !s.shared }
	run := separateRun(t, alone)
	for script, want := range map[string]string{
		"unshare -Urm mount -t tmpfs mine /usr || exit 5":       "exit status 5",
		"unshare -U true || exit 5":                             "exit status 5",
		"unshare -m true || exit 5":                             "exit status 5",
		"echo 9 >/proc/sys/user/max_user_namespaces || exit 5":  "exit status 5",
		"nsenter -t 1 -U true || exit 5":                        "exit status 5",
		"test $(cat /proc/sys/user/max_user_namespaces) -gt 9":  "exit status 0", // which is its own namespace's, and large
		"(exit 0); sh -c 'sh -c true' && test $(id -u) -eq 993": "exit status 0",
	} {
		if got := run(script); got != want {
			t.Errorf("%s: %s, want %s", script, got, want)
		}
	}
}

// The keeper goes on, and tells how the program has ended.
func TestProgramsCannotEndTheirKeeper(t *testing.T) {
	run := separateRun(t, Support.Separate)
	for _, signals := range []string{"1 2 15", "3", "4 5", "6", "7 8 11", "16 31", "9 19", "10 12 13 14 20 23 27 34 64"} {
		t.Run(signals, func(t *testing.T) {
			if got := run("for s in " + signals + "; do kill -$s 1 || exit 9; done; exit 5"); got != "exit status 5" {
				t.Error(got)
			}
		})
	}
}

// A signal that is ignored stays so in what a program starts: it must have got none from its keeper.
func TestProgramsIgnoreNoSignals(t *testing.T) {
	run := separateRun(t, Support.Separate)
	for _, name := range []string{"TERM", "INT", "PIPE", "SEGV"} {
		if got := run("kill -" + name + " $$; exit 5"); got == "exit status 5" {
			t.Errorf("%s: %s", name, got)
		}
	}
}
