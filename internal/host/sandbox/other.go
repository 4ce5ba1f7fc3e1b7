//go:build !linux

package sandbox

import (
	"errors"
	"os"
	"runtime"
	"strconv"
	"syscall"
)

// Fork starts a process as os.StartProcess does.
type Fork func(path string, args []string, attr *os.ProcAttr) (*os.Process, error)

var errNotHere = errors.New("only Linux can keep programs apart")

// Probe tells that this system can't keep programs apart.
func Probe(Fork) Support {
	return Support{System: runtime.GOOS, Namespaces: errNotHere, Children: errNotHere, Root: os.Geteuid() == 0}
}

// Launcher starts nothing here.
type Launcher struct{}

// NewLauncher returns a launcher that starts nothing.
func NewLauncher(Support, Fork) *Launcher { return &Launcher{} }

// Start refuses.
func (*Launcher) Start(Spec, *os.File) (*Process, error) { return nil, errNotHere }

// Close does nothing.
func (*Launcher) Close() {}

// Process is never made here.
type Process struct{}

// Keeper returns 0.
func (*Process) Keeper() int { return 0 }

// Wait returns at once.
func (*Process) Wait() (syscall.WaitStatus, error) { return 0, errNotHere }

// Kill does nothing.
func (*Process) Kill() {}

// StepError is never made here.
type StepError struct{ Step string }

func (e *StepError) Error() string { return "can't " + e.Step }

// Descendants returns none: there is no cheap way to list them.
func Descendants(int) []int { return nil }

// Members are never known here.
type Members struct{}

// MembersOf knows none.
func MembersOf(int) Members { return Members{} }

// Members knows none.
func (*Process) Members() Members { return Members{} }

// Census finds nobody here.
type Census struct{}

// Take finds nobody.
func (*Census) Take(Members) []int { return nil }

// Close does nothing.
func (*Census) Close() {}

// Resident returns 0.
func (*Census) Resident(int) int64 { return 0 }

// Proportional returns 0.
func (*Census) Proportional(int) int64 { return 0 }

// Unlinked sees nothing.
func (*Census) Unlinked(int, func(uint64, int64)) {}

// Ending words how a process ended as os.ProcessState does.
func Ending(status syscall.WaitStatus) string {
	if status.Exited() {
		return "exit status " + strconv.Itoa(status.ExitStatus())
	}
	return "signal: " + status.Signal().String()
}
