package permission

import (
	"hash/maphash"
	"sync"

	"sluice/internal/function"
	"sluice/internal/policy"
)

// policies are those of one function by qualifier. They are not changed once they are in the table.
type policies map[string]*policy.Document

// table finds the policies of functions. Lookups take no lock; a function's policies are read when they are first asked for,
// and again after a change. Of functions that are not there nothing is kept.
type table struct {
	held  sync.Map       // function.ID → policies
	locks [64]sync.Mutex // each covers reading, and forgetting, of the functions that fall to it
	seed  maphash.Seed
}

func newTable() *table { return &table{seed: maphash.MakeSeed()} }

// of returns a function's policies.
func (t *table) of(id function.ID, read func() (policies, error)) (policies, error) {
	if found, ok := t.held.Load(id); ok {
		return found.(policies), nil
	}
	mu := t.lock(id)
	mu.Lock()
	defer mu.Unlock()
	if found, ok := t.held.Load(id); ok {
		return found.(policies), nil
	}
	found, err := read()
	if err != nil {
		return nil, err
	}
	t.held.Store(id, found)
	return found, nil
}

// forget follows a write or a deletion. It waits for whoever reads what was there before, so that they don't bring it back.
func (t *table) forget(id function.ID) {
	mu := t.lock(id)
	mu.Lock()
	defer mu.Unlock()
	t.held.Delete(id)
}

func (t *table) lock(id function.ID) *sync.Mutex {
	return &t.locks[maphash.Comparable(t.seed, id)%uint64(len(t.locks))]
}
