package expression

import (
	"math"
	"time"
)

// successive builds functions of each value and the one before it. The first value has none before it and no result.
func successive(f func(before, now point, seconds float64) float64) func(*compiler, call) (formula, error) {
	return transform(func(e *evaluation, s series) series {
		out := s.like(len(s.points))
		for i := 1; i < len(s.points); i++ {
			before, now := s.points[i-1], s.points[i]
			passed := time.Duration(min(now.at-before.at, math.MaxInt64/1000)) * time.Microsecond
			out.add(now.at, f(before, now, e.data.Scale.Cloud(passed).Seconds()))
		}
		return out
	})
}

func difference(before, now point, _ float64) float64 { return now.value - before.value }

func rate(before, now point, seconds float64) float64 { return (now.value - before.value) / seconds }

func elapsed(_, _ point, seconds float64) float64 { return seconds }

var runningSum = transform(func(_ *evaluation, s series) series {
	total := 0.0
	return mapped(s, func(v float64) float64 {
		total += v
		return total
	})
})
