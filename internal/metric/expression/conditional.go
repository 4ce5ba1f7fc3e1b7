package expression

import (
	"math"
	"time"
)

// conditional is IF(condition, then[, otherwise]). A condition that is a series decides at each of its points; one that
// is a number decides once. A value other than 0 holds.
func conditional(c *compiler, n call) (formula, error) {
	if len(n.arguments) != 2 && len(n.arguments) != 3 {
		return formula{}, refuse("Function 'IF' takes 2 or 3 arguments, found %d", len(n.arguments))
	}
	var parts [3]formula
	for i, argument := range n.arguments {
		part, err := c.argument(n, argument, aScalar|aSeries)
		if err != nil {
			return formula{}, err
		}
		parts[i] = part
	}
	if len(n.arguments) == 2 {
		parts[2] = nothing
	}
	if parts[0].kind == Series {
		return formula{Series, 1, func(e *evaluation) value { return e.choose(parts) }}, nil
	}
	kind := max(parts[1].kind, parts[2].kind)
	period := c.period()
	return formula{kind, int(kind), func(e *evaluation) value { return e.branch(kind, parts, period) }}, nil
}

// nothing is the branch that is not given.
var nothing = formula{Series, 1, func(*evaluation) value { return value{series: []series{{}}} }}

// branch takes one of the branches whole, on a condition that is a number.
func (e *evaluation) branch(kind Kind, parts [3]formula, period time.Duration) value {
	holds := parts[0].value(e).scalar
	if math.IsNaN(holds) {
		return value{scalar: holds, series: []series{{period: period}}}
	}
	taken := parts[2]
	if holds != 0 {
		taken = parts[1]
	}
	v := taken.value(e)
	if kind == Series && taken.kind == Scalar {
		return value{series: []series{e.constant(v.scalar, period)}}
	}
	return v
}

// choose takes, for each point of the condition, the value of a branch at its time. What the first branch misses is 0,
// what the second one misses is dropped (the guide's tables).
func (e *evaluation) choose(parts [3]formula) value {
	condition := parts[0].value(e).single()
	then, otherwise := e.lookup(parts[1]), e.lookup(parts[2])
	if !e.afford(len(condition.points)) {
		return value{series: []series{{}}}
	}
	out := series{period: condition.period, points: make([]point, 0, len(condition.points))}
	for _, p := range condition.points {
		if p.value != 0 {
			v, _ := then(p.at)
			out.add(p.at, v)
		} else if v, ok := otherwise(p.at); ok {
			out.add(p.at, v)
		}
	}
	return value{series: []series{out}}
}

// lookup evaluates a branch to what finds its value at times that only grow.
func (e *evaluation) lookup(part formula) func(int64) (float64, bool) {
	v := part.value(e)
	if part.kind == Scalar {
		return func(int64) (float64, bool) { return v.scalar, true }
	}
	e.afford(len(v.single().points)) // a lookup walks them; choose asks again before it begins
	return v.single().cursor().at
}
