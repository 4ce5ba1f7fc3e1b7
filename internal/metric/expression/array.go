package expression

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// metrics returns the set's metrics, or those whose ID contains a text; expressions are left out.
func metrics(c *compiler, n call) (formula, error) {
	part := ""
	if len(n.arguments) > 0 {
		t, ok := n.arguments[0].(text)
		if !ok || len(n.arguments) > 1 {
			return formula{}, refuse("Function 'METRICS' takes no argument, or a text that ids contain")
		}
		part = t.value
	}
	var ids []string
	for _, item := range c.set.items {
		if item.Expression == "" && strings.Contains(item.ID, part) {
			ids = append(ids, item.ID)
		}
	}
	return formula{Array, len(ids), func(e *evaluation) value {
		var all value
		for _, id := range ids {
			all.series = append(all.series, e.values[id].series...)
		}
		return all
	}}, nil
}

func metricCount(c *compiler, n call) (formula, error) {
	arguments, err := c.arguments(n, anArray)
	if err != nil {
		return formula{}, err
	}
	return formula{Scalar, 0, func(e *evaluation) value {
		return value{scalar: float64(len(arguments[0].value(e).series))}
	}}, nil
}

// selection builds functions that leave series of an array out.
func selection(kind Kind, f func([]series) []series) func(*compiler, call) (formula, error) {
	return func(c *compiler, n call) (formula, error) {
		arguments, err := c.arguments(n, anArray)
		if err != nil {
			return formula{}, err
		}
		from := arguments[0]
		return formula{kind, from.most, func(e *evaluation) value {
			return value{series: f(from.value(e).series)}
		}}, nil
	}
}

var first = selection(Series, func(all []series) []series { return orEmpty(all)[:1] })

var last = selection(Series, func(all []series) []series {
	all = orEmpty(all)
	return all[len(all)-1:]
})

// orEmpty stands a series without points in for an array without series.
func orEmpty(all []series) []series {
	if len(all) == 0 {
		return []series{{}}
	}
	return all
}

var removeEmpty = selection(Array, func(all []series) []series {
	return slices.DeleteFunc(slices.Clone(all), func(s series) bool { return len(s.points) == 0 })
})

// sortKeys are the functions that SORT sorts by.
var sortKeys = map[string]statistic{"AVG": average, "MIN": least, "MAX": greatest, "SUM": sum}

// sorted is SORT(array, function, ASC or DESC[, limit]). Series without points come last.
func sorted(c *compiler, n call) (formula, error) {
	if len(n.arguments) != 3 && len(n.arguments) != 4 {
		return formula{}, refuse("Function 'SORT' takes 3 or 4 arguments, found %d", len(n.arguments))
	}
	from, err := c.argument(n, n.arguments[0], anArray)
	if err != nil {
		return formula{}, err
	}
	by, _ := n.arguments[1].(word)
	key, ok := sortKeys[by.value]
	if !ok {
		return formula{}, refuse("Function 'SORT' sorts by AVG, MIN, MAX or SUM")
	}
	order, _ := n.arguments[2].(word)
	if order.value != "ASC" && order.value != "DESC" {
		return formula{}, refuse("Function 'SORT' sorts in the order ASC or DESC")
	}
	limit, err := c.bound(n, 3)
	if err != nil {
		return formula{}, err
	}
	return formula{Array, from.most, func(e *evaluation) value {
		all := from.value(e).series
		if !e.afford(size(all)) {
			return value{}
		}
		all = sort(all, key, order.value == "DESC")
		return value{series: all[:min(len(all), limit(e))]}
	}}, nil
}

// sort returns the series in the order of their keys, equal ones as they were.
func sort(all []series, key statistic, descending bool) []series {
	type keyed struct {
		series
		key float64
	}
	list := make([]keyed, len(all))
	for i, s := range all {
		list[i] = keyed{s, math.Inf(1)}
		if len(s.points) > 0 {
			list[i].key = key.of(s)
			if descending {
				list[i].key = -list[i].key
			}
		}
	}
	slices.SortStableFunc(list, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
	out := make([]series, len(list))
	for i, k := range list {
		out[i] = k.series
	}
	return out
}

// slice is SLICE(array, start[, end]): the series from start, counted from 0, up to and without end.
func slice(c *compiler, n call) (formula, error) {
	if len(n.arguments) != 2 && len(n.arguments) != 3 {
		return formula{}, refuse("Function 'SLICE' takes 2 or 3 arguments, found %d", len(n.arguments))
	}
	from, err := c.argument(n, n.arguments[0], anArray)
	if err != nil {
		return formula{}, err
	}
	start, err := c.bound(n, 1)
	if err != nil {
		return formula{}, err
	}
	end, err := c.bound(n, 2)
	if err != nil {
		return formula{}, err
	}
	return formula{Array, from.most, func(e *evaluation) value {
		all := from.value(e).series
		to := min(len(all), end(e))
		return value{series: all[min(to, start(e)):to]}
	}}, nil
}

// bound compiles the argument at an index, a number of series. What it leaves out means all.
func (c *compiler) bound(n call, index int) (func(*evaluation) int, error) {
	if index >= len(n.arguments) {
		return func(*evaluation) int { return math.MaxInt32 }, nil
	}
	f, err := c.argument(n, n.arguments[index], aScalar)
	if err != nil {
		return nil, err
	}
	return func(e *evaluation) int {
		v := f.value(e).scalar
		switch {
		case math.IsNaN(v) || v < 0:
			return 0
		case v > math.MaxInt32:
			return math.MaxInt32
		}
		return int(v)
	}, nil
}
