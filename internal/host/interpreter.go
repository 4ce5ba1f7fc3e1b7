package host

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"sluice/internal/fault"
)

// interpreters finds the machine's Python and Node.js, once for each version that is asked for.
type interpreters struct {
	mu    sync.Mutex
	found map[string]interpreter
}

// language says how to find an interpreter.
type language struct {
	name    string
	command string   // its general name; with the version behind it, the exact one
	ask     []string // arguments that make it print its own path and its version, each on a line
	major   string   // what every usable version begins with
}

var (
	pythonLanguage = language{"Python", "python", []string{"-I", "-S", "-c",
		"import sys; print(sys.executable); print('%d.%d.%d' % sys.version_info[:3])"}, "3."}
	nodeLanguage = language{"Node.js", "node", []string{"-p", "process.execPath + '\\n' + process.versions.node"}, ""}
)

type interpreter struct {
	path    string
	warning string // set if it has another version than was asked for
}

// find looks for the interpreter of a version by its exact name, then by the general ones. It runs what it finds: a
// version switcher's shim has the name but may refuse, and where it does not, the path behind it starts sooner.
func (in *interpreters) find(l language, version string) (interpreter, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	key := l.command + version
	if known, ok := in.found[key]; ok {
		return known, nil
	}
	var other interpreter
	for _, name := range []string{key, l.command + "3", l.command} {
		for _, path := range onPath(name) {
			actual, err := identify(path, l.ask)
			switch {
			case err != nil:
				continue
			case sameVersion(actual.version, version):
				in.found[key] = interpreter{path: actual.path}
				return in.found[key], nil
			case other.path == "" && strings.HasPrefix(actual.version, l.major):
				other = interpreter{actual.path, fmt.Sprintf("%s %s is not installed; the function runs on %s",
					l.name, version, actual.version)}
			}
		}
	}
	if other.path == "" {
		return other, fault.Errorf(fault.Unavailable, "runtime",
			"This function needs %s %s, and the server finds no %s on its PATH. Install it there and call again.",
			l.name, version, l.name)
	}
	in.found[key] = other
	return other, nil
}

// onPath returns all executables of a name on the server's PATH.
func onPath(name string) (found []string) {
	for _, folder := range filepath.SplitList(os.Getenv("PATH")) {
		if path, err := exec.LookPath(filepath.Join(folder, name)); err == nil && filepath.IsAbs(path) {
			found = append(found, path)
		}
	}
	return found
}

type identity struct{ path, version string }

// identify asks an interpreter who it is.
func identify(path string, ask []string) (identity, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, path, ask...).Output()
	if err != nil {
		return identity{}, err
	}
	real, version, ok := bytes.Cut(bytes.TrimSpace(out), []byte("\n"))
	if !ok || len(version) == 0 || !filepath.IsAbs(string(real)) {
		return identity{}, fmt.Errorf("%s does not tell its version", path)
	}
	return identity{string(real), string(version)}, nil
}

// sameVersion reports whether 3.12.4 is a 3.12, or 22.1.0 a 22.
func sameVersion(actual, asked string) bool {
	return actual == asked || strings.HasPrefix(actual, asked+".")
}
