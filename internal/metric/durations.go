package metric

import (
	"iter"
	"time"
)

// Durations is how a series' durations are distributed: how many lie in each of bins that are 2 % wide. The zero
// Durations is empty. A copy stays as it is while the series goes on.
type Durations struct {
	first  int // the bin that counts[0] counts
	counts []uint64
}

// Count is how many durations there are.
func (d Durations) Count() int64 { return 0 }

// Since returns the durations that came after earlier was read. If the series began anew meanwhile, they are d's.
func (d Durations) Since(earlier Durations) Durations { return d }

// Quantile returns the duration that a share q (0 to 1) of all does not exceed, within 1 %; 0 if there are none.
func (d Durations) Quantile(q float64) time.Duration { return 0 }

// Bins yields each bin's middle, within 1 % of each duration in it, and how many it has, shortest first. Bins of two
// Durations have the same middles, so that they can be compared.
func (d Durations) Bins() iter.Seq2[time.Duration, int64] { return func(func(time.Duration, int64) bool) {} }
