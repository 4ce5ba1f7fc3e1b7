package expression

import (
	"context"
	"time"

	"sluice/internal/fault"
)

// MaxWork bounds what one evaluation may do, and so its time (a second or so) and its memory. The unit is a point that is
// made or walked over; a series, and each part of an expression, counts as one more.
const MaxWork = 10_000_000

// lineCost is the work of giving a point away: metric.Point takes that many times the memory of a point.
const lineCost = 4

// evaluation is one run of a set's formulas. Its error, once set, stays; formulas go on with nothing in their hands.
type evaluation struct {
	ctx    context.Context
	data   Data
	values map[string]value // of the items that came before
	left   int              // work that may still be done
	err    error
}

func newEvaluation(ctx context.Context, data Data) *evaluation {
	e := &evaluation{ctx: ctx, data: data, values: map[string]value{}, left: MaxWork}
	if data.Work > 0 {
		e.left = min(data.Work, MaxWork)
	}
	return e
}

// afford says whether so much more work may be done. Whoever makes, copies or walks over points asks first; once the
// answer was no, it stays so.
func (e *evaluation) afford(work int) bool {
	if e.err == nil {
		e.err = e.ctx.Err()
	}
	if e.err == nil && work > e.left {
		e.err = fault.Errorf(fault.Limit, "expression", "The expressions go over too many datapoints: ask for a shorter time, a longer period or fewer of them")
	}
	if e.err != nil {
		return false
	}
	e.left -= work
	return true
}

// size is how many points series have together.
func size(all []series) int {
	n := 0
	for _, s := range all {
		n += len(s.points)
	}
	return n
}

// grid returns the beginnings of all periods of the range.
func (e *evaluation) grid(period time.Duration) []int64 {
	step := period.Microseconds()
	from, to := micros(e.data.From), micros(e.data.To)
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

// years bound the range of an evaluation: within them microseconds and their differences do not overflow.
var years = [2]time.Time{time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)}

// micros is a time in microseconds since 1970, moved into the years that there are.
func micros(t time.Time) int64 {
	switch {
	case t.Before(years[0]):
		t = years[0]
	case t.After(years[1]):
		t = years[1]
	}
	return t.UnixMicro()
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
		if !e.afford(len(s.points) + len(s.overflown)) {
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
