package expression

import "fmt"

// filler finds the value of a gap: the times without a value between the points before and after it. Either is nil at
// the range's ends.
type filler func(t int64, before, after *point) (float64, bool)

// fill gives the periods of each series that miss a value one: a number's, another series's, the last one's before, or
// one on the line between those around it.
func fill(c *compiler, n call) (formula, error) {
	if len(n.arguments) != 2 {
		return formula{}, refuse("Function 'FILL' takes 2 arguments, found %d", len(n.arguments))
	}
	from, err := c.argument(n, n.arguments[0], aSeries|anArray)
	if err != nil {
		return formula{}, err
	}
	with, err := c.fillers(n)
	if err != nil {
		return formula{}, err
	}
	return formula{from.kind, from.most, func(e *evaluation) value {
		source := from.value(e)
		fillGap := with(e)
		return e.each(source, func(s series) series { return e.filled(s, fillGap()) })
	}}, nil
}

// fillers builds what makes a filler for each series of an evaluation.
func (c *compiler) fillers(n call) (func(*evaluation) func() filler, error) {
	if w, ok := n.arguments[1].(word); ok {
		f, known := map[string]filler{"REPEAT": repeat, "LINEAR": linear}[w.value]
		if !known {
			return nil, refuse("Function 'FILL' fills with a number, a time series, REPEAT or LINEAR, not with '%s'", w.value)
		}
		return func(*evaluation) func() filler { return func() filler { return f } }, nil
	}
	with, err := c.argument(n, n.arguments[1], aScalar|aSeries)
	if err != nil {
		return nil, err
	}
	return func(e *evaluation) func() filler {
		v := with.value(e)
		if with.kind == Scalar {
			return func() filler { return func(int64, *point, *point) (float64, bool) { return v.scalar, true } }
		}
		return func() filler {
			other := v.single().cursor()
			if !e.afford(len(other.rest)) { // each filled series walks over them
				return func(int64, *point, *point) (float64, bool) { return 0, false }
			}
			return func(t int64, _, _ *point) (float64, bool) { return other.at(t) }
		}
	}, nil
}

func repeat(_ int64, before, _ *point) (float64, bool) {
	if before == nil {
		return 0, false
	}
	return before.value, true
}

func linear(t int64, before, after *point) (float64, bool) {
	if before == nil || after == nil {
		return 0, false
	}
	share := float64(t-before.at) / float64(after.at-before.at)
	return before.value + share*(after.value-before.value), true
}

// filled walks over the range's periods and the series's points together.
func (e *evaluation) filled(s series, gap filler) series {
	grid := series{}
	for _, t := range e.grid(s.period) {
		grid.points = append(grid.points, point{at: t})
	}
	out := s.like(len(grid.points))
	var before *point
	rest := s.points
	for _, t := range union(grid, s) {
		if len(rest) > 0 && rest[0].at == t {
			before, rest = &rest[0], rest[1:]
			out.add(t, before.value)
			continue
		}
		var after *point
		if len(rest) > 0 {
			after = &rest[0]
		}
		if v, ok := gap(t, before, after); ok {
			out.add(t, v)
		}
	}
	return out
}

// plural writes a count and its noun.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
