package server

import (
	"sluice/internal/comparison"
	"sluice/internal/function"
	"sluice/internal/metric"
)

// measures tells deployments what versions have done. It implements rollout.Measures.
//
// The meter's durations are those of all calls that ran: its bins are finer than those that versions are compared by, and
// a call counts by its bin's middle.
type measures struct{ meter *metric.Meter }

func (m measures) Measured(id function.ID, alias string, n function.Number) comparison.Counts {
	reading := m.meter.Reading(metric.Key{Function: id, Qualifier: alias, Executed: n})
	counts := comparison.Counts{Calls: reading.Total.Invocations, Errors: reading.Total.Errors}
	for middle, calls := range reading.Durations.Bins() {
		counts.Durations[comparison.Bin(middle)] += calls
	}
	return counts
}
