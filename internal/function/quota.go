package function

import (
	"context"
	"math"
	"sync"
	"sync/atomic"

	"sluice/internal/fault"
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

	provisioned int // of all qualifiers together
}

// reservation returns how many calls are reserved for the function, and whether that was said at all.
func (q *quota) reservation() (n int, set bool) {
	n = int(q.reserved.Load())
	return max(n, 0), n >= 0
}

// claims is what the function takes from what functions share.
func (q *quota) claims() int {
	if n, set := q.reservation(); set {
		return n
	}
	return q.provisioned
}

// share is what functions of an account in a region share.
type share struct {
	unreserved Gauge // calls of functions for which nothing is reserved, save those that provisioned concurrency covers

	mu      sync.Mutex
	claimed int // by reservations, and by provisioned concurrency of functions without
	quotas  map[ID]*quota
}

func newShare() *share {
	s := &share{quotas: map[ID]*quota{}}
	s.unreserved.SetLimit(AccountConcurrency)
	return s
}

// quota returns a function's quota, and makes one if there is none.
func (s *share) quota(id ID) *quota {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.make(id)
}

func (s *share) make(id ID) *quota {
	q, ok := s.quotas[id]
	if !ok {
		q = &quota{share: s}
		q.reserved.Store(-1)
		q.onDemand.SetLimit(unlimited)
		s.quotas[id] = q
	}
	return q
}

// set changes what is reserved for a function, -1 for nothing, and provisioned of it.
func (s *share) set(id ID, reserved, provisioned int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := s.make(id)
	before := q.claims()
	q.reserved.Store(int64(reserved))
	q.provisioned = provisioned
	q.onDemand.SetLimit(unlimited)
	if reserved >= 0 {
		q.onDemand.SetLimit(reserved - provisioned)
	}
	s.claim(q.claims() - before)
}

// drop gives back what a function had. Calls of it that still run have its gauges to leave.
func (s *share) drop(id ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if q, ok := s.quotas[id]; ok {
		delete(s.quotas, id)
		s.claim(-q.claims())
	}
}

func (s *share) claim(more int) {
	s.claimed += more
	s.unreserved.SetLimit(AccountConcurrency - s.claimed)
}

// share returns what a scope's functions share, and reads what of it is claimed when somebody first asks.
func (t *table) share(ctx context.Context, scope Scope) (*share, error) {
	t.sharing.Lock()
	defer t.sharing.Unlock()
	if found, ok := t.shares[scope]; ok {
		return found, nil
	}
	var taken claims
	err := t.store.ReadFunctions(ctx, func(r Reader) (err error) {
		taken, err = claimsIn(r, scope)
		return err
	})
	if err != nil {
		return nil, err
	}
	fresh := newShare()
	for id, c := range taken {
		fresh.set(id, c.reserved, c.provisioned)
	}
	t.shares[scope] = fresh
	return fresh, nil
}

// refreshQuota follows a write of what is reserved for a function or provisioned of it. If it can't be read, which fails
// more than this, the quota stays as it was until the next write.
func (t *table) refreshQuota(ctx context.Context, id ID) {
	t.sharing.Lock()
	defer t.sharing.Unlock()
	shared, ok := t.shares[id.Scope]
	if !ok {
		return
	}
	own := claim{reserved: -1}
	err := t.store.ReadFunctions(context.WithoutCancel(ctx), func(r Reader) (err error) {
		own, err = claimOf(r, id)
		return err
	})
	if err == nil {
		shared.set(id, own.reserved, own.provisioned)
	}
}

// claimOf reads one function's claim.
func claimOf(r Reader, id ID) (claim, error) {
	own := claim{reserved: -1}
	reservation, err := r.Reservation(id)
	if err == nil {
		own.reserved = reservation.Concurrent
	} else if !fault.Is(err, fault.NotFound, "") {
		return own, err
	}
	provisions, err := r.ProvisionsOf(id)
	for _, p := range provisions {
		own.provisioned += p.Concurrent
	}
	return own, err
}

func (t *table) dropQuota(id ID) {
	t.sharing.Lock()
	defer t.sharing.Unlock()
	if shared, ok := t.shares[id.Scope]; ok {
		shared.drop(id)
	}
}
