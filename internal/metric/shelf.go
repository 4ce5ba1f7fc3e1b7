package metric

import (
	"cmp"
	"hash/maphash"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// shelfCount is how many locks the table of metrics is divided among.
const shelfCount = 64

// shelves is the table of all metrics.
type shelves struct {
	seed  maphash.Seed
	count atomic.Int64 // metrics
	space atomic.Int64 // what they take, see space
	each  [shelfCount]shelf
}

type shelf struct {
	mu     sync.RWMutex
	series map[string]*series // by key
}

func newShelves() *shelves {
	s := &shelves{seed: maphash.MakeSeed()}
	for i := range s.each {
		s.each[i].series = map[string]*series{}
	}
	return s
}

// find returns a metric's series, or nil.
func (s *shelves) find(id *ID) *series {
	var room [256]byte
	key := id.AppendKey(room[:0])
	shelf := s.shelf(key)
	shelf.mu.RLock()
	defer shelf.mu.RUnlock()
	return shelf.series[string(key)]
}

// use calls f with a metric's series, which it makes if there is none. The series stays on its shelf meanwhile.
func (s *shelves) use(id *ID, f func(*series)) {
	var room [256]byte
	key := id.AppendKey(room[:0])
	shelf := s.shelf(key)
	shelf.mu.RLock()
	found, ok := shelf.series[string(key)]
	if ok {
		f(found)
	}
	shelf.mu.RUnlock()
	if ok {
		return
	}
	shelf.mu.Lock()
	defer shelf.mu.Unlock()
	found, ok = shelf.series[string(key)]
	if !ok {
		found = newSeries(id, string(key))
		shelf.series[found.key] = found
		s.count.Add(1)
		s.space.Add(space(found.key))
	}
	f(found)
}

// newSeries copies what the series keeps of an ID: its strings may be parts of a whole request.
func newSeries(id *ID, key string) *series {
	own := *id
	own.Namespace, own.Name = strings.Clone(id.Namespace), strings.Clone(id.Name)
	own.Dimensions = nil
	for _, d := range id.Dimensions {
		own.Dimensions = append(own.Dimensions, Dimension{strings.Clone(d.Name), strings.Clone(d.Value)})
	}
	return &series{id: own, key: key}
}

func (s *shelves) shelf(key []byte) *shelf {
	return &s.each[maphash.Bytes(s.seed, key)%shelfCount]
}

// sweep removes the series of which remove says so. Nobody uses one meanwhile.
func (s *shelves) sweep(remove func(*series) bool) {
	for i := range s.each {
		shelf := &s.each[i]
		shelf.mu.Lock()
		for key, series := range shelf.series {
			if remove(series) {
				delete(shelf.series, key)
				s.count.Add(-1)
				s.space.Add(-space(key))
			}
		}
		shelf.mu.Unlock()
	}
}

// all calls f with each series.
func (s *shelves) all(f func(*series)) {
	for i := range s.each {
		shelf := &s.each[i]
		shelf.mu.RLock()
		for _, series := range shelf.series {
			f(series)
		}
		shelf.mu.RUnlock()
	}
}

// Key returns a text that only this metric has, whatever the order of its dimensions. Texts sort by account, region,
// namespace and name.
func (id *ID) Key() string { return string(id.AppendKey(nil)) }

// AppendKey appends Key. Its parts are divided by NUL, which Check refuses in any of them.
func (id *ID) AppendKey(key []byte) []byte {
	for i, part := range [...]string{id.Scope.Account, id.Scope.Region, id.Namespace, id.Name} {
		if i > 0 {
			key = append(key, 0)
		}
		key = append(key, part...)
	}
	if len(id.Dimensions) < 2 {
		return appendDimensions(key, id.Dimensions)
	}
	var room [8]Dimension
	return appendDimensions(key, append(room[:0], id.Dimensions...))
}

// appendDimensions sorts and appends them.
func appendDimensions(key []byte, dimensions []Dimension) []byte {
	if len(dimensions) > 1 {
		slices.SortFunc(dimensions, func(a, b Dimension) int {
			return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Value, b.Value))
		})
	}
	for _, d := range dimensions {
		key = append(append(key, 0), d.Name...)
		key = append(append(key, 0), d.Value...)
	}
	return key
}
