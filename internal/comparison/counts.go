package comparison

import "time"

// Counts is what one version did during some time. Counts of times that follow each other can be added.
type Counts struct {
	Calls  int64 // that ended
	Errors int64 // calls that failed, for whatever reason
	// Durations of calls that succeeded. The caller leaves out a process's first call: a version that arrives has new
	// processes, and their start would count against it.
	Durations Durations
}

// Add counts a call that took d. Its duration counts only if it succeeded, because failing fast is no virtue.
func (c *Counts) Add(d time.Duration, failed bool) {
	c.Calls++
	if failed {
		c.Errors++
		return
	}
	c.Durations.Add(d)
}

// Plus returns what happened in the time of c and in that of d.
func (c Counts) Plus(d Counts) Counts {
	c.Calls += d.Calls
	c.Errors += d.Errors
	c.Durations.merge(&d.Durations)
	return c
}

// Since returns what was counted after earlier. If a counter ran backwards, all of them began anew in between (the
// server was restarted), and everything in c is new.
func (c Counts) Since(earlier Counts) Counts {
	added := c
	added.Calls -= earlier.Calls
	added.Errors -= earlier.Errors
	backwards := added.Calls < 0 || added.Errors < 0
	for bin, n := range earlier.Durations {
		added.Durations[bin] -= n
		backwards = backwards || added.Durations[bin] < 0
	}
	if backwards {
		return c
	}
	return added
}

// plausible returns c with each count brought into its range: a miscount must not become a panic or a false alarm.
func (c Counts) plausible() Counts {
	c.Calls = max(c.Calls, 0)
	c.Errors = min(max(c.Errors, 0), c.Calls)
	for bin, n := range c.Durations {
		c.Durations[bin] = max(n, 0)
	}
	return c
}
