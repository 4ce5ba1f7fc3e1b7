package function

import (
	"context"
	"sync"

	"sluice/internal/fault"
)

// share is what functions of an account in a region share.
//
// It is in the table before it is loaded, so that writes are not missed which come while it is: what a writer reads after
// its own write is never older than what the load reads, and stays.
type share struct {
	unreserved Gauge // calls of functions for which nothing is reserved, save those that provisioned concurrency covers

	loading sync.Mutex // held while the claims are read; taken before mu
	loaded  bool       // covered by loading

	mu      sync.Mutex // covers what follows
	claimed int        // by reservations, and by provisioned concurrency of functions without
	quotas  map[ID]*quota
	written map[ID]bool // the functions that writers have set before the load; nil after it
}

func newShare() *share {
	s := &share{quotas: map[ID]*quota{}, written: map[ID]bool{}}
	s.unreserved.SetLimit(AccountConcurrency)
	return s
}

// quota returns a function's quota, and makes one if there is none.
func (s *share) quota(id ID) *quota {
	s.mu.Lock()
	defer s.mu.Unlock()
	q, ok := s.quotas[id]
	if !ok {
		q = newQuota(s)
		s.quotas[id] = q
	}
	return q
}

// set changes a function's claim.
func (s *share) set(id ID, own claim) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.note(id)
	s.put(id, own)
}

// drop gives back what a function had, save what another of the same name claims. Calls that still run have its gauges to
// leave.
func (s *share) drop(id ID, own claim) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.note(id)
	s.put(id, own)
	if own == noClaim {
		delete(s.quotas, id)
	}
}

func (s *share) note(id ID) {
	if s.written != nil {
		s.written[id] = true
	}
}

// put makes no quota for a function that neither claims anything nor is asked for.
func (s *share) put(id ID, own claim) {
	q, ok := s.quotas[id]
	if !ok {
		if own == noClaim {
			return
		}
		q = newQuota(s)
		s.quotas[id] = q
	}
	s.claimed += own.size() - q.claim.size()
	q.set(own)
	s.unreserved.SetLimit(AccountConcurrency - s.claimed)
}

// load takes up what is claimed, once.
func (s *share) load(read func() (claims, error)) error {
	s.loading.Lock()
	defer s.loading.Unlock()
	if s.loaded {
		return nil
	}
	taken, err := read()
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, c := range taken {
		if !s.written[id] {
			s.put(id, c)
		}
	}
	s.loaded, s.written = true, nil
	return nil
}

// known returns what a scope's functions share; nil if nobody has asked for it yet.
func (t *table) known(scope Scope) *share {
	t.sharing.Lock()
	defer t.sharing.Unlock()
	return t.shares[scope]
}

// share returns what a scope's functions share, and reads what of it is claimed when somebody first asks. Who asks must
// have found a function there.
func (t *table) share(ctx context.Context, scope Scope) (*share, error) {
	t.sharing.Lock()
	s, ok := t.shares[scope]
	if !ok {
		s = newShare()
		t.shares[scope] = s
	}
	t.sharing.Unlock()
	return s, s.load(func() (taken claims, err error) {
		err = t.store.ReadFunctions(ctx, func(r Reader) error {
			taken, err = claimsIn(r, scope)
			return err
		})
		return taken, err
	})
}

// quota returns the quota of a function that is there.
func (t *table) quota(ctx context.Context, id ID) (*quota, error) {
	shared, err := t.share(ctx, id.Scope)
	if err != nil {
		return nil, err
	}
	return shared.quota(id), nil
}

// claim reads one function's claim.
func (t *table) claim(ctx context.Context, id ID) (own claim, err error) {
	err = persist(func() error {
		return t.store.ReadFunctions(ctx, func(r Reader) error {
			own, err = claimOf(r, id)
			return err
		})
	})
	if err != nil {
		return noClaim, err
	}
	return own, nil
}

func claimOf(r Reader, id ID) (claim, error) {
	own := noClaim
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
