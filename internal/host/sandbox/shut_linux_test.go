package sandbox

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
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

// What nobody is attached to would be in no process's memory.
func TestProgramsShareLittle(t *testing.T) {
	if _, err := exec.LookPath("ipcmk"); err != nil {
		t.Skip("ipcmk is not installed")
	}
	run := separateRun(t, Support.Separate)
	if os.Geteuid() != 0 && run("test $(cat /proc/sys/kernel/msgmni) -le 16") != "exit status 0" {
		t.Skip("this kernel lets nobody but root limit it")
	}
	for script, want := range map[string]string{
		"ipcmk -M 33554432 && { ipcmk -M 67108864 || exit 5; }":                                            "exit status 5",
		"for q in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do ipcmk -Q || exit 9; done; ipcmk -Q || exit 5": "exit status 5",
		"ipcmk -S 200 && { ipcmk -S 300 || exit 5; }":                                                      "exit status 5",
	} {
		if got := run(script); got != want {
			t.Errorf("%s: %s, want %s", script, got, want)
		}
	}
}

// Without a user namespace of its own a keeper must not forbid any: it would do so to the whole machine.
func TestKeepersInRootsUserNamespace(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root's can be there")
	}
	if err := tryNamespaces(os.StartProcess, true); err != nil {
		t.Skipf("not on this machine: %v", err)
	}
	runtime.LockOSThread()
	l := launcher(t, separate)
	l.shared = true
	before := readLimit(t)
	if got := ended(t, l, "unshare -U true && exit 3"); got != "exit status 3" {
		t.Error(got)
	}
	if after := readLimit(t); after != before || strings.TrimSpace(after) == "0" {
		t.Errorf("the machine's limit is %s, was %s", after, before)
	}
}

func readLimit(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("/proc/sys/user/max_user_namespaces")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestEveryID(t *testing.T) {
	file := filepath.Join(t.TempDir(), "uid_map")
	for text, want := range map[string][]syscall.SysProcIDMap{
		"         0          0 4294967295\n": {{ContainerID: 0, HostID: 0, Size: 4294967295}},
		"0 1000 1\n1 100000 65536\n":         {{ContainerID: 0, HostID: 0, Size: 1}, {ContainerID: 1, HostID: 1, Size: 65536}},
		"":                                   nil,
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := everyID(file); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	if err := os.WriteFile(file, []byte("none\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := everyID(file); err == nil {
		t.Error("a map without numbers is taken")
	}
}
