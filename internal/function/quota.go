package function

import (
	"math"
	"sync/atomic"
)

// What an account may run at once in a region, as AWS gives it to new accounts (Lambda Developer Guide, "Lambda quotas" and
// "Configuring reserved concurrency").
const (
	// AccountConcurrency is how many calls of all functions may run at once.
	AccountConcurrency = 1000
	// MinUnreserved is how many of them can't be reserved.
	MinUnreserved = 100
)

// unlimited is the limit of a gauge that only counts.
const unlimited = math.MaxInt

// quota is what one function may run at once. Its gauges are used by each call; all else changes under its share's lock.
type quota struct {
	share *share
	// onDemand has the calls that no provisioned concurrency covers. It is limited to what of the reservation is not
	// provisioned, and only counts if nothing is reserved.
	onDemand Gauge
	reserved atomic.Int64 // -1: nothing

	claim claim
}

func newQuota(s *share) *quota {
	q := &quota{share: s}
	q.set(noClaim)
	return q
}

// set changes what is reserved and provisioned. Calls that run keep their places, and count.
func (q *quota) set(c claim) {
	q.claim = c
	q.reserved.Store(int64(c.reserved))
	q.onDemand.SetLimit(unlimited)
	if c.reserved >= 0 {
		q.onDemand.SetLimit(c.reserved - c.provisioned)
	}
}

// reservation returns how many calls are reserved for the function, and whether that was said at all.
func (q *quota) reservation() (n int, set bool) {
	n = int(q.reserved.Load())
	return max(n, 0), n >= 0
}
