package demo

import (
	"maps"
	"math"
	"slices"
	"sync"
	"time"
)

// brokenVersion is the version whose calls fail, as they should.
const brokenVersion = "3"

// answer is one request's end, as the caller sees it.
type answer struct {
	failed  bool
	version string  // that ran; empty if there was no answer
	weight  float64 // of the version that arrives, at the moment when the server chose; 0 if one version had the alias
	sent    time.Time
	took    time.Duration
}

// share is what was answered at one weight.
type share struct {
	weight   float64
	requests int
	arrived  int // answered by the version that arrives
}

// tally counts answers. Its methods may be called by many goroutines at once.
type tally struct {
	mu       sync.Mutex
	requests int
	versions map[string]int
	failures map[string]int  // by version
	recent   []time.Duration // of successes since the last look
	release  tallied
}

// tallied is what is counted of one release.
type tallied struct {
	version string
	began   time.Time
	shares  map[float64]*share
	sights  []sight
}

func newTally() *tally { return &tally{versions: map[string]int{}, failures: map[string]int{}} }

// follow begins to count for the release of a version, and says when. What was counted of the one before is forgotten.
func (t *tally) follow(version string) time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.release = tallied{version: version, began: time.Now(), shares: map[float64]*share{}}
	return t.release.began
}

func (t *tally) add(a answer) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.requests++
	if a.failed {
		t.failures[a.version]++
	} else {
		t.recent = append(t.recent, a.took)
	}
	if a.version == "" {
		return
	}
	t.versions[a.version]++
	t.release.add(a)
}

func (r *tallied) add(a answer) {
	if r.version == brokenVersion { // the other one may take its minutes, at a small time scale: too much to keep
		r.sights = append(r.sights, sight{a.sent, a.sent.Add(a.took), a.version, a.weight > 0})
	}
	if a.weight == 0 || r.version == "" {
		return
	}
	s := r.shares[a.weight]
	if s == nil {
		s = &share{weight: a.weight}
		r.shares[a.weight] = s
	}
	s.requests++
	if a.version == r.version {
		s.arrived++
	}
}

// closing says how the traffic of the broken version came to an end. It is empty for a release of another.
func (t *tally) closing() closing {
	t.mu.Lock()
	defer t.mu.Unlock()
	return closed(t.release.sights, t.release.began, t.release.version)
}

// look is a moment's view of a tally.
type look struct {
	requests int
	versions map[string]int // answers
	failures map[string]int // failed requests by the version that they met; those without an answer are under ""
	shares   []share        // of the release that is followed, by weight
	p50, p99 time.Duration  // of the successes
}

// look returns the counts so far, and the latency since the last look.
func (t *tally) look() look {
	t.mu.Lock()
	defer t.mu.Unlock()
	l := look{requests: t.requests, versions: maps.Clone(t.versions), failures: maps.Clone(t.failures)}
	for _, s := range t.release.shares {
		l.shares = append(l.shares, *s)
	}
	slices.SortFunc(l.shares, func(a, b share) int { return int(math.Copysign(1, a.weight-b.weight)) })
	slices.Sort(t.recent)
	l.p50, l.p99 = quantile(t.recent, 0.5), quantile(t.recent, 0.99)
	t.recent = t.recent[:0]
	return l
}

func quantile(sorted []time.Duration, q float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}

// failed counts the requests that failed.
func (l look) failed() (n int) {
	for _, failures := range l.failures {
		n += failures
	}
	return n
}

// wronged counts the requests that failed though they did not meet the broken version.
func (l look) wronged() int { return l.failed() - l.failures[brokenVersion] }

// worst returns the largest error of the split: by how many requests the arriving version's count at a weight is off.
func (l look) worst() (off float64) {
	for _, s := range l.shares {
		off = max(off, math.Abs(float64(s.arrived)-s.weight*float64(s.requests)))
	}
	return off
}
