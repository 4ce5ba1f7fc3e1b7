package metric

import (
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

// Reading is what a series has measured since the server started, or since it was last idle for a day.
type Reading struct {
	Key
	Total     Counts
	Durations Durations // of the calls that ran
}

// Meter records samples of invocations. Its methods may be called by many goroutines at once.
type Meter struct{ scale clock.Scale }

// NewMeter makes a Meter whose samples keep the second of the cloud in which their invocation began.
func NewMeter(scale clock.Scale) *Meter { return &Meter{scale} }

// Record adds a sample. It implements function.Meter: no allocation but for the first sample of a series, and no lock
// that another series could hold.
func (m *Meter) Record(sample function.Sample) {}

// Reading returns what a series has measured; nothing, if it has not been called.
func (m *Meter) Reading(key Key) Reading { return Reading{Key: key} }

// Readings returns all series, ordered by function, qualifier and version, without their Durations.
func (m *Meter) Readings() []Reading { return nil }
