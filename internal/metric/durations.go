package metric

import (
	"iter"
	"math"
	"slices"
	"time"
)

// Durations is how a series' durations are distributed: how many lie in each of bins that are 2 % wide. The zero
// Durations is empty. A copy stays as it is while the series goes on.
type Durations struct {
	first  int // the bin that counts[0] counts
	counts []uint64
}

// binOf returns the bin of a duration. A duration of nothing counts as a nanosecond.
func binOf(d time.Duration) int { return bins.Index(milliseconds(max(d, 1))) }

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// middle is within Accuracy of each duration of a bin, in milliseconds.
func middle(bin int) float64 { return bins.Value(bin) }

// add counts a duration of a bin. It allocates only for bins beyond those that it has had.
func (d *Durations) add(bin int) {
	if i := bin - d.first; i < 0 || i >= len(d.counts) {
		d.widen(bin)
	}
	d.counts[bin-d.first]++
}

// widen makes room for a bin, and for some beside it.
func (d *Durations) widen(bin int) {
	const beside = 16
	if len(d.counts) == 0 {
		d.first = bin
	}
	first, end := min(d.first, bin-beside), max(d.first+len(d.counts), bin+beside)
	wider := make([]uint64, end-first)
	copy(wider[d.first-first:], d.counts)
	d.first, d.counts = first, wider
}

func (d *Durations) reset() { clear(d.counts) }

func (d *Durations) clone() Durations { return Durations{d.first, slices.Clone(d.counts)} }

// Count is how many durations there are.
func (d Durations) Count() (sum int64) {
	for _, n := range d.counts {
		sum += int64(n)
	}
	return sum
}

// Since returns the durations that came after earlier was read. If the series began anew meanwhile, they are d's.
func (d Durations) Since(earlier Durations) Durations {
	since := d.clone()
	for i, n := range earlier.counts {
		if n == 0 {
			continue
		}
		at := earlier.first + i - since.first
		if at < 0 || at >= len(since.counts) || since.counts[at] < n {
			return d
		}
		since.counts[at] -= n
	}
	return since
}

// Quantile returns the duration that a share q (0 to 1) of all does not exceed, within 1 %; 0 if there are none.
func (d Durations) Quantile(q float64) (duration time.Duration) {
	rank, before := q*float64(d.Count()), 0.0
	for middle, n := range d.Bins() {
		duration = middle
		if before += float64(n); before >= rank-1e-9*rank {
			break
		}
	}
	return duration
}

// Bins yields each bin's middle, within 1 % of each duration in it, and how many it has, shortest first. Bins of two
// Durations have the same middles, so that they can be compared.
func (d Durations) Bins() iter.Seq2[time.Duration, int64] {
	return func(yield func(time.Duration, int64) bool) {
		for i, n := range d.counts {
			if n > 0 && !yield(time.Duration(math.Round(middle(d.first+i)*float64(time.Millisecond))), int64(n)) {
				return
			}
		}
	}
}
