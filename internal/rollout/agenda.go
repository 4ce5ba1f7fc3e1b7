package rollout

import (
	"container/heap"
	"sync"
	"time"
)

// agenda says which driver wants to be woken when.
type agenda struct {
	mu      sync.Mutex
	entries entries       // guarded by mu
	changed chan struct{} // holds a token when an entry came that is earlier than the others
}

// entry is a wake-up. A driver may have several: one that has become useless does no harm.
type entry struct {
	at     time.Time
	driver *driver
}

func newAgenda() *agenda { return &agenda{changed: make(chan struct{}, 1)} }

func (a *agenda) add(at time.Time, d *driver) {
	a.mu.Lock()
	heap.Push(&a.entries, entry{at, d})
	first := a.entries[0].driver == d
	a.mu.Unlock()
	if first {
		select {
		case a.changed <- struct{}{}:
		default:
		}
	}
}

// due takes the drivers off whose time has come, and says how long it is until the next one's; idle if there is none.
func (a *agenda) due(now time.Time) (drivers []*driver, wait time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for len(a.entries) > 0 && !a.entries[0].at.After(now) {
		drivers = append(drivers, heap.Pop(&a.entries).(entry).driver)
	}
	if len(a.entries) == 0 {
		return drivers, idle
	}
	return drivers, a.entries[0].at.Sub(now)
}

// idle is how long to wait while there is nothing to wait for.
const idle = time.Hour

// entries is a heap, the earliest first. It implements heap.Interface.
type entries []entry

func (e entries) Len() int           { return len(e) }
func (e entries) Less(i, j int) bool { return e[i].at.Before(e[j].at) }
func (e entries) Swap(i, j int)      { e[i], e[j] = e[j], e[i] }
func (e *entries) Push(x any)        { *e = append(*e, x.(entry)) }

func (e *entries) Pop() any {
	last := len(*e) - 1
	popped := (*e)[last]
	(*e)[last] = entry{}
	*e = (*e)[:last]
	return popped
}
