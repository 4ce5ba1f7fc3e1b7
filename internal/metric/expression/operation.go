package expression

import "math"

// operators compute one value of two.
var operators = map[string]func(a, b float64) float64{
	"+":   func(a, b float64) float64 { return a + b },
	"-":   func(a, b float64) float64 { return a - b },
	"*":   func(a, b float64) float64 { return a * b },
	"/":   func(a, b float64) float64 { return a / b },
	"^":   math.Pow,
	"==":  truth(func(a, b float64) bool { return a == b }),
	"!=":  truth(func(a, b float64) bool { return a != b }),
	"<":   truth(func(a, b float64) bool { return a < b }),
	"<=":  truth(func(a, b float64) bool { return a <= b }),
	">":   truth(func(a, b float64) bool { return a > b }),
	">=":  truth(func(a, b float64) bool { return a >= b }),
	"AND": truth(func(a, b float64) bool { return a != 0 && b != 0 }),
	"OR":  truth(func(a, b float64) bool { return a != 0 || b != 0 }),
}

// truth makes 1 and 0 of a comparison. What compares with no value has none.
func truth(holds func(a, b float64) bool) func(a, b float64) float64 {
	return func(a, b float64) float64 {
		switch {
		case math.IsNaN(a) || math.IsNaN(b):
			return math.NaN()
		case holds(a, b):
			return 1
		}
		return 0
	}
}

// kindNames are how complaints name kinds.
var kindNames = [...]string{"number", "time series", "array of time series"}

func (c *compiler) operation(n binary) (formula, error) {
	left, err := c.compile(n.left)
	if err != nil {
		return formula{}, err
	}
	right, err := c.compile(n.right)
	if err != nil {
		return formula{}, err
	}
	if left.kind == Array && right.kind == Array {
		return formula{}, refuse("Unsupported operand types for '%s' at character %d: two arrays of time series", n.operator, n.at+1)
	}
	f := operators[n.operator]
	return formula{max(left.kind, right.kind), max(left.most, right.most), func(e *evaluation) value {
		return e.combine(left.kind, left.value(e), right.kind, right.value(e), f)
	}}, nil
}

// combine applies an operator to two values that are not both arrays.
func (e *evaluation) combine(leftKind Kind, left value, rightKind Kind, right value, f func(a, b float64) float64) value {
	switch {
	case leftKind == Scalar && rightKind == Scalar:
		return value{scalar: f(left.scalar, right.scalar)}
	case leftKind == Scalar:
		return e.each(right, func(s series) series { return mapped(s, func(v float64) float64 { return f(left.scalar, v) }) })
	case rightKind == Scalar:
		return e.each(left, func(s series) series { return mapped(s, func(v float64) float64 { return f(v, right.scalar) }) })
	case leftKind == Array:
		return e.each(left, func(s series) series { return e.joined(s, right.single(), s.source, f) })
	case rightKind == Array:
		return e.each(right, func(s series) series { return e.joined(left.single(), s, s.source, f) })
	}
	return e.each(left, func(s series) series { return e.joined(s, right.single(), "", f) })
}

// mapped applies a function to each value of a series.
func mapped(s series, f func(float64) float64) series {
	out := s.like(len(s.points))
	var beyond []int64
	for _, p := range s.points {
		v := f(p.value)
		if overflows(v, p.value) {
			beyond = append(beyond, p.at)
		}
		out.add(p.at, v)
	}
	out.overflown = merged(s.overflown, beyond)
	return out
}

// joined combines two series at the times at which either has a value; the other counts as 0 if it misses one.
func (e *evaluation) joined(a, b series, source string, f func(a, b float64) float64) series {
	if !e.afford(len(a.points) + len(b.points) + len(a.overflown) + len(b.overflown)) {
		return series{}
	}
	before := merged(a.overflown, b.overflown)
	passed, beyond := before, []int64(nil)
	out := series{source: source, period: shorter(a.period, b.period)}
	left, right := a.cursor(), b.cursor()
	for _, t := range union(a, b) {
		x, _ := left.at(t)
		y, _ := right.at(t)
		for len(passed) > 0 && passed[0] < t {
			passed = passed[1:]
		}
		if len(passed) > 0 && passed[0] == t {
			continue
		}
		v := f(x, y)
		if overflows(v, y) {
			beyond = append(beyond, t)
		}
		out.add(t, v)
	}
	out.overflown = merged(before, beyond)
	return out
}

func (c *compiler) negative(n unary) (formula, error) {
	operand, err := c.compile(n.operand)
	if err != nil {
		return formula{}, err
	}
	return elementwise(operand, func(v float64) float64 { return -v }), nil
}

// elementwise applies a function to a number, or to each value of series.
func elementwise(argument formula, f func(float64) float64) formula {
	return formula{argument.kind, argument.most, func(e *evaluation) value {
		v := argument.value(e)
		if argument.kind == Scalar {
			return value{scalar: f(v.scalar)}
		}
		return e.each(v, func(s series) series { return mapped(s, f) })
	}}
}
