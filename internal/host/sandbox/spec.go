package sandbox

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"
)

// Spec says what to start and what it may have.
type Spec struct {
	// Path, Args, Env and Dir are those of os.StartProcess, as the program sees them.
	Path string
	Args []string
	Env  []string
	Dir  string
	// Entries are all that the program sees of the machine's files. A restricted program sees them where they really
	// are: there Path and From have to be equal.
	Entries []Entry
	Limits  Limits
	// User is the user's number on the machine that the program runs as in a separate sandbox. Zero leaves it the
	// server's, which is all that can be had unless that is root.
	User int
}

// Kind says what an Entry is.
type Kind int

// The kinds of entries.
const (
	ReadOnly Kind = iota // a file or folder that can't be changed
	Writable             // a folder that can
	Empty                // a folder with nothing in it, which hides what a folder above would show
	Link                 // a symbolic link to From
)

// Entry is one file or folder that a program sees.
type Entry struct {
	Path string // where the program finds it; absolute and clean
	From string // where it is on the machine, without symbolic links; a link's text
	Kind Kind
}

// Limits are how much one program and what it starts may use. Zero means no limit.
type Limits struct {
	Processes int    // processes and threads at once; only in a separate sandbox
	Files     uint64 // open files of each process
	FileSize  uint64 // of each file written, in bytes
}

// Arrange sorts entries so that folders come before what is in them, and drops those that a folder above shows
// already. Of several with one path the last counts.
func Arrange(entries []Entry) []Entry {
	last := map[string]Entry{}
	for _, e := range entries {
		last[e.Path] = e
	}
	var sorted []Entry
	for _, e := range last {
		sorted = append(sorted, e)
	}
	slices.SortFunc(sorted, func(a, b Entry) int { return cmp.Compare(a.Path, b.Path) })
	var kept []Entry
	for _, e := range sorted {
		if !shown(e, kept) {
			kept = append(kept, e)
		}
	}
	return kept
}

// shown reports whether the innermost of the entries around e shows the same file, or if e is to hide what is there on
// the machine, whether it shows something else.
func shown(e Entry, others []Entry) bool {
	for _, o := range slices.Backward(others) {
		if !Within(e.Path, o.Path) {
			continue
		}
		if e.Kind == Empty {
			return o.Kind == Empty || o.From != o.Path
		}
		rest, _ := filepath.Rel(o.Path, e.Path)
		return e.Kind == ReadOnly && o.Kind == ReadOnly && filepath.Join(o.From, rest) == e.From
	}
	return e.Kind == Empty // nothing shows it
}

// Within reports whether a path is a folder or lies in it. Both are absolute and clean.
func Within(path, folder string) bool {
	return path == folder || folder == "/" || strings.HasPrefix(path, folder+"/")
}
