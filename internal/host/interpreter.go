package host

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"

	"sluice/internal/fault"
	"sluice/internal/host/sandbox"
)

// interpreters finds the machine's Python and Node.js, once for each version that is asked for.
type interpreters struct {
	life    context.Context // ends with the host
	end     context.CancelFunc
	running sync.WaitGroup

	answerLimit time.Duration // how long a program may take to tell its version; all together thrice as long
	keepMiss    time.Duration // how long it is believed that there is none

	mu       sync.Mutex
	searches map[string]*search // by language and version
}

// search is an interpreter that is looked for, or was. The fields below done are set before that is closed.
type search struct {
	done  chan struct{}
	found interpreter
	err   error
	ended time.Time
}

const (
	// A program may hang, such as a version switcher's shim that waits for the network.
	answerLimit = 5 * time.Second
	// The caller is asked to install what is missing and to call again.
	keepMiss = 2 * time.Second
)

// language says how to find an interpreter.
type language struct {
	name    string
	command string // its general name; with the version behind it, the exact one
	// ask are arguments that make it print its own path, its version, and the folders that it is installed in, each on a
	// line: a virtual environment with what that is based on, and its packages. A user's own packages are not among them.
	ask   []string
	major string // what every usable version begins with
}

var (
	pythonLanguage = language{"Python", "python", []string{"-I", "-c",
		"import os, site, sys; print(sys.executable); print('%d.%d.%d' % sys.version_info[:3]); " +
			"print(sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix, os.path.dirname(os.__file__), " +
			"*site.getsitepackages(), sep='\\n')"}, "3."}
	nodeLanguage = language{"Node.js", "node", []string{"-p",
		"[process.execPath, process.versions.node, path.dirname(path.dirname(process.execPath))].join('\\n')"}, ""}
)

type interpreter struct {
	path    string
	warning string   // set if it has another version than was asked for
	needs   []string // the files and folders without which it does not run, outside of the system's own
}

func newInterpreters() *interpreters {
	life, end := context.WithCancel(context.Background())
	return &interpreters{
		life: life, end: end, answerLimit: answerLimit, keepMiss: keepMiss, searches: map[string]*search{},
	}
}

// find returns the interpreter of a version. The first to ask starts a search, which others share and which goes on
// when they leave. fault.Unavailable "runtime" says that there is none.
func (in *interpreters) find(ctx context.Context, l language, version string) (interpreter, error) {
	s := in.search(l, version)
	select {
	case <-s.done:
		return s.found, s.err
	case <-ctx.Done():
		return interpreter{}, ctx.Err()
	}
}

func (in *interpreters) search(l language, version string) *search {
	in.mu.Lock()
	defer in.mu.Unlock()
	key := l.command + version
	if s, ok := in.searches[key]; ok && !s.missedFor(in.keepMiss) {
		return s
	}
	s := &search{done: make(chan struct{})}
	in.searches[key] = s
	if in.life.Err() != nil {
		s.err = errStopping()
		close(s.done)
		return s
	}
	in.running.Go(func() {
		defer close(s.done)
		s.found, s.err = in.look(l, version)
		s.ended = time.Now()
	})
	return s
}

// missedFor reports whether the search has ended in vain at least so long ago.
func (s *search) missedFor(keep time.Duration) bool {
	select {
	case <-s.done:
		return s.err != nil && time.Since(s.ended) >= keep
	default:
		return false
	}
}

// close ends the searches. It may be called twice.
func (in *interpreters) close() {
	in.mu.Lock()
	in.end()
	in.mu.Unlock()
	in.running.Wait()
}

// look looks for a version by its exact name, then by the general ones. It runs what it finds: a version
// switcher's shim has the name but may refuse, and where it does not, the path behind it starts sooner.
func (in *interpreters) look(l language, version string) (interpreter, error) {
	all, cancel := context.WithTimeout(in.life, 3*in.answerLimit)
	defer cancel()
	var other interpreter
	for _, path := range onPath(l.command+version, l.command+"3", l.command) {
		actual, err := in.identify(all, path, l.ask)
		switch {
		case in.life.Err() != nil:
			return interpreter{}, errStopping()
		case err != nil:
			continue
		case sameVersion(actual.version, version):
			return interpreter{path: actual.path, needs: actual.needs()}, nil
		case other.path == "" && strings.HasPrefix(actual.version, l.major):
			other = interpreter{path: actual.path, needs: actual.needs(), warning: fmt.Sprintf(
				"%s %s is not installed; the function runs on %s", l.name, version, actual.version)}
		}
	}
	if other.path == "" {
		return other, fault.Errorf(fault.Unavailable, "runtime",
			"This function needs %s %s, and the server finds no %s on its PATH. Install it there and call again.",
			l.name, version, l.name)
	}
	return other, nil
}

// onPath returns all executables of these names on the server's PATH, name by name.
func onPath(names ...string) (found []string) {
	for _, name := range names {
		for _, folder := range filepath.SplitList(os.Getenv("PATH")) {
			if path, err := exec.LookPath(filepath.Join(folder, name)); err == nil && filepath.IsAbs(path) {
				found = append(found, path)
			}
		}
	}
	return found
}

type identity struct {
	path, version string
	folders       []string // that it was installed to, and may be too much to show
}

// needs are the interpreter's own files. A folder that the user's home lies in is not one of them, even if that is
// where bin and lib are.
func (i identity) needs() []string {
	needs := links(i.path)
	home, _ := os.UserHomeDir()
	for _, folder := range i.folders {
		if filepath.IsAbs(folder) && folder != "/" && (home == "" || !sandbox.Within(home, filepath.Clean(folder))) {
			needs = append(needs, filepath.Clean(folder))
		}
	}
	return needs
}

// maxHops is how many symbolic links the kernel follows, one after the other.
const maxHops = 40

// links are a file and what its links lead to, one after the other: any may be in a folder of its own.
func links(path string) []string {
	all := []string{path}
	for range maxHops {
		next, err := os.Readlink(path)
		if err != nil {
			break
		}
		if !filepath.IsAbs(next) {
			next = filepath.Join(filepath.Dir(path), next)
		}
		path = filepath.Clean(next)
		all = append(all, path)
	}
	return all
}

// identify asks an interpreter who it is.
func (in *interpreters) identify(ctx context.Context, path string, ask []string) (identity, error) {
	ctx, cancel := context.WithTimeout(ctx, in.answerLimit)
	defer cancel()
	runtime.LockOSThread() // see spawner: it is to die with the server, and not before
	defer runtime.UnlockOSThread()
	cmd := exec.CommandContext(ctx, path, ask...)
	// A shim is a script whose children would hold its output open.
	cmd.SysProcAttr = isolation()
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = time.Second
	out, err := cmd.Output()
	if err != nil {
		return identity{}, err
	}
	told := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(told) < 2 || told[1] == "" || !filepath.IsAbs(told[0]) {
		return identity{}, fmt.Errorf("%s does not tell its version", path)
	}
	return identity{told[0], told[1], told[2:]}, nil
}

// sameVersion reports whether 3.12.4 is a 3.12, or 22.1.0 a 22.
func sameVersion(actual, asked string) bool {
	return actual == asked || strings.HasPrefix(actual, asked+".")
}
