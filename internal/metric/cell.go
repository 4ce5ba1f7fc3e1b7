package metric

import (
	"sync"
	"time"

	"sluice/internal/function"
)

// cell records one series of invocations: its totals, and what is not published yet.
type cell struct {
	key  Key
	sets [][]Dimension // under which its invocations are published
	next *cell         // in the Meter's list of cells to publish

	mu        sync.Mutex
	dropped   bool // the Meter has forgotten it
	used      int64
	total     Counts
	durations Durations
	stints    []stint // unpublished; memory behind them is used again
	marks     [2]mark // the older first
}

// mark is what a series had measured at a time.
type mark struct {
	at                  int64 // of the last call, in nanoseconds since 1970; 0: there is none yet
	invocations, errors int64
	durations           Durations
}

// markEvery is how long a mark is the newer one at least, in nanoseconds.
const markEvery = int64(5 * time.Minute)

// stint is what was recorded of invocations that began in the same second of the cloud.
type stint struct {
	slot int64
	Counts
	durations Durations
}

func newCell(key Key) *cell { return &cell{key: key, sets: dimensionSets(key)} }

// record adds a sample. It reports false if the cell was dropped meanwhile.
func (c *cell) record(m *Meter, slot int64, sample *function.Sample) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.dropped {
		return false
	}
	if len(c.stints) == 0 {
		m.push(c)
	}
	c.used = max(c.used, sample.Began.UnixNano())
	stint := c.stint(slot)
	stint.add(sample)
	c.total.add(sample)
	if !sample.Throttled {
		bin := binOf(sample.Duration)
		stint.durations.add(bin)
		if !sample.Failed && !sample.First {
			c.durations.add(bin)
		}
	}
	return true
}

// stint returns the stint of a slot. It looks at the last few only, since calls that begin together end together; that
// two stints have the same slot does no harm.
func (c *cell) stint(slot int64) *stint {
	const few = 8
	n := len(c.stints)
	for i := n - 1; i >= max(0, n-few); i-- {
		if c.stints[i].slot == slot {
			return &c.stints[i]
		}
	}
	if n < cap(c.stints) {
		c.stints = c.stints[:n+1]
	} else {
		c.stints = append(c.stints, stint{})
	}
	fresh := &c.stints[n]
	fresh.slot, fresh.Counts = slot, Counts{}
	fresh.durations.reset()
	return fresh
}

// publish hands over what is unpublished, and returns the next cell of the list.
func (c *cell) publish(p *publication) (next *cell) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := range c.stints {
		p.add(c, &c.stints[i])
	}
	const spare = 64 // memory for more than a second at scale 60 is not worth keeping
	if cap(c.stints) > spare {
		c.stints = nil
	}
	c.stints = c.stints[:0]
	if c.used-c.marks[1].at >= markEvery {
		c.marks[0], c.marks[1] = c.marks[1], mark{c.used, c.total.Invocations, c.total.Errors, c.durations.clone()}
	}
	next, c.next = c.next, nil
	return next
}

// drop marks a cell without calls since then as dropped.
func (c *cell) drop(since int64) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.dropped = c.dropped || len(c.stints) == 0 && c.used < since
	return c.dropped
}

func (c *cell) read(durations bool) Reading {
	c.mu.Lock()
	defer c.mu.Unlock()
	reading := Reading{Key: c.key, Total: c.total}
	if durations {
		reading.Durations = c.durations.clone()
	}
	return reading
}

// recent returns what was measured since the older mark.
func (c *cell) recent() (invocations, errors int64, durations Durations) {
	c.mu.Lock()
	defer c.mu.Unlock()
	old := &c.marks[0]
	return c.total.Invocations - old.invocations, c.total.Errors - old.errors, c.durations.Since(old.durations)
}
