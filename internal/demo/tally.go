package demo

import (
	"math"
	"slices"
	"sync"
	"time"
)

// answer is one request's end, as the caller sees it.
type answer struct {
	failed  bool
	version string
	weight  float64 // of version 2, at the moment when the server chose
	took    time.Duration
}

// share is what was answered at one weight.
type share struct {
	weight   float64
	requests int
	second   int // answered by version 2
}

// tally counts answers. Its methods may be called by many goroutines at once.
type tally struct {
	mu       sync.Mutex
	requests int
	failed   int
	versions map[string]int
	shares   map[float64]*share
	recent   []time.Duration // since the last look
}

func newTally() *tally {
	return &tally{versions: map[string]int{}, shares: map[float64]*share{}}
}

func (t *tally) add(a answer) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.requests++
	if a.failed {
		t.failed++
		return
	}
	t.versions[a.version]++
	t.recent = append(t.recent, a.took)
	if a.weight == 0 {
		return
	}
	s := t.shares[a.weight]
	if s == nil {
		s = &share{weight: a.weight}
		t.shares[a.weight] = s
	}
	s.requests++
	if a.version == "2" {
		s.second++
	}
}

// look is a moment's view of a tally.
type look struct {
	requests, failed int
	versions         map[string]int
	shares           []share // by weight
	p50, p99         time.Duration
}

// look returns the counts so far, and the latency since the last look.
func (t *tally) look() look {
	t.mu.Lock()
	defer t.mu.Unlock()
	l := look{requests: t.requests, failed: t.failed, versions: map[string]int{}}
	for version, n := range t.versions {
		l.versions[version] = n
	}
	for _, s := range t.shares {
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

// worst returns the largest error of the split: by how many requests version 2's count at a weight is off.
func (l look) worst() (off float64) {
	for _, s := range l.shares {
		off = max(off, math.Abs(float64(s.second)-s.weight*float64(s.requests)))
	}
	return off
}
