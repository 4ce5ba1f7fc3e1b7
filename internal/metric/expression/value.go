package expression

import (
	"math"
	"slices"
	"time"

	"sluice/internal/metric"
)

// point is a value at a time, in microseconds since 1970: a third of a metric.Point, for sets can be large.
type point struct {
	at    int64
	value float64
}

// series is points, oldest first, at most one at a time.
type series struct {
	source string
	period time.Duration // real time
	points []point
	// overflown are the times, in order, at which a calculation went beyond what a number holds. There is no point then;
	// but what is calculated further with other series has none either, where any other point that misses counts as 0.
	overflown []int64
}

// value is what a formula comes to. A scalar that has no value, such as the average of nothing, is NaN; so is what is
// calculated from it, and series drop their points that are no finite numbers.
type value struct {
	scalar float64
	series []series
}

// seriesOf takes a metric's points over.
func seriesOf(source string, period time.Duration, points []metric.Point) series {
	s := series{source: source, period: period, points: make([]point, 0, len(points))}
	for _, p := range points {
		s.add(p.Time.UnixMicro(), p.Value)
	}
	return s
}

// line gives a series away.
func (s series) line() Line {
	l := Line{Source: s.source, Points: make([]metric.Point, 0, len(s.points))}
	for _, p := range s.points {
		l.Points = append(l.Points, metric.Point{Time: time.UnixMicro(p.at).UTC(), Value: p.value})
	}
	return l
}

// like begins a series that is made from s.
func (s series) like(capacity int) series {
	return series{source: s.source, period: s.period, points: make([]point, 0, capacity)}
}

// add appends a point unless its value is no finite number: what divides by zero is dropped, says the guide.
func (s *series) add(at int64, v float64) {
	if !math.IsNaN(v) && !math.IsInf(v, 0) {
		s.points = append(s.points, point{at, v})
	}
}

// overflows says whether a calculation with an operand went beyond all numbers. To divide by 0, or to take its logarithm,
// is no overflow: the guide drops those points alone.
func overflows(result, operand float64) bool { return math.IsInf(result, 0) && operand != 0 }

// merged returns the times of both, in order and each once.
func merged(a, b []int64) []int64 {
	switch {
	case len(a) == 0:
		return b
	case len(b) == 0:
		return a
	}
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// cursor looks values up at times that only grow.
type cursor struct{ rest []point }

func (s series) cursor() *cursor { return &cursor{s.points} }

// at returns the value at a time, and whether there is one.
func (c *cursor) at(t int64) (float64, bool) {
	for len(c.rest) > 0 && c.rest[0].at < t {
		c.rest = c.rest[1:]
	}
	if len(c.rest) > 0 && c.rest[0].at == t {
		return c.rest[0].value, true
	}
	return 0, false
}

// union returns the times at which any of the series has a point, in order.
func union(all ...series) []int64 {
	var times []int64
	for _, s := range all {
		times = slices.Grow(times, len(s.points))
		for _, p := range s.points {
			times = append(times, p.at)
		}
	}
	slices.Sort(times)
	return slices.Compact(times)
}

// shorter returns the shorter of two periods; 0 is none.
func shorter(a, b time.Duration) time.Duration {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}
