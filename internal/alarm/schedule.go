package alarm

import (
	"sync"
	"time"

	"sluice/internal/clock"
)

// schedule says which alarms are to be looked at when.
type schedule struct {
	mu          sync.Mutex
	quick, slow cadence              // guarded by mu: the alarms by how often they are evaluated
	timers      map[*entry]time.Time // guarded by mu: when what holds actions back is over
	changed     chan struct{}        // holds a token when something came that may be due before the rest
}

// cadence is alarms that are evaluated at each multiple of a step since 1970.
type cadence struct {
	step    time.Duration
	last    time.Time           // the newest slot that was given out
	entries map[*entry]struct{} // at each slot
	fresh   map[*entry]struct{} // at the next slot, and then no more
}

// due is an alarm whose time has come.
type due struct {
	entry *entry
	slot  time.Time // of its cadence; zero if it is looked at out of turn
	timer bool      // what holds its actions back is over
}

// shortestStep bounds how often alarms are evaluated at extreme time scales: slots between are left out.
const shortestStep = time.Millisecond

func newSchedule(scale clock.Scale) *schedule {
	every := func(step time.Duration) cadence {
		return cadence{
			step: max(scale.Here(step), shortestStep), entries: map[*entry]struct{}{}, fresh: map[*entry]struct{}{},
		}
	}
	return &schedule{
		quick: every(quickCadence), slow: every(slowCadence), timers: map[*entry]time.Time{}, changed: make(chan struct{}, 1),
	}
}

// put has an alarm evaluated at its cadence from now on; with zero, never.
func (s *schedule) put(e *entry, every time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.quick.entries, e)
	delete(s.slow.entries, e)
	switch every {
	case quickCadence:
		s.add(&s.quick, s.quick.entries, e)
	case slowCadence:
		s.add(&s.slow, s.slow.entries, e)
	}
}

// soon has an alarm evaluated at the next quick slot, once. later takes that back.
func (s *schedule) soon(e *entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.add(&s.quick, s.quick.fresh, e)
}

func (s *schedule) later(e *entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.quick.fresh, e)
}

// at has an alarm looked at when what holds its actions back is over; with the zero time, not.
func (s *schedule) at(e *entry, t time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t.IsZero() {
		delete(s.timers, e)
		return
	}
	s.timers[e] = t
	s.wake()
}

// drop forgets an alarm.
func (s *schedule) drop(e *entry) {
	s.put(e, 0)
	s.later(e)
	s.at(e, time.Time{})
}

// add is called with mu held. A cadence that had nothing to do begins with the slot after this one.
func (s *schedule) add(c *cadence, set map[*entry]struct{}, e *entry) {
	if c.idle() {
		c.last = lastSlot(time.Now(), c.step)
		s.wake()
	}
	set[e] = struct{}{}
}

func (s *schedule) wake() {
	select {
	case s.changed <- struct{}{}:
	default:
	}
}

// due takes what is to be looked at now, and says when something is next.
func (s *schedule) due(now time.Time) (list []due, next time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	next = now.Add(idle)
	for e, t := range s.timers {
		if !t.After(now) {
			list = append(list, due{entry: e, timer: true})
			delete(s.timers, e)
		} else if t.Before(next) {
			next = t
		}
	}
	for _, c := range []*cadence{&s.quick, &s.slow} {
		if c.idle() {
			continue
		}
		list = c.take(list, now)
		if slot := c.last.Add(c.step); slot.Before(next) {
			next = slot
		}
	}
	return list, next
}

// idle is how long to wait while there is nothing to wait for.
const idle = time.Hour

func (c *cadence) idle() bool { return len(c.entries)+len(c.fresh) == 0 }

// take adds those that are due. Slots that were missed are not made up for: one evaluation sees all points.
func (c *cadence) take(list []due, now time.Time) []due {
	slot := lastSlot(now, c.step)
	if !slot.After(c.last) {
		return list
	}
	c.last = slot
	for e := range c.entries {
		list = append(list, due{entry: e, slot: slot})
	}
	for e := range c.fresh {
		if _, also := c.entries[e]; !also {
			list = append(list, due{entry: e})
		}
	}
	clear(c.fresh)
	return list
}
