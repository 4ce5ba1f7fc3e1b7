// Package replica keeps in memory what requests read of stored records, so that none of them waits for the store.
//
// What the records are and how they are read does not belong here. Called by the rules whose records are read far more often
// than they change: internal/restapi and internal/httpapi.
package replica

import (
	"sync"
	"sync/atomic"
)

// Set is a copy of stored records. They are read by a key, and found by a name that the key holds. Lookups take no lock. Its methods may be called by many goroutines at once.
//
// A refresh reads a record again instead of taking what a writer wrote, and one refresh runs at a time: two writers may arrive here
// in another order than they committed in, and both then find the newer record.
type Set[K comparable, V any] struct {
	name   func(K) string
	byName sync.Map     // string → *V
	stale  atomic.Int64 // the length of doubts

	refreshing sync.Mutex

	mu     sync.Mutex
	doubts map[K]bool // keys whose records could not be read; guarded by mu
}

// New returns an empty Set, of keys with these names.
func New[K comparable, V any](name func(K) string) *Set[K, V] {
	return &Set[K, V]{name: name, doubts: map[K]bool{}}
}

// Find returns the copy of a record, nil if there is none. Nothing in it may be changed. What could not be read after a change is
// read anew first: refresh has to call Refresh.
// Errors: refresh's, of this record.
func (s *Set[K, V]) Find(name string, refresh func(K) error) (*V, error) {
	for _, key := range s.doubtful() {
		if err := refresh(key); err != nil && s.name(key) == name {
			return nil, err
		}
	}
	return s.find(name), nil
}

func (s *Set[K, V]) find(name string) *V {
	found, known := s.byName.Load(name)
	if !known {
		return nil
	}
	return found.(*V)
}

// doubtful lists the keys whose records may be others than those that are stored.
func (s *Set[K, V]) doubtful() (keys []K) {
	if s.stale.Load() == 0 {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for key := range s.doubts {
		keys = append(keys, key)
	}
	return keys
}

// Refresh replaces the copy of a record by what is read, nil if the record is gone. read gets the copy before, nil for none. What
// can't be read stays as it is, and is in doubt until it can.
func (s *Set[K, V]) Refresh(key K, read func(before *V) (*V, error)) error {
	s.refreshing.Lock()
	defer s.refreshing.Unlock()
	v, err := read(s.find(s.name(key)))
	s.doubt(key, err != nil)
	switch {
	case err != nil:
	case v == nil:
		s.byName.Delete(s.name(key))
	default:
		s.byName.Store(s.name(key), v)
	}
	return err
}

func (s *Set[K, V]) doubt(key K, stale bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if stale {
		s.doubts[key] = true
	} else {
		delete(s.doubts, key)
	}
	s.stale.Store(int64(len(s.doubts)))
}
