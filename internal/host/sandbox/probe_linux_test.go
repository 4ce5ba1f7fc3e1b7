package sandbox

import (
	"errors"
	"os"
	"runtime"
	"syscall"
	"testing"
)

// TestProbe wants the machine to keep what Probe says of it: programs start, and end as they do.
func TestProbe(t *testing.T) {
	runtime.LockOSThread() // programs die with the thread that started them
	s := Probe(os.StartProcess)
	if !s.Limits || s.System == "" {
		t.Errorf("%+v", s)
	}
	for _, kind := range []string{separate, restricted} {
		t.Run(kind, func(t *testing.T) {
			if kind == separate && s.Namespaces != nil {
				t.Skipf("not on this machine: %v", s.Namespaces)
			}
			l := launcher(t, kind)
			for script, want := range map[string]string{
				"exit 0": "exit status 0", "exit 3": "exit status 3", "kill -KILL $$": "signal: killed", "kill -ABRT $$": "signal: aborted",
			} {
				if got := ended(t, l, script); got != want {
					t.Errorf("%s: %s, want %s", script, got, want)
				}
			}
		})
	}
}

func launcher(t testing.TB, kind string) *Launcher {
	t.Helper()
	l := NewLauncher(Support{}, os.StartProcess)
	l.kind = kind
	t.Cleanup(l.Close)
	return l
}

func shell(script string) Spec {
	s := Spec{Path: "/bin/sh", Args: []string{"sh", "-c", script}, Dir: "/", Entries: append(System(), Entry{Path: "/proc", From: "/proc"})}
	if os.Geteuid() == 0 {
		s.User = NewUser()
	}
	return s
}

func ended(t testing.TB, l *Launcher, script string) string {
	t.Helper()
	spec := shell(script)
	if l.kind == separate {
		spec.Entries = Arrange(System())
	}
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

func null(t testing.TB) *os.File {
	t.Helper()
	file, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return file
}

// A program that is not there is its own fault, and leaves no keeper behind.
func TestAProgramThatIsNotThere(t *testing.T) {
	runtime.LockOSThread()
	spec := shell("")
	spec.Path = "/nowhere"
	_, err := launcher(t, restricted).Start(spec, null(t))
	if blamed, ok := errors.AsType[*ProgramError](err); !ok || !errors.Is(err, syscall.ENOENT) || blamed.Path != "/nowhere" {
		t.Errorf("Start = %v", err)
	}
}

func TestEnding(t *testing.T) {
	for status, want := range map[syscall.WaitStatus]string{
		0: "exit status 0", 5 << 8: "exit status 5", 9: "signal: killed", 11 | 0x80: "signal: segmentation fault (core dumped)",
	} {
		if got := Ending(status); got != want {
			t.Errorf("%#x: %s, want %s", uint32(status), got, want)
		}
	}
}
