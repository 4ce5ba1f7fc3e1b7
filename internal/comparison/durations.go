package comparison

import (
	"encoding/json"
	"fmt"
	"math"
	"time"
)

const (
	// Bins is how many bins Durations has.
	Bins = 352

	finest        = 100 * time.Microsecond // upper edge of bin 0
	binsPerOctave = 15                     // each bin is 4.7 % wide; the last begins at 18 minutes, later than any call ends
)

// Durations counts durations by size: bin 0 those up to 100 µs, and each bin after it those up to 2^(1/15) times longer
// than the bin before. The last has no upper edge. The zero Durations is empty.
type Durations [Bins]int64

// Bin returns the bin of a duration, from 0 to Bins-1, for callers who count with atomic counters of their own.
func Bin(d time.Duration) int {
	if d <= finest {
		return 0
	}
	bin := math.Ceil(binsPerOctave * math.Log2(float64(d)/float64(finest)))
	return int(min(bin, Bins-1))
}

// Add counts a duration.
func (d *Durations) Add(duration time.Duration) { d[Bin(duration)]++ }

// merge adds the durations that others counted.
func (d *Durations) merge(others *Durations) {
	for bin, n := range others {
		d[bin] += n
	}
}

// Total returns how many durations were counted.
func (d *Durations) Total() int64 {
	var total int64
	for _, n := range d {
		total += n
	}
	return total
}

// Quantile returns the upper edge of the bin in which the share q (0 to 1) of the durations is reached, so that at least
// that share took no longer. It returns 0 if nothing was counted.
func (d *Durations) Quantile(q float64) time.Duration {
	if d.Total() == 0 {
		return 0
	}
	return edge(d.quantile(q))
}

// quantile returns the bin in which the share q is reached.
func (d *Durations) quantile(q float64) int {
	need := int64(math.Ceil(q * float64(d.Total())))
	var seen int64
	for bin, n := range d {
		if seen += n; seen >= need {
			return bin
		}
	}
	return Bins - 1
}

// above returns how many durations lie in bins after the given one.
func (d *Durations) above(bin int) int64 {
	var total int64
	for _, n := range d[min(bin+1, Bins):] {
		total += n
	}
	return total
}

// edge returns the upper edge of a bin.
func edge(bin int) time.Duration {
	return time.Duration(float64(finest) * math.Exp2(float64(bin)/binsPerOctave))
}

// MarshalJSON writes the number of the first bin that is not empty, and the counts from there to the last such bin.
func (d Durations) MarshalJSON() ([]byte, error) {
	first, last := 0, Bins-1
	for first < Bins && d[first] == 0 {
		first++
	}
	if first == Bins {
		return []byte("[]"), nil
	}
	for d[last] == 0 {
		last--
	}
	return json.Marshal(append([]int64{int64(first)}, d[first:last+1]...))
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (d *Durations) UnmarshalJSON(text []byte) error {
	var list []int64
	if err := json.Unmarshal(text, &list); err != nil {
		return fmt.Errorf("durations: %w", err)
	}
	*d = Durations{}
	if len(list) == 0 {
		return nil
	}
	first, counts := list[0], list[1:]
	if first < 0 || first > Bins-int64(len(counts)) {
		return fmt.Errorf("durations: %d counts from bin %d on do not fit into %d bins", len(counts), first, Bins)
	}
	copy(d[first:], counts)
	return nil
}
