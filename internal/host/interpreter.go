package host

import (
	"context"
	"fmt"
	"os/exec"
	"regexp"
	"sync"
	"time"

	"sluice/internal/fault"
)

// interpreters finds the machine's Python and Node.js, once each.
type interpreters struct {
	mu    sync.Mutex
	found map[string]interpreter
}

type interpreter struct {
	path    string
	warning string // set if it has another version than was asked for
}

// find looks for an interpreter of a language's version by its exact name, then by its general one.
func (in *interpreters) find(language, version, exact, general string) (interpreter, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if known, ok := in.found[exact]; ok {
		return known, nil
	}
	path, err := exec.LookPath(exact)
	var warning string
	if err != nil {
		if path, err = exec.LookPath(general); err != nil {
			return interpreter{}, fault.Errorf(fault.Unavailable, "runtime",
				"This function needs %s %s. Neither %s nor %s is on the server's PATH: install it there and call again.",
				language, version, exact, general)
		}
		actual, err := askVersion(path)
		if err != nil {
			return interpreter{}, fault.Errorf(fault.Unavailable, "runtime",
				"This function needs %s %s, and %s on the server does not work: %w", language, version, path, err)
		}
		if !sameVersion(actual, version) {
			warning = fmt.Sprintf("%s %s is not installed; the function runs on %s", language, version, actual)
		}
	}
	in.found[exact] = interpreter{path, warning}
	return in.found[exact], nil
}

var versionNumber = regexp.MustCompile(`\d+(\.\d+)*`)

// askVersion runs an interpreter to learn its version.
func askVersion(path string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, path, "--version").CombinedOutput()
	if err != nil {
		return "", err
	}
	if number := versionNumber.Find(out); number != nil {
		return string(number), nil
	}
	return "", fmt.Errorf("it prints no version but %.80q", out)
}

// sameVersion reports whether 3.12.4 is a 3.12, or 22.1.0 a 22.
func sameVersion(actual, asked string) bool {
	return actual == asked || (len(actual) > len(asked) && actual[:len(asked)+1] == asked+".")
}
