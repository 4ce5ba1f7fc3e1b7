package expression

import (
	"slices"
	"strings"
	"time"

	"sluice/internal/fault"
)

// maxSeries bounds the arrays that a set can make. AWS bounds the metrics and expressions of a request to 500, but
// arrays of arrays would multiply.
const maxSeries = 5000

// compiler turns the trees of a set into formulas.
type compiler struct {
	set      *Set
	items    map[string]Item
	trees    map[string]node
	shortest time.Duration // period of the set's metrics; 0 without any
	current  Item          // whose tree is being compiled
}

func refuse(format string, args ...any) error {
	return fault.Errorf(fault.Invalid, "expression", format, args...)
}

// admit takes an item in, before it is known which others there are.
func (c *compiler) admit(item Item) error {
	if len(item.ID) > maxID || !idPattern.MatchString(item.ID) {
		return refuse("The id %q does not begin with a lower-case letter, or has other characters than letters, digits and underscores", item.ID)
	}
	if _, taken := c.items[item.ID]; taken {
		return refuse("The id '%s' is there twice", item.ID)
	}
	c.items[item.ID] = item
	if item.Expression != "" {
		return c.admitExpression(item)
	}
	if item.Period <= 0 {
		return refuse("The metric '%s' has no period", item.ID)
	}
	if c.shortest == 0 || item.Period < c.shortest {
		c.shortest = item.Period
	}
	c.set.formulas[item.ID] = c.valueOf(item.ID, Series, 1)
	return nil
}

func (c *compiler) admitExpression(item Item) error {
	if words := strings.Fields(item.Expression); len(words) > 0 && strings.EqualFold(words[0], "SELECT") {
		return inItem(item.ID, refuse("Metrics Insights queries are not supported, only metric math"))
	}
	tree, err := parse(item.Expression)
	if err != nil {
		return inItem(item.ID, err)
	}
	c.trees[item.ID] = tree
	return nil
}

// sort orders the expressions so that each comes after those that it refers to.
func (c *compiler) sort() error {
	done := map[string]bool{}
	for _, item := range c.set.items {
		if err := c.visit(item.ID, done, nil); err != nil {
			return err
		}
	}
	return nil
}

// visit puts an expression into the order, and before it what it refers to. The path leads to it.
func (c *compiler) visit(id string, done map[string]bool, path []string) error {
	tree, isExpression := c.trees[id]
	if done[id] || !isExpression {
		return nil
	}
	if slices.Contains(path, id) {
		return inItem(id, refuse("the expression refers to itself: %s", strings.Join(append(path, id), " -> ")))
	}
	for _, ref := range references(tree, nil) {
		if _, known := c.items[ref.id]; !known {
			return inItem(id, refuse("Unknown id '%s' at character %d", ref.id, ref.at+1))
		}
		if err := c.visit(ref.id, done, append(path, id)); err != nil {
			return err
		}
	}
	done[id] = true
	c.set.order = append(c.set.order, id)
	return nil
}

// references collects what a tree refers to.
func references(tree node, found []reference) []reference {
	switch n := tree.(type) {
	case reference:
		return append(found, n)
	case unary:
		return references(n.operand, found)
	case binary:
		return references(n.right, references(n.left, found))
	case list:
		for _, item := range n.items {
			found = references(item, found)
		}
	case call:
		for _, argument := range n.arguments {
			found = references(argument, found)
		}
	}
	return found
}

// finish compiles the tree of an expression; those it refers to are finished.
func (c *compiler) finish(item Item) error {
	c.current = item
	f, err := c.compile(c.trees[item.ID])
	if err != nil {
		return err
	}
	if f.kind == Scalar && !item.Hidden {
		return refuse("The result is a number, but has to be a time series: TIME_SERIES makes one of it")
	}
	c.set.formulas[item.ID] = f
	return nil
}

// valueOf is the formula that takes an item's value.
func (c *compiler) valueOf(id string, kind Kind, most int) formula {
	return formula{kind, most, func(e *evaluation) value { return e.values[id] }}
}

// compile turns a node into a formula that counts its work. Its nodes have come through parse, so they are not too deep.
func (c *compiler) compile(n node) (formula, error) {
	f, err := c.uncounted(n)
	if err != nil {
		return formula{}, err
	}
	return formula{f.kind, f.most, func(e *evaluation) value {
		if e.err != nil {
			return value{}
		}
		v := f.value(e)
		if !e.afford(1 + len(v.series)) {
			return value{}
		}
		return v
	}}, nil
}

func (c *compiler) uncounted(n node) (formula, error) {
	switch n := n.(type) {
	case literal:
		return formula{Scalar, 0, func(*evaluation) value { return value{scalar: n.value} }}, nil
	case reference:
		f := c.set.formulas[n.id]
		return c.valueOf(n.id, f.kind, f.most), nil
	case list:
		return c.list(n)
	case unary:
		return c.negative(n)
	case binary:
		return c.operation(n)
	case call:
		return c.call(n)
	case text:
		return formula{}, invalidAt(n.at, "a text has no value here")
	case word:
		return formula{}, invalidAt(n.at, "unexpected '%s': ids begin with a lower-case letter, and functions have brackets", n.value)
	}
	return formula{}, refuse("Invalid syntax")
}

// list compiles an array that is written out. Arrays in it lose their brackets.
func (c *compiler) list(n list) (formula, error) {
	var parts []formula
	most := 0
	for _, item := range n.items {
		part, err := c.compile(item)
		if err != nil {
			return formula{}, err
		}
		if part.kind == Scalar {
			return formula{}, invalidAt(item.position(), "an array holds time series, no numbers: TIME_SERIES makes one of a number")
		}
		parts = append(parts, part)
		most += part.most
	}
	if most > maxSeries {
		return formula{}, refuse("The array at character %d can have more than %d time series", n.at+1, maxSeries)
	}
	return formula{Array, most, func(e *evaluation) value {
		var all value
		for _, part := range parts {
			all.series = append(all.series, part.value(e).series...)
		}
		return all
	}}, nil
}

// period is that of points which an expression makes where there are none.
func (c *compiler) period() time.Duration {
	switch {
	case c.current.Period > 0:
		return c.current.Period
	case c.shortest > 0:
		return c.shortest
	}
	return defaultPeriod
}
