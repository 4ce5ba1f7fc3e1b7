package metric

import (
	"time"

	"sluice/internal/function"
)

// Counts are what a series of invocations measured in some time.
type Counts struct {
	Invocations int64 // calls that ran, failed ones included
	Errors      int64 // calls whose function failed
	Throttles   int64 // calls that did not run, since too many others did or no process came free
	// Duration is of the calls that ran: sum, least and greatest. Least is zero without calls.
	DurationSum, DurationMin, DurationMax time.Duration
	// Concurrent is the greatest number of calls of the function that ran at once.
	Concurrent int
	// Provisioned are the calls that ran in a provisioned process, Spilled those of a version with provisioned concurrency
	// that ran in another. Covered is the greatest number of calls that were covered at once, Utilization the greatest part
	// of what is provisioned that they were, 0 to 1.
	Provisioned, Spilled int64
	Covered              int
	Utilization          float64
	// Unreserved is the greatest number of calls that ran at once of functions without a reservation, Claimed the greatest
	// part of the account's concurrency that others could not have.
	Unreserved, Claimed int
}

func (c *Counts) add(sample *function.Sample) {
	c.Concurrent = max(c.Concurrent, sample.Concurrent)
	c.Unreserved, c.Claimed = max(c.Unreserved, sample.Unreserved), max(c.Claimed, sample.Claimed)
	if sample.Throttled {
		c.Throttles++
		return
	}
	if sample.Provision > 0 {
		c.addProvisioned(sample)
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

func (c *Counts) addProvisioned(sample *function.Sample) {
	if sample.Provisioned {
		c.Provisioned++
	} else {
		c.Spilled++
	}
	c.Covered = max(c.Covered, sample.Covered)
	c.Utilization = max(c.Utilization, float64(sample.Covered)/float64(sample.Provision))
}
