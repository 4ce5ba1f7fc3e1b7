package host

import (
	"context"
	"os"
	"runtime"
	"slices"

	"sluice/internal/host/sandbox"
)

// Survey is what a machine has for functions.
type Survey struct {
	Sandbox      sandbox.Support
	Interpreters []Interpreter
}

// Interpreter is one that functions can run on.
type Interpreter struct {
	Language string // Python or Node.js
	Version  string // such as 3.12.4
	Path     string
}

// Explore finds out what this machine has for functions, by trying. It starts programs, none of which is left when it
// returns, at the latest when ctx ends.
func Explore(ctx context.Context) Survey {
	runtime.LockOSThread() // see spawner
	defer runtime.UnlockOSThread()
	s := Survey{Sandbox: sandbox.Probe(os.StartProcess)}
	in := newInterpreters()
	defer in.close()
	versions := []string{"3.9", "3.10", "3.11", "3.12", "3.13", "3.14"}
	s.add(ctx, in, pythonLanguage, versions)
	s.add(ctx, in, nodeLanguage, []string{"18", "20", "22", "24"})
	return s
}

// add asks every program with an interpreter's name who it is.
func (s *Survey) add(ctx context.Context, in *interpreters, l language, versions []string) {
	var names []string
	for _, version := range versions {
		names = append(names, l.command+version)
	}
	for _, path := range onPath(append(names, l.command+"3", l.command)...) {
		who, err := in.identify(ctx, path, l.ask)
		if err != nil {
			continue
		}
		found := Interpreter{l.name, who.version, who.path}
		if !slices.ContainsFunc(s.Interpreters, func(i Interpreter) bool { return i.Version == found.Version && i.Language == l.name }) {
			s.Interpreters = append(s.Interpreters, found)
		}
	}
}
