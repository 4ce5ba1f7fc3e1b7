package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"

	"sluice/internal/deployer/release"
	"sluice/internal/fault"
)

// Exit codes. docs/deployer.md says what they mean to whoever runs releases.
const (
	exitOK          = 0
	exitError       = 1   // the command failed; standard error says why and what to do
	exitUsage       = 2   // the command line is not one that sluice knows; 1 of plan, where 2 says that something would change
	exitChanges     = 2   // of plan: something would change
	exitReturned    = 3   // the release failed and was taken back
	exitRefused     = 4   // another run holds the alias, or it is on its way elsewhere
	exitInterrupted = 130 // as shells count an interrupt
)

// silently ends a command with an exit code that its output explains already.
type silently int

func (c silently) Error() string { return fmt.Sprintf("exit code %d", int(c)) }

// exit tells of an error, and returns the exit code.
func exit(errs io.Writer, err error) int {
	if code, ok := errors.AsType[silently](err); ok {
		return int(code)
	}
	if err != nil {
		fmt.Fprintf(errs, "sluice: %v\n", err)
	}
	return exitCode(err)
}

// exitCode is the one place that decides it.
func exitCode(err error) int {
	var failed *release.Failed
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &failed):
		return exitReturned
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case refused(err):
		return exitRefused
	}
	return exitError
}

// refused reports whether somebody or something else is about what the command wanted to change.
func refused(err error) bool {
	for _, noun := range []string{"alias", "deployment", "release"} {
		if fault.Is(err, fault.Conflict, noun) {
			return true
		}
	}
	return fault.Is(err, fault.Precondition, "")
}

// exitOfUsage tells what is wrong with a command line, and returns the exit code.
func exitOfUsage(errs io.Writer, err error) int {
	fmt.Fprintf(errs, "sluice: %v\nRun `sluice --help` to see what it can do.\n", err)
	var wrong *kong.ParseError
	if errors.As(err, &wrong) && wrong.Context != nil && strings.HasPrefix(wrong.Context.Command(), "plan") {
		return exitError
	}
	return exitUsage
}
