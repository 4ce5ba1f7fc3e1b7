package expression

import (
	"time"

	"sluice/internal/fault"
)

// maxWork bounds the points that one evaluation may make or walk over, and so its time (a second or so) and its memory.
const maxWork = 10_000_000

// evaluation is one run of a set's formulas. Its error, once set, stays; formulas go on with nothing in their hands.
type evaluation struct {
	data   Data
	values map[string]value // of the items that came before
	work   int
	err    error
}

// afford says whether so many more points may be made or walked over.
func (e *evaluation) afford(points int) bool {
	if points > maxWork || e.work > maxWork-points {
		e.err = fault.Errorf(fault.Limit, "expression", "The expressions go over more than %d datapoints: ask for a shorter time or a longer period", maxWork)
		return false
	}
	e.work += points
	return true
}

// grid returns the beginnings of all periods of the range.
func (e *evaluation) grid(period time.Duration) []int64 {
	step := period.Microseconds()
	from, to := e.data.From.UnixMicro(), e.data.To.UnixMicro()
	if step <= 0 || to <= from {
		return nil
	}
	if !e.data.Sliding {
		from -= ((from % step) + step) % step
	}
	count := int((to - from + step - 1) / step)
	if !e.afford(count) {
		return nil
	}
	times := make([]int64, count)
	for i := range times {
		times[i] = from + int64(i)*step
	}
	return times
}

// constant returns a series that has the same value in each period.
func (e *evaluation) constant(v float64, period time.Duration) series {
	s := series{period: period}
	for _, t := range e.grid(period) {
		s.add(t, v)
	}
	return s
}

// each applies a function to every series of a value.
func (e *evaluation) each(v value, f func(series) series) value {
	out := value{series: make([]series, 0, len(v.series))}
	for _, s := range v.series {
		if !e.afford(len(s.points)) {
			return out
		}
		out.series = append(out.series, f(s))
	}
	return out
}

// single returns the series of a value whose kind is Series.
func (v value) single() series {
	if len(v.series) == 0 { // the evaluation has failed
		return series{}
	}
	return v.series[0]
}
