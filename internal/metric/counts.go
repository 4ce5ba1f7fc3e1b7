package metric

import (
	"time"

	"sluice/internal/function"
)

// Counts are what a series of invocations measured in some time.
type Counts struct {
	Invocations int64 // calls that ran, failed ones included
	Errors      int64 // calls whose function failed
	Throttles   int64 // calls that did not run, since no process came free
	// Duration is of the calls that ran: sum, least and greatest. Least is zero without calls.
	DurationSum, DurationMin, DurationMax time.Duration
	// Concurrent is the greatest number of calls of the function that ran at once.
	Concurrent int
}

func (c *Counts) add(sample *function.Sample) {
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
