package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"

	"sluice/internal/store"
)

// The test binary plays the other process when these are set.
const (
	roleVariable   = "SLUICE_STORE_TEST_ROLE"
	folderVariable = "SLUICE_STORE_TEST_FOLDER"
)

// roles are what another process can do. Each writes lines to stdout, and returns when it has nothing more to do.
var roles = map[string]func(folder string) error{
	"writer":    writeNumbered,
	"opener":    dieOpening,
	"holder":    holdFolder,
	"bystander": func(string) error { return nil },
}

func TestMain(m *testing.M) {
	role := os.Getenv(roleVariable)
	if role == "" {
		os.Exit(m.Run())
	}
	if err := roles[role](os.Getenv(folderVariable)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("ready")
	_, _ = io.Copy(io.Discard, os.Stdin) // until the test kills this process, or is no more
}

// holdFolder opens a store and leaves it open.
func holdFolder(folder string) error {
	_, err := store.Open(context.Background(), store.Config{Folder: folder})
	return err
}

// process is a copy of the test binary that plays a role.
type process struct {
	*exec.Cmd
	lines *bufio.Scanner // of its stdout
}

// start starts a process, which ends with the test at the latest.
func start(t *testing.T, role, folder string) *process {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{Cmd: exec.CommandContext(t.Context(), self)}
	p.Env = append(os.Environ(), roleVariable+"="+role, folderVariable+"="+folder)
	p.Stderr = t.Output()
	stdout, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.kill(t) })
	p.lines = bufio.NewScanner(stdout)
	return p
}

// line returns the next line that the process writes.
func (p *process) line(t *testing.T) string {
	t.Helper()
	if !p.lines.Scan() {
		t.Fatalf("the process ended early: %v", p.lines.Err())
	}
	return p.lines.Text()
}

// kill sends SIGKILL, waits for the end, and returns what the process had written before.
func (p *process) kill(t *testing.T) (rest []string) {
	t.Helper()
	if p.ProcessState == nil {
		if err := p.Process.Kill(); err != nil {
			t.Error(err)
		}
	}
	return p.await(t)
}

// await waits until the process has been killed, and returns what it had written. A second time it does nothing.
func (p *process) await(t *testing.T) (rest []string) {
	t.Helper()
	if p.ProcessState != nil {
		return nil
	}
	for p.lines.Scan() {
		rest = append(rest, p.lines.Text())
	}
	var ended *exec.ExitError
	if err := p.Wait(); !errors.As(err, &ended) || ended.Exited() {
		t.Errorf("the process was not killed, but ended with %v", err)
	}
	return rest
}
