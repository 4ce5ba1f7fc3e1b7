package expression

import (
	"context"
	"regexp"
	"slices"
	"time"

	"sluice/internal/fault"
)

// Set is queries that fit together. It is immutable: any number of goroutines may evaluate it at once.
type Set struct {
	items    []Item
	order    []string // of expressions, each after those that it refers to
	formulas map[string]formula
	searches []Search
}

// formula is an expression that was checked, ready to be evaluated.
type formula struct {
	kind  Kind
	most  int // how many series it can come to at most
	value func(*evaluation) value
}

// defaultPeriod is that of sets that name none: what the console of CloudWatch begins with.
const defaultPeriod = 5 * time.Minute

// Compile checks a set: IDs are well-formed and unique, each expression parses, what it refers to exists and fits, no
// expression needs its own result, and no visible one is a scalar. Functions that exist on AWS alone are refused by
// name. The error is a fault of kind Invalid about an "expression" that names the item.
func Compile(items []Item) (*Set, error) {
	c := &compiler{
		set:   &Set{items: slices.Clone(items), formulas: map[string]formula{}},
		items: map[string]Item{},
		trees: map[string]node{},
	}
	for _, item := range items {
		if err := c.admit(item); err != nil {
			return nil, err
		}
	}
	if err := c.sort(); err != nil {
		return nil, err
	}
	for _, id := range c.set.order {
		if err := c.finish(c.items[id]); err != nil {
			return nil, inItem(id, err)
		}
	}
	return c.set, nil
}

// inItem says which expression an error is about.
func inItem(id string, err error) error {
	return fault.Errorf(fault.Of(err).Kind, "expression", "Error in expression '%s': %w", id, err)
}

// Kind tells what kind of value the item of an ID has, and whether there is one.
func (s *Set) Kind(id string) (Kind, bool) {
	f, ok := s.formulas[id]
	return f.kind, ok
}

// Searches are what the set's SEARCH functions ask for, each once. Whoever evaluates the set hands in what they find;
// an alarm refuses a set that has any.
func (s *Set) Searches() []Search { return slices.Clone(s.searches) }

// Evaluate computes the results of the visible items in their order. It fails only where the set takes more work than
// data allow, with a fault of kind Limit about an "expression", and with the context's error when that ends.
func (s *Set) Evaluate(ctx context.Context, data Data) ([]Result, error) {
	e := newEvaluation(ctx, data)
	for _, item := range s.items {
		if item.Expression == "" {
			if !e.afford(1 + len(data.Points[item.ID])) {
				return nil, e.err
			}
			e.values[item.ID] = value{series: []series{seriesOf(item.ID, item.Period, data.Points[item.ID])}}
		}
	}
	for _, id := range s.order {
		e.values[id] = s.formulas[id].value(e)
		if e.err != nil {
			return nil, e.err
		}
	}
	results := s.results(e)
	return results, e.err
}

func (s *Set) results(e *evaluation) []Result {
	var results []Result
	for _, item := range s.items {
		if item.Hidden {
			continue
		}
		r := Result{ID: item.ID}
		if item.Expression == "" {
			r.Lines = []Line{{Source: item.ID, Points: e.data.Points[item.ID]}}
		} else {
			for _, series := range e.values[item.ID].series {
				if !e.afford(lineCost * (1 + len(series.points))) {
					return nil
				}
				r.Lines = append(r.Lines, series.line())
			}
		}
		results = append(results, r)
	}
	return results
}

// maxID is checked apart from the pattern: a regular expression that counts is long, and compiled at each start.
const maxID = 255

var idPattern = regexp.MustCompile(`^[a-z][a-zA-Z0-9_]*$`)
