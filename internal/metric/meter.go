package metric

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"sluice/internal/clock"
	"sluice/internal/function"
)

// Key names a series of invocations: what was called, and what ran.
type Key struct {
	Function function.ID
	// Qualifier is what callers asked for: an alias, a number, $LATEST, or nothing.
	Qualifier string
	Executed  function.Number
}

// Reading is what a series has measured since the server started, or since it was last idle for a day.
type Reading struct {
	Key
	Total     Counts
	Durations Durations // of the calls that succeeded and were not their process's first
}

// idleTime is how long a series may be without calls before its totals are forgotten: the Meter must not keep what was
// deleted for ever. A scraper takes totals that begin anew for those of a server that was started again.
const idleTime = 24 * time.Hour

// Meter records samples of invocations. Its methods may be called by many goroutines at once.
type Meter struct {
	grid  grid
	scale clock.Scale
	cells sync.Map // Key → *cell
	fresh atomic.Pointer[cell]
}

// NewMeter makes a Meter whose samples keep the second of the cloud in which their invocation began.
func NewMeter(scale clock.Scale) *Meter { return &Meter{grid: newGrid(scale), scale: scale} }

// Record adds a sample. It implements function.Meter: no allocation but for what a series has not seen before, and no
// lock that another series could hold.
func (m *Meter) Record(sample function.Sample) {
	slot := m.grid.slot(seconds, m.began(&sample).UnixNano())
	for {
		found, ok := m.cells.Load(Key{sample.Function, sample.Qualifier, sample.Executed})
		if !ok {
			found = m.cell(sample)
		}
		if c := found.(*cell); c.record(m, slot, &sample) {
			return
		}
	}
}

// began is when an invocation began, as the cloud's time sees it. A function runs at its own pace at any time scale: a
// call of 3 s takes 3 s of the cloud, of which the clock here shows less. Otherwise its data would come minutes late.
func (m *Meter) began(sample *function.Sample) time.Time {
	if sample.Ended.IsZero() {
		return sample.Began
	}
	return sample.Ended.Add(-m.scale.Here(sample.Ended.Sub(sample.Began)))
}

func (m *Meter) cell(sample function.Sample) any {
	key := Key{sample.Function, sample.Qualifier, sample.Executed}
	found, _ := m.cells.LoadOrStore(key, newCell(key))
	return found
}

// push notes that a cell has samples that are not published. A lock for this would be one that all functions share.
func (m *Meter) push(c *cell) {
	for {
		c.next = m.fresh.Load()
		if m.fresh.CompareAndSwap(c.next, c) {
			return
		}
	}
}

// take returns what was recorded since the last time, as data of the AWS/Lambda metrics.
func (m *Meter) take() []Datum {
	p := publication{grid: m.grid, concurrent: map[moment]map[function.ID]int{}, claims: map[moment]accountClaim{}}
	for c := m.fresh.Swap(nil); c != nil; {
		c = c.publish(&p)
	}
	return p.finish()
}

// forget drops the series that have not been called since then.
func (m *Meter) forget(since time.Time) {
	m.cells.Range(func(key, value any) bool {
		if value.(*cell).drop(since.UnixNano()) {
			m.cells.CompareAndDelete(key, value)
		}
		return true
	})
}

// Reading returns what a series has measured; nothing, if it has not been called.
func (m *Meter) Reading(key Key) Reading {
	found, ok := m.cells.Load(key)
	if !ok {
		return Reading{Key: key}
	}
	return found.(*cell).read(true)
}

// Recent returns what a series has measured lately: in five minutes with calls, and in up to five more. The durations are
// those of a Reading.
func (m *Meter) Recent(key Key) (invocations, errors int64, durations Durations) {
	found, ok := m.cells.Load(key)
	if !ok {
		return 0, 0, Durations{}
	}
	return found.(*cell).recent()
}

// Readings returns all series, ordered by function, qualifier and version, without their Durations.
func (m *Meter) Readings() []Reading {
	var readings []Reading
	m.cells.Range(func(_, value any) bool {
		readings = append(readings, value.(*cell).read(false))
		return true
	})
	slices.SortFunc(readings, func(a, b Reading) int { return compareKeys(a.Key, b.Key) })
	return readings
}

func compareKeys(a, b Key) int {
	return cmp.Or(
		cmp.Compare(a.Function.ARN(), b.Function.ARN()),
		cmp.Compare(a.Qualifier, b.Qualifier),
		cmp.Compare(a.Executed, b.Executed),
	)
}
