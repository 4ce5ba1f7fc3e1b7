package httpapi

import (
	"math"
	"sync"
	"time"
)

// Admit counts a request to a route of a stage, and says whether it may go on, by the throttling that the stage has for the route or
// for all. The counts are in memory: a server that starts anew begins new ones.
func (s *Service) Admit(shown *Shown, key string) bool {
	burst, rate := shown.Stage.Default.Burst, shown.Stage.Default.Rate
	counted := ""
	if own, there := shown.Stage.Routes[key]; there && (own.Burst != nil || own.Rate != nil) {
		burst, rate, counted = own.Burst, own.Rate, key
	}
	if burst == nil && rate == nil {
		return true
	}
	return s.limits.pace(bucketID{shown.API.API, shown.Stage.Name, counted}, bound(burst, rate), time.Now())
}

// throttle bounds requests: so many at once, and so many a second in the long run.
type throttle struct{ burst, rate float64 }

// bound takes a limit that was not given for none.
func bound(burst *int64, rate *float64) throttle {
	t := throttle{math.Inf(1), math.Inf(1)}
	if burst != nil {
		t.burst = float64(*burst)
	}
	if rate != nil {
		t.rate = *rate
	}
	return t
}

// limits counts requests.
type limits struct {
	mu      sync.Mutex
	buckets map[bucketID]*bucket // guarded by mu
}

// bucketID is what requests are counted under: a route's key, or nothing for all that have no settings of their own.
type bucketID struct{ api, stage, key string }

// bucket is a token bucket: it holds up to a burst of tokens, and gains rate tokens a second.
type bucket struct {
	tokens float64
	filled time.Time
}

func newLimits() *limits { return &limits{buckets: map[bucketID]*bucket{}} }

// pace takes a token, if there is one.
func (l *limits) pace(id bucketID, t throttle, at time.Time) bool {
	if math.IsInf(t.burst, 1) {
		t.burst = math.Max(t.rate, 1)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.buckets[id]
	if b == nil {
		b = &bucket{t.burst, at}
		l.buckets[id] = b
	}
	gained := t.burst
	if !math.IsInf(t.rate, 1) {
		gained = t.rate * at.Sub(b.filled).Seconds()
	}
	b.tokens, b.filled = math.Min(t.burst, b.tokens+gained), at
	if b.tokens < 1 {
		return false
	}
	b.tokens--
	return true
}
