package command_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"sluice/internal/command"
	"sluice/internal/fault"
)

func TestACommandRunsInItsFolderWithItsVariables(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "here"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	r := &command.Runner{Folder: folder, Output: &out}
	t.Setenv("INHERITED", "from above")
	t.Setenv("VERSION", "none")
	err := r.Run(t.Context(), `ls; echo "$INHERITED, version $VERSION"; echo complaint >&2; cat`, map[string]string{"VERSION": "7"})
	if err != nil {
		t.Fatal(err)
	}
	if want := "here\nfrom above, version 7\ncomplaint\n"; out.String() != want {
		t.Errorf("printed %q, want %q", out.String(), want)
	}
}

func TestAnErrorSaysCommandAndWhy(t *testing.T) {
	for _, tt := range []struct{ command, want string }{
		{"exit 3", `"exit 3" ended with exit code 3`},
		{"./nothing-here 2>/dev/null", `"./nothing-here 2>/dev/null" ended with exit code 127`},
		{"kill -9 $$", `"kill -9 $$" was ended by a signal: killed`},
	} {
		t.Run(tt.command, func(t *testing.T) {
			err := (&command.Runner{}).Run(t.Context(), tt.command, nil)
			if err == nil || err.Error() != tt.want || !fault.Is(err, fault.Invalid, "command") {
				t.Errorf("%v, want %s", err, tt.want)
			}
		})
	}
}

func TestAFolderThatIsMissingIsNamed(t *testing.T) {
	r := &command.Runner{Folder: "/nowhere/at/all"}
	if err := r.Run(t.Context(), "true", nil); !fault.Is(err, fault.Invalid, "command") || !strings.Contains(err.Error(), "/nowhere/at/all") {
		t.Errorf("%v", err)
	}
}

func TestAChildThatIsLeftBehindIsNoFailure(t *testing.T) {
	r := &command.Runner{Grace: 10 * time.Millisecond}
	if err := r.Run(t.Context(), `sleep 1 & exit 0`, nil); err != nil {
		t.Error(err)
	}
}

func TestAContextThatHasEndedRunsNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	file := filepath.Join(t.TempDir(), "made")
	if err := (&command.Runner{}).Run(ctx, "touch "+file, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want the context's error", err)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("the command ran")
	}
}

// start runs a command until it has printed a line, and returns that line and what ends it and waits for it.
func start(t *testing.T, r *command.Runner, line string) (first string, end func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	printed := &lines{first: make(chan string, 1)}
	r.Output = printed
	over := make(chan error, 1)
	go func() { over <- r.Run(ctx, line, nil) }()
	t.Cleanup(cancel)
	select {
	case first = <-printed.first:
	case <-time.After(10 * time.Second):
		t.Fatal("the command printed nothing")
	}
	return strings.TrimSpace(first), func() error { cancel(); return <-over }
}

// lines keeps what was printed, and tells of the first.
type lines struct {
	first chan string
	mu    sync.Mutex
	all   strings.Builder
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.all.Len() == 0 {
		l.first <- string(p)
	}
	return l.all.Write(p)
}

func TestACommandThatIsToEndMayCleanUp(t *testing.T) {
	r := &command.Runner{}
	_, end := start(t, r, `trap 'echo cleaned; exit 0' TERM; echo ready; while :; do sleep 0.01; done`)
	if err := end(); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want the context's error", err)
	}
	if got := r.Output.(*lines).all.String(); !strings.Contains(got, "cleaned") {
		t.Errorf("printed %q, want that it cleaned up", got)
	}
}

func TestChildrenThatDoNotEndAreKilledAfterTheGrace(t *testing.T) {
	r := &command.Runner{Grace: 20 * time.Millisecond}
	// The child heeds no SIGTERM, and neither its parent's end.
	pid, end := start(t, r, `trap '' TERM; (while :; do sleep 0.01; done) & echo $!; wait`)
	if err := end(); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want the context's error", err)
	}
	child, err := strconv.Atoi(pid)
	if err != nil {
		t.Fatal(err)
	}
	deadline := time.After(10 * time.Second)
	for alive(child) {
		select {
		case <-deadline:
			t.Fatalf("process %d is alive", child)
		case <-time.After(time.Millisecond):
		}
	}
}

// alive reports whether a process runs: one that ended and that nobody waited for does not.
func alive(pid int) bool {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return syscall.Kill(pid, 0) == nil && !os.IsNotExist(err)
	}
	_, state, _ := strings.Cut(string(stat), ") ")
	return !strings.HasPrefix(state, "Z")
}

func TestOutputOfSeveralCommandsIsWrittenInTurn(t *testing.T) {
	var out bytes.Buffer // the race detector complains about two writers
	r := &command.Runner{Output: io.MultiWriter(&out)}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if err := r.Run(t.Context(), "echo line", nil); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if got := strings.Count(out.String(), "line\n"); got != 8 {
		t.Errorf("%d lines, want 8: %q", got, out.String())
	}
}
