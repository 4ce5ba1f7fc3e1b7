package functionurl

import (
	"sync"
	"sync/atomic"

	"sluice/internal/function"
)

// maxGone is how many URLs that are no more are remembered. Beyond it they are like URLs that never were.
const maxGone = 10_000

// table finds configurations by the IDs of URLs. Lookups take no lock.
//
// A refresh reads all URLs of a function again instead of taking what the writer wrote: two writers may arrive here in
// another order than they committed in, and both then find the newer records. No lock is held while it reads: of two that
// read at once the one that began later has its way, since it has seen at least what the other's writer wrote.
type table struct {
	byID  sync.Map     // string → *Config; nil for a URL that is no more
	stale atomic.Int64 // how many owners are

	mu     sync.Mutex // covers what follows, and writing byID and stale
	begun  int64      // how many refreshes have begun
	owners map[function.ID]*owner
	gone   int
}

// owner is a function with URLs, or one whose URLs are being read. Refreshes are named by their numbers.
type owner struct {
	urls    []string // their IDs
	reading int      // refreshes under way
	applied int64    // the newest refresh that is in effect
	failed  int64    // the newest whose read failed
}

// stale reports whether the URLs may be others than those that are stored.
func (o *owner) stale() bool { return o.failed > o.applied }

func newTable() *table { return &table{owners: map[function.ID]*owner{}} }

// find looks a URL up. certain is false if what the store has may be something else.
func (t *table) find(urlID string) (c *Config, known, certain bool) {
	if found, ok := t.byID.Load(urlID); ok {
		c, known = found.(*Config), true
	}
	if t.stale.Load() == 0 || known && c == nil {
		return c, known, true
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if !known { // it may be new
		return nil, false, t.stale.Load() == 0
	}
	o := t.owners[c.Function]
	return c, true, o == nil || !o.stale()
}

// load fills an empty table.
func (t *table) load(all []*Config) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, c := range all {
		t.put(t.owner(c.Function), c)
	}
}

func (t *table) owner(id function.ID) *owner {
	o := t.owners[id]
	if o == nil {
		o = &owner{}
		t.owners[id] = o
	}
	return o
}

func (t *table) put(o *owner, c *Config) {
	t.byID.Store(c.ID, c)
	o.urls = append(o.urls, c.ID)
}

// refresh replaces a function's URLs by those that are read. If they can't be, the function is stale until they are.
func (t *table) refresh(id function.ID, read func() ([]*Config, error)) error {
	t.mu.Lock()
	t.begun++
	number, o := t.begun, t.owner(id)
	o.reading++
	t.mu.Unlock()

	configs, err := read()

	t.mu.Lock()
	defer t.mu.Unlock()
	o.reading--
	was := o.stale()
	switch {
	case err != nil:
		o.failed = max(o.failed, number)
	case number > o.applied:
		o.applied = number
		t.replace(o, configs)
	}
	t.recount(was, o.stale())
	if len(o.urls)+o.reading == 0 && !o.stale() {
		delete(t.owners, id)
	}
	return err
}

// replace gives an owner the URLs that it has now, and buries the others.
func (t *table) replace(o *owner, configs []*Config) {
	before, still := o.urls, map[string]bool{}
	o.urls = nil
	for _, c := range configs {
		t.put(o, c)
		still[c.ID] = true
	}
	for _, urlID := range before {
		if !still[urlID] {
			t.bury(urlID)
		}
	}
}

func (t *table) recount(was, is bool) {
	switch {
	case is && !was:
		t.stale.Add(1)
	case was && !is:
		t.stale.Add(-1)
	}
}

// doubtful lists the functions that are stale.
func (t *table) doubtful() (ids []function.ID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for id, o := range t.owners {
		if o.stale() {
			ids = append(ids, id)
		}
	}
	return ids
}

// bury remembers that a URL was there: AWS denies its callers in other words than those of one that never was.
func (t *table) bury(urlID string) {
	if t.gone >= maxGone {
		t.byID.Delete(urlID)
		return
	}
	t.gone++
	t.byID.Store(urlID, (*Config)(nil))
}
