package alarm

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"sluice/internal/function"
	"sluice/internal/metric/expression"
)

// book holds every alarm in memory, as it is stored.
type book struct {
	mu      sync.RWMutex
	entries map[key]*entry              // guarded by mu; some may hold no alarm yet
	parents map[key]map[*entry]struct{} // guarded by mu: the composite alarms to reconsider when an alarm changes
}

type key struct {
	function.Scope
	name string
}

// entry is the place of an alarm.
type entry struct {
	key
	// busy is held by whoever changes the alarm, so that its changes come one by one. Nobody waits for the busy of
	// another alarm while holding one, but for a deletion, which no composite alarm can be waiting for.
	busy    sync.Mutex
	current atomic.Pointer[record] // nil if there is no alarm
	rank    rank                   // of a composite alarm; guarded by Service.structure
	cyclic  bool                   // a composite alarm that depends on itself is not evaluated; guarded by Service.structure
	seen    State                  // what rules see; guarded by waves.going; empty means InsufficientData
	queued  atomic.Bool            // an evaluation of it is waiting for its turn or running
	byHand  time.Time              // when its state was set by hand last; guarded by busy
	rests   time.Time              // until then it is not evaluated, since that took long; guarded by busy
}

// record is an alarm with what was made ready of its definition. It is immutable.
type record struct {
	*Alarm
	math *expression.Set // of metric math, else nil
	rule *Rule           // of a composite alarm, else nil
}

func (r *record) key() key { return key{r.Scope, r.Name} }

func newBook() *book {
	return &book{entries: map[key]*entry{}, parents: map[key]map[*entry]struct{}{}}
}

// lock returns the place of an alarm, existing or not, with busy held. Its unlock must be called.
func (b *book) lock(k key) *entry {
	for {
		b.mu.Lock()
		e := b.entries[k]
		if e == nil {
			e = &entry{key: k}
			b.entries[k] = e
		}
		b.mu.Unlock()
		e.busy.Lock()
		b.mu.RLock()
		same := b.entries[k] == e
		b.mu.RUnlock()
		if same {
			return e
		}
		e.busy.Unlock() // it was deleted meanwhile
	}
}

// unlock gives a place back, and clears it away if no alarm is there.
func (b *book) unlock(e *entry) {
	if e.current.Load() == nil {
		b.mu.Lock()
		if b.entries[e.key] == e {
			delete(b.entries, e.key)
		}
		b.mu.Unlock()
	}
	e.busy.Unlock()
}

// set publishes an alarm, or its deletion with nil, and notes whom it depends on. busy is held.
func (b *book) set(e *entry, r *record) {
	b.mu.Lock()
	defer b.mu.Unlock()
	before := e.current.Swap(r)
	if before != nil && r != nil && before.rule == r.rule && before.Composite == r.Composite {
		return // the definition is the same
	}
	for _, k := range before.dependsOn() {
		delete(b.parents[k], e)
		if len(b.parents[k]) == 0 {
			delete(b.parents, k)
		}
	}
	for _, k := range r.dependsOn() {
		if b.parents[k] == nil {
			b.parents[k] = map[*entry]struct{}{}
		}
		b.parents[k][e] = struct{}{}
	}
}

// dependsOn lists the alarms that a composite alarm looks at: its children and its suppressor.
func (r *record) dependsOn() (keys []key) {
	if r == nil || r.Composite == nil {
		return nil
	}
	names := r.childNames()
	if suppressor, ok := nameOf(r.Scope, r.Composite.Suppressor); ok && suppressor != "" {
		names = append(names, suppressor)
	}
	for _, name := range names {
		keys = append(keys, key{r.Scope, name})
	}
	return keys
}

// childNames lists the alarms that a composite alarm's rule names, by name.
func (r *record) childNames() (names []string) {
	if r == nil || r.rule == nil {
		return nil
	}
	for _, child := range r.rule.children {
		if name, ok := nameOf(r.Scope, child); ok {
			names = append(names, name)
		}
	}
	return names
}

// find returns an alarm, nil if there is none.
func (b *book) find(k key) *record {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if e := b.entries[k]; e != nil {
		return e.current.Load()
	}
	return nil
}

// place returns the place of an alarm, nil if there is none.
func (b *book) place(k key) *entry {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if e := b.entries[k]; e != nil && e.current.Load() != nil {
		return e
	}
	return nil
}

// all lists a scope's alarms by name.
func (b *book) all(scope function.Scope) []*record {
	var found []*record
	b.mu.RLock()
	for k, e := range b.entries {
		if r := e.current.Load(); r != nil && k.Scope == scope {
			found = append(found, r)
		}
	}
	b.mu.RUnlock()
	slices.SortFunc(found, func(a, b *record) int { return strings.Compare(a.Name, b.Name) })
	return found
}

// parentsOf lists the composite alarms that look at an alarm.
func (b *book) parentsOf(k key) []*entry {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return slices.Collect(maps.Keys(b.parents[k]))
}

// composites lists the places of a scope's composite alarms.
func (b *book) composites(scope function.Scope) (found []*entry) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for k, e := range b.entries {
		if r := e.current.Load(); r != nil && r.rule != nil && k.Scope == scope {
			found = append(found, e)
		}
	}
	return found
}
