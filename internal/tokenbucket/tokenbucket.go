// Package tokenbucket paces requests: so many at once, and so many a second in the long run.
//
// What is paced, and whose limit counts, does not belong here. Called by internal/restapi and internal/httpapi.
package tokenbucket

import (
	"math"
	"sync"
	"time"
)

// Limit bounds requests. Infinity is no bound; a limit of nothing lets nothing through.
type Limit struct {
	Burst float64 // at once
	Rate  float64 // a second
}

// Buckets count requests by a key, in memory. Its methods may be called by many goroutines at once.
type Buckets[K comparable] struct {
	mu    sync.Mutex
	byKey map[K]*bucket // guarded by mu
}

// bucket holds up to a burst of tokens, and gains rate tokens a second.
type bucket struct {
	tokens float64
	filled time.Time
}

// New returns Buckets that are all full.
func New[K comparable]() *Buckets[K] { return &Buckets[K]{byKey: map[K]*bucket{}} }

// Take takes a token of a key, if there is one. A limit without a burst is as long as its rate of a second, and at least one.
func (s *Buckets[K]) Take(key K, l Limit, at time.Time) bool {
	if math.IsInf(l.Burst, 1) {
		l.Burst = math.Max(l.Rate, 1)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.byKey[key]
	if b == nil {
		b = &bucket{l.Burst, at}
		s.byKey[key] = b
	}
	gained := l.Burst
	if !math.IsInf(l.Rate, 1) {
		gained = l.Rate * at.Sub(b.filled).Seconds()
	}
	b.tokens, b.filled = math.Min(l.Burst, b.tokens+gained), at
	if b.tokens < 1 {
		return false
	}
	b.tokens--
	return true
}
