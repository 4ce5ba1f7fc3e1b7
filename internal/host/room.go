package host

import (
	"slices"
	"sync"
	"sync/atomic"
)

// room is the places for environments of all pools together.
//
// A pool that finds none is noted as starving. The next place that comes free is its, and other pools give up idle
// environments until it is served. Locks are taken in the order pool, room.
type room struct {
	mu       sync.Mutex
	total    int
	used     int
	kept     int           // of them, places of provisioned environments
	members  map[*pool]int // how many places each pool has
	starving []*pool       // first come, first served
	hungry   atomic.Bool   // starving has members
	closed   bool
	empty    chan struct{} // closed when closed is set and no place is used
}

func newRoom(total int) *room {
	return &room{total: total, members: map[*pool]int{}, empty: make(chan struct{})}
}

// enter takes a place for the pool, or notes it as starving.
func (r *room) enter(p *pool) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.admit(p)
}

func (r *room) admit(p *pool) bool {
	if r.closed {
		return false
	}
	if r.used == r.total {
		if !slices.Contains(r.starving, p) {
			r.starving = append(r.starving, p)
			r.hungry.Store(true)
		}
		return false
	}
	r.used++
	r.members[p]++
	return true
}

// provisionedShare is the part of all places that may be provisioned: idle environments that don't give way must not
// shut out the calls of other functions.
const provisionedShare = 0.75

func (r *room) mostProvisioned() int { return max(1, int(provisionedShare*float64(r.total))) }

// enterProvisioned takes a place for an environment that is provisioned; see enter. It is full if no more may be.
func (r *room) enterProvisioned(p *pool) (entered, full bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.kept >= r.mostProvisioned() {
		return false, true
	}
	if !r.admit(p) {
		return false, false
	}
	r.kept++
	return true, false
}

// leaveProvisioned gives such a place back; see leave.
func (r *room) leaveProvisioned(p *pool) {
	r.mu.Lock()
	r.kept--
	r.mu.Unlock()
	r.leave(p)
}

// leave gives a pool's place back and feeds those that starve. Nobody may hold a pool's lock.
func (r *room) leave(p *pool) {
	r.mu.Lock()
	r.used--
	if r.members[p]--; r.members[p] == 0 {
		delete(r.members, p)
	}
	if r.closed && r.used == 0 {
		close(r.empty)
	}
	r.mu.Unlock()
	for next := r.nextToFeed(); next != nil; next = r.nextToFeed() {
		next.refill()
	}
}

// nextToFeed takes the pool that has starved longest off the list, if there is a place. It may not need it any more.
func (r *room) nextToFeed() *pool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.used >= r.total || len(r.starving) == 0 {
		return nil
	}
	next := r.starving[0]
	r.starving = slices.Delete(r.starving, 0, 1)
	r.hungry.Store(len(r.starving) > 0)
	return next
}

// pools returns those that have environments.
func (r *room) pools() []*pool {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := make([]*pool, 0, len(r.members))
	for p := range r.members {
		all = append(all, p)
	}
	return all
}

// close lets nobody in any more, and returns the pools that have environments or wait for one.
func (r *room) close() []*pool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	if r.used == 0 {
		close(r.empty)
	}
	all := r.starving // the caller's from here on: who leaves takes no more off it
	r.starving = nil
	r.hungry.Store(false)
	for p := range r.members {
		all = append(all, p)
	}
	return all
}

func (r *room) isClosed() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.closed
}
