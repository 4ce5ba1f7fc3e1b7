package logs

import "time"

// tally counts what went wrong with events. It is told once a minute at most, as each event may add to it. One goroutine
// uses it.
type tally struct {
	count int // since it was told
	told  time.Time
}

// due reports whether there is something to tell, and the last time was long enough ago. The next tell is at now then.
func (t *tally) due(now time.Time) bool {
	if t.count == 0 || now.Sub(t.told) < time.Minute {
		return false
	}
	t.told = now
	return true
}

// tell returns the count and begins anew.
func (t *tally) tell() int {
	count := t.count
	t.count = 0
	return count
}
