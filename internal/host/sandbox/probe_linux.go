package sandbox

import (
	"fmt"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// Probe finds out what this machine can do, by doing it: it starts a program that does nothing in a sandbox, which
// takes some milliseconds. fork is as for NewLauncher.
func Probe(fork Fork) Support {
	s := Support{System: "linux " + release(), Landlock: landlockVersion(), Root: os.Geteuid() == 0, Limits: true}
	if _, err := os.ReadFile(fmt.Sprintf("/proc/self/task/%d/children", os.Getpid())); err != nil {
		s.Children = err
	}
	s.Namespaces = tryNamespaces(fork, false)
	if s.Namespaces != nil && s.Root {
		// A container's /proc may be covered in part: then nobody mounts another one in a user namespace of his own.
		s.shared = tryNamespaces(fork, true) == nil
	}
	if s.shared {
		s.Namespaces = nil
	}
	return s
}

func release() string {
	var name unix.Utsname
	if unix.Uname(&name) != nil {
		return "of unknown version"
	}
	return unix.ByteSliceToString(name.Release[:])
}

func tryNamespaces(fork Fork, shared bool) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer func() { _ = null.Close() }()
	l := &Launcher{kind: separate, shared: shared, fork: fork, closed: true} // no spare
	spec := Spec{
		Path: self, Args: []string{nothingDo}, Dir: "/", Limits: Limits{Processes: 64, Files: 64},
		Entries: Arrange(append(System(), Resolved(self))), Env: []string{"GORACE=atexit_sleep_ms=0"},
	}
	if os.Geteuid() == 0 {
		spec.User = NewUser()
	}
	p, err := l.Start(spec, null)
	if err != nil {
		return err
	}
	status, err := p.Wait()
	if err == nil && status != 0 {
		return fmt.Errorf("a program in it ended with %s", Ending(status))
	}
	return err
}

// Ending words how a process ended as os.ProcessState does.
func Ending(status syscall.WaitStatus) string {
	switch {
	case status.Exited():
		return fmt.Sprintf("exit status %d", status.ExitStatus())
	case status.CoreDump():
		return "signal: " + status.Signal().String() + " (core dumped)"
	default:
		return "signal: " + status.Signal().String()
	}
}
