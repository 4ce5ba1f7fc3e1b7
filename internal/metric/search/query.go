package search

import (
	"slices"

	"sluice/internal/metric"
)

// Query is a search text that was understood. It is immutable.
type Query struct {
	schema *schema
	term   term // nil: all
}

// schema is what stands in braces: a namespace, and all dimensions that a metric must have.
type schema struct {
	namespace  string
	dimensions []string // sorted; empty means any
}

// Namespace is the only one whose metrics can match, or empty if all can.
func (q *Query) Namespace() string {
	if q.schema == nil {
		return ""
	}
	return q.schema.namespace
}

// Terms is how many texts are compared to match a metric, at least 1: what a match costs.
func (q *Query) Terms() int { return max(1, count(q.term)) }

func count(t term) int {
	n := 0
	switch t := t.(type) {
	case all:
		for _, part := range t {
			n += count(part)
		}
	case either:
		for _, part := range t {
			n += count(part)
		}
	case not:
		n = count(t.term)
	case value:
		n = 1
	}
	return n
}

// Match reports whether a metric is one that is searched for.
func (q *Query) Match(id metric.ID) bool {
	return (q.schema == nil || q.schema.match(id)) && (q.term == nil || q.term.match(id))
}

func (s *schema) match(id metric.ID) bool {
	if id.Namespace != s.namespace {
		return false
	}
	if len(s.dimensions) == 0 {
		return true
	}
	var names []string
	for _, d := range id.Dimensions {
		names = append(names, d.Name)
	}
	slices.Sort(names)
	return slices.Equal(names, s.dimensions)
}

// term is a condition.
type term interface{ match(id metric.ID) bool }

type (
	all    []term // each must match
	either []term // one must match
	not    struct{ term }
)

func (a all) match(id metric.ID) bool {
	return !slices.ContainsFunc(a, func(t term) bool { return !t.match(id) })
}

func (e either) match(id metric.ID) bool {
	return slices.ContainsFunc(e, func(t term) bool { return t.match(id) })
}

func (n not) match(id metric.ID) bool { return !n.term.match(id) }

// value is a text that has to be found: in a property, or anywhere if that is empty.
type value struct {
	property string
	exact    bool
	text     string
	tokens   []string // of text
}

func newValue(property, text string, exact bool) value {
	return value{property, exact, text, tokens(text)}
}

func (v value) match(id metric.ID) bool {
	switch v.property {
	case "MetricName":
		return v.in(id.Name)
	case "Namespace":
		return v.in(id.Namespace)
	case "":
		return v.in(id.Name) || v.in(id.Namespace) || slices.ContainsFunc(id.Dimensions, func(d metric.Dimension) bool {
			return v.in(d.Name) || v.in(d.Value)
		})
	}
	return slices.ContainsFunc(id.Dimensions, func(d metric.Dimension) bool { return d.Name == v.property && v.in(d.Value) })
}

// in reports whether a name has the value: wholly if it is exact, else as tokens that follow each other.
func (v value) in(name string) bool {
	if v.exact {
		return name == v.text
	}
	return contains(tokens(name), v.tokens)
}
