package release

import "strings"

// Failed is the error of a release that did not succeed: a hook, a check or an alarm said no, or a move failed for
// good. The aliases went back to where they came from, except those named in Elsewhere.
type Failed struct {
	Release   string
	Cause     error
	Standings []Standing // of all functions of the run
	// Elsewhere are the keys of functions whose alias could not be sent back. The next run, or abort, does it.
	Elsewhere []string
}

// Error says cause and where each alias stands.
func (f *Failed) Error() string {
	next := "every alias is back where the release found it, and those that are new stay"
	if len(f.Elsewhere) > 0 {
		next = "could not be sent back: " + strings.Join(f.Elsewhere, ", ") + "; `sluice abort` tries again"
	}
	return told(f.Cause, f.Standings, next)
}

// Unwrap returns the cause.
func (f *Failed) Unwrap() error { return f.Cause }
