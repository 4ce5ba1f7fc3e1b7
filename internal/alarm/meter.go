package alarm

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"sluice/internal/function"
)

// Key names a series: what was called, and what ran.
type Key struct {
	Function function.ID
	// Qualifier is what callers asked for: an alias, a number, $LATEST, or nothing.
	Qualifier string
	Executed  function.Number
}

// Counts are what a series measured in some time.
type Counts struct {
	Invocations int64 // calls that ran, failed ones included
	Errors      int64 // calls whose function failed
	Throttles   int64 // calls that did not run, since no process came free
	// Duration is of the calls that ran: sum, least and greatest. Least is zero without calls.
	DurationSum, DurationMin, DurationMax time.Duration
	// Concurrent is the greatest number of calls of the function that ran at once.
	Concurrent int
}

// Minute is what a series measured from Start on for a minute.
type Minute struct {
	Start time.Time
	Counts
}

// keptMinutes is how many minutes with samples a series remembers, at about 100 bytes each.
const keptMinutes = 180

// Meter records samples of invocations. Its methods may be called by many goroutines at once; the zero Meter is empty.
type Meter struct {
	series sync.Map // Key → *series
}

type series struct {
	mu      sync.Mutex
	total   Counts
	minutes []Minute // with samples only, oldest first
}

// Record adds a sample. It implements function.Meter.
func (m *Meter) Record(sample function.Sample) {
	key := Key{sample.Function, sample.Qualifier, sample.Executed}
	found, ok := m.series.Load(key)
	if !ok {
		found, _ = m.series.LoadOrStore(key, &series{})
	}
	found.(*series).add(sample)
}

func (s *series) add(sample function.Sample) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.total.add(sample)
	s.minute(sample.Ended.Truncate(time.Minute)).add(sample)
}

// minute returns the bucket that begins at start. Samples come almost in order; one that is late for a minute which is
// not the last is found from behind.
func (s *series) minute(start time.Time) *Counts {
	i := len(s.minutes)
	for i > 0 && s.minutes[i-1].Start.After(start) {
		i--
	}
	if i > 0 && s.minutes[i-1].Start.Equal(start) {
		return &s.minutes[i-1].Counts
	}
	s.minutes = slices.Insert(s.minutes, i, Minute{Start: start.UTC()})
	if over := len(s.minutes) - keptMinutes; over > 0 {
		s.minutes = slices.Delete(s.minutes, 0, over)
		i = max(i-over, 0)
	}
	return &s.minutes[i].Counts
}

func (c *Counts) add(sample function.Sample) {
	c.Concurrent = max(c.Concurrent, sample.Concurrent)
	if sample.Throttled {
		c.Throttles++
		return
	}
	c.DurationSum += sample.Duration
	c.DurationMax = max(c.DurationMax, sample.Duration)
	if c.Invocations == 0 || sample.Duration < c.DurationMin {
		c.DurationMin = sample.Duration
	}
	c.Invocations++
	if sample.Failed {
		c.Errors++
	}
}

// Reading is a copy of what a series has measured.
type Reading struct {
	Key
	Total   Counts   // since the server started
	Minutes []Minute // the last three hours' minutes that have samples, oldest first
}

// Readings returns all series, ordered by function, qualifier and version.
func (m *Meter) Readings() []Reading {
	var readings []Reading
	m.series.Range(func(key, value any) bool {
		s := value.(*series)
		s.mu.Lock()
		readings = append(readings, Reading{key.(Key), s.total, slices.Clone(s.minutes)})
		s.mu.Unlock()
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
