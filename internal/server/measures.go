package server

import (
	"sluice/internal/comparison"
	"sluice/internal/function"
	"sluice/internal/metric"
)

// measures tells deployments what versions have done. It implements rollout.Measures.
type measures struct{ meter *metric.Meter }

func (m measures) Measured(id function.ID, alias string, n function.Number) comparison.Counts {
	reading := m.meter.Reading(metric.Key{Function: id, Qualifier: alias, Executed: n})
	return counts(reading.Total.Invocations, reading.Total.Errors, reading.Durations)
}

func (m measures) Recently(id function.ID, alias string, n function.Number) comparison.Counts {
	return counts(m.meter.Recent(metric.Key{Function: id, Qualifier: alias, Executed: n}))
}

// counts turns what was metered into what versions are compared by. The meter's bins are finer, and a call counts by its
// bin's middle.
func counts(invocations, errors int64, durations metric.Durations) comparison.Counts {
	counts := comparison.Counts{Calls: invocations, Errors: errors}
	for middle, calls := range durations.Bins() {
		counts.Durations[comparison.Bin(middle)] += calls
	}
	return counts
}
