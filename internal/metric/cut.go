package metric

import (
	"cmp"
	"math"
	"slices"
)

func lowest(shares bool) float64 {
	if shares {
		return 0
	}
	return math.Inf(-1)
}

func highest(shares bool) float64 {
	if shares {
		return 100
	}
	return math.Inf(1)
}

// of computes the statistic of samples, of which it sorts values. ok is false if it has no value: the mean of nothing.
func (c cut) of(values []weighted, s Summary) (result float64, ok bool) {
	slices.SortFunc(values, func(a, b weighted) int { return cmp.Compare(a.value, b.value) })
	switch c.kind {
	case percentile:
		return quantile(values, s, c.high/100), true
	case winsorizedMean:
		return c.winsorized(values, s), true
	}
	var count, sum float64
	c.within(values, s.Count, func(v weighted) { count += v.count; sum += v.value * v.count })
	switch c.kind {
	case trimmedCount:
		return count, true
	case trimmedSum:
		return sum, true
	case percentileRank:
		return 100 * count / s.Count, true
	}
	return sum / count, count > 0
}

// quantile returns the least sample that a share of all do not exceed.
func quantile(sorted []weighted, s Summary, share float64) float64 {
	switch {
	case share <= 0:
		return s.Min
	case share >= 1:
		return s.Max
	}
	return at(sorted, share*s.Count)
}

// at returns the sample of a rank, counted from 1. Ranks are compared with a tolerance: 0.07 of 100 is not exactly 7.
func at(sorted []weighted, rank float64) float64 {
	var before float64
	for _, v := range sorted {
		if before += v.count; before >= rank-1e-9*rank {
			return v.value
		}
	}
	return sorted[len(sorted)-1].value
}

// within yields the samples that the cut leaves, a sample that a bound falls into by its part.
func (c cut) within(sorted []weighted, total float64, yield func(weighted)) {
	low, high := c.low/100*total, c.high/100*total
	var before float64
	for _, v := range sorted {
		part := min(high, before+v.count) - max(low, before)
		before += v.count
		if c.values {
			if part = 0; v.value > c.low && v.value <= c.high {
				part = v.count
			}
		}
		if part > 0 {
			yield(weighted{v.value, part})
		}
	}
}

// winsorized is the mean of all samples, where those outside of the cut count as its bounds.
func (c cut) winsorized(sorted []weighted, s Summary) float64 {
	low, high := c.low, c.high
	if !c.values {
		low, high = quantile(sorted, s, c.low/100), quantile(sorted, s, c.high/100)
	}
	var sum float64
	for _, v := range sorted {
		sum += min(max(v.value, low), high) * v.count
	}
	return sum / s.Count
}
