// Package command runs a project's own commands: builds, checks between steps, hooks.
//
// A command is a line for the shell, as the project's file has it. What it means that one fails belongs to
// internal/deployer/release, whose Commands this package implements; function processes belong to internal/host. Called
// by internal/workspace and internal/codepackage.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"slices"
	"sync"
	"syscall"
	"time"

	"sluice/internal/deployer/release"
	"sluice/internal/fault"
)

// defaultGrace is how long a command that is to end may take for it.
const defaultGrace = 5 * time.Second

// Runner runs commands in a folder. Many goroutines may use it at once.
type Runner struct {
	Folder string    // where commands run; empty is where this program runs
	Output io.Writer // gets what commands print, both ways, one write at a time; nil drops it
	// Grace is how long a command whose context has ended may take to end, before it is killed. Zero means five seconds.
	Grace time.Duration

	writing sync.Mutex // guards Output
}

var _ release.Commands = (*Runner)(nil)

// Run runs a command with `sh -c` and waits for it, and for Grace at most for what it left behind with its output. It sees
// this program's environment with the variables added, and no input. When ctx ends, the command and its children get
// SIGTERM and, after Grace, SIGKILL. Errors: fault.Invalid "command" with the command and its exit code or signal; that of
// ctx.
func (r *Runner) Run(ctx context.Context, command string, environment map[string]string) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("run %q: %w", command, err)
	}
	cmd := exec.CommandContext(ctx, "sh", "-c", command)
	cmd.Dir = r.Folder
	cmd.Env = os.Environ()
	for _, name := range slices.Sorted(maps.Keys(environment)) {
		cmd.Env = append(cmd.Env, name+"="+environment[name])
	}
	cmd.Stdout = output{r}
	cmd.Stderr = cmd.Stdout
	// A group of its own: a Ctrl-C on the terminal reaches this program alone, which ends the command in its own order.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
	cmd.WaitDelay = r.grace()
	if err := cmd.Start(); err != nil {
		return fault.Errorf(fault.Invalid, "command", "start %q in %q: %w", command, r.Folder, err)
	}
	err := cmd.Wait()
	if ctx.Err() != nil {
		// What is left of the group after the grace; often nothing.
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		return fmt.Errorf("run %q: %w", command, ctx.Err())
	}
	return ended(command, err)
}

func (r *Runner) grace() time.Duration {
	if r.Grace <= 0 {
		return defaultGrace
	}
	return r.Grace
}

func ended(command string, err error) error {
	if err == nil || errors.Is(err, exec.ErrWaitDelay) { // the latter: it ended with 0, and a child of its lives on
		return nil
	}
	exit, failed := errors.AsType[*exec.ExitError](err)
	if !failed {
		return fault.Errorf(fault.Invalid, "command", "run %q: %w", command, err)
	}
	if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return fault.Errorf(fault.Invalid, "command", "%q was ended by a signal: %s", command, status.Signal())
	}
	return fault.Errorf(fault.Invalid, "command", "%q ended with exit code %d", command, exit.ExitCode())
}

// output hands on what commands print, one write at a time. That it is no file also makes Wait wait for children that still
// hold it.
type output struct{ runner *Runner }

func (o output) Write(p []byte) (int, error) {
	if o.runner.Output == nil {
		return len(p), nil
	}
	o.runner.writing.Lock()
	defer o.runner.writing.Unlock()
	return o.runner.Output.Write(p)
}
