package expression

import "math"

// tally sums values up as they come (by Welford's method, so that large values keep their deviation).
type tally struct {
	n                   float64
	sum, least, most    float64
	mean, squaresToMean float64
}

func (t *tally) add(v float64) {
	if t.n == 0 {
		t.least, t.most = v, v
	}
	t.n++
	t.sum += v
	t.least, t.most = min(t.least, v), max(t.most, v)
	off := v - t.mean
	t.mean += off / t.n
	t.squaresToMean += off * (v - t.mean)
}

// statistic is what an aggregate makes of a tally. The size is how many values there could have been: for an array at
// one time, its number of series; for a series, its number of points.
type statistic func(t tally, size int) float64

func sum(t tally, _ int) float64   { return t.sum }
func count(t tally, _ int) float64 { return t.n }

// average counts the values that an array misses as 0, as the guide says.
func average(t tally, size int) float64 { return t.sum / float64(size) }

func least(t tally, _ int) float64     { return t.orNothing(t.least) }
func greatest(t tally, _ int) float64  { return t.orNothing(t.most) }
func deviation(t tally, _ int) float64 { return t.orNothing(math.Sqrt(t.squaresToMean / t.n)) }

func (t tally) orNothing(v float64) float64 {
	if t.n == 0 {
		return math.NaN()
	}
	return v
}

// aggregate builds functions that make a number of a series, and a series of an array.
func aggregate(f statistic) func(*compiler, call) (formula, error) {
	return func(c *compiler, n call) (formula, error) {
		arguments, err := c.arguments(n, aSeries|anArray)
		if err != nil {
			return formula{}, err
		}
		from := arguments[0]
		if from.kind == Series {
			return formula{Scalar, 0, func(e *evaluation) value {
				of := from.value(e).single()
				if !e.afford(len(of.points)) {
					return value{}
				}
				return value{scalar: f.of(of)}
			}}, nil
		}
		return formula{Series, 1, func(e *evaluation) value {
			return value{series: []series{e.across(from.value(e).series, f)}}
		}}, nil
	}
}

// of computes the statistic of a series's values.
func (f statistic) of(s series) float64 {
	var t tally
	for _, p := range s.points {
		t.add(p.value)
	}
	return f(t, len(s.points))
}

// across computes the statistic of an array's values at each time at which it has any.
func (e *evaluation) across(all []series, f statistic) series {
	if !e.afford(size(all)) {
		return series{}
	}
	times := union(all...)
	// The walk passes each of the times at most once a series.
	if !e.afford(len(times) * len(all)) {
		return series{}
	}
	tallies := make([]tally, len(times))
	out := series{}
	for _, s := range all {
		out.period = shorter(out.period, s.period)
		i := 0
		for _, p := range s.points {
			for times[i] < p.at {
				i++
			}
			tallies[i].add(p.value)
		}
	}
	for i, t := range times {
		out.add(t, f(tallies[i], len(all)))
	}
	return out
}
