package logs

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/logs/pattern"
	"sluice/internal/metric"
)

// maxFilters is how many metric filters a group can have (AWS: API reference of PutMetricFilter).
const maxFilters = 100

// MetricFilter turns a group's matching events into data of a metric.
type MetricFilter struct {
	Name     string // up to 512 characters without : and *
	Pattern  string // see package pattern
	Created  time.Time
	Metric   Transformation
	Selected string   // AWS's fieldSelectionCriteria: kept and shown
	Emitted  []string // AWS's emitSystemFieldDimensions: kept and shown
	// Transformed is AWS's applyOnTransformedLogs: kept and shown; events are never transformed here.
	Transformed bool
}

// Transformation says what a matching event gives to a metric.
type Transformation struct {
	Namespace, Name string // up to 255 characters without : * $ each; a namespace may have : (recording
	// test_put_metric_filter_with_special_namespace)
	// Value is a number, or what to take from the event: $.field of a JSON pattern, $column of a space-delimited one. An
	// event in which that is no number, or one that no metric takes, gives nothing.
	Value string
	// Default is published for a minute (of the cloud) in which events came but none matched. Nil publishes nothing.
	Default *float64
	// Dimensions are up to three names of dimensions with where their values come from: $.field or $column. An event
	// that lacks one, or has one that no metric takes, gives nothing, and neither does one with yet another combination
	// of values when there were maxCombinations in this hour of the cloud. Not together with Default.
	Dimensions map[string]string
	Unit       string // such as Count; empty means None
}

// GroupFilter is a metric filter with its group.
type GroupFilter struct {
	Group GroupID
	*MetricFilter
}

// MetricFilterQuery asks for metric filters, ordered by group and name. Each empty field matches any.
type MetricFilterQuery struct {
	Scope             function.Scope
	Group             string // fault.NotFound "group" if it does not exist
	Prefix            string // of the filter's name
	Namespace, Metric string
	Token             string // from an answer to the same query
	Limit             int    // 0 means 50
}

// maxDimensions is how many dimensions a metric filter gives its metric (AWS: API reference of MetricTransformation).
const maxDimensions = 3

// PutMetricFilter creates or replaces a metric filter; Created is not looked at. Events that come after it returns are
// matched; those that came before are not, and those that still wait for the filter that it replaces neither. Of a group
// with more events than its filters can keep up with, some are not matched: Config.Logger hears how many.
func (s *Service) PutMetricFilter(ctx context.Context, id GroupID, f *MetricFilter) error {
	if err := checkFilter(f); err != nil {
		return err
	}
	return s.change(ctx, id, func(g *Group) error {
		if g.Class != Standard {
			return errFilter("Only log groups of the class %s have metric filters", Standard)
		}
		kept := *f
		kept.Created = now()
		i, found := g.filter(f.Name)
		switch {
		case found:
			g.Filters[i] = &kept
		case len(g.Filters) >= maxFilters:
			return fault.Errorf(fault.Limit, "filter", "A log group has at most %d metric filters", maxFilters)
		default:
			g.Filters = slices.Insert(g.Filters, i, &kept)
		}
		return nil
	})
}

func checkFilter(f *MetricFilter) error {
	if f.Name == "" || len([]rune(f.Name)) > maxName || strings.ContainsAny(f.Name, ":*") {
		return errFilter("The name of a metric filter has 1 to %d characters without : and *", maxName)
	}
	if _, err := pattern.Compile(f.Pattern); err != nil {
		return err
	}
	return f.Metric.check()
}

func (m *Transformation) check() error {
	switch {
	case strings.ContainsAny(m.Name, ":*$"):
		return errFilter("The metric name %q can't have : * or $", m.Name)
	case strings.ContainsAny(m.Namespace, "*$"):
		return errFilter("The metric namespace %q can't have * or $", m.Namespace)
	case m.Default != nil && len(m.Dimensions) > 0:
		return errFilter("Invalid metric transformation: dimensions and default value are mutually exclusive properties.")
	case m.Default != nil && !metric.Measurable(*m.Default):
		return errFilter("The default value is not a number from -2^360 to 2^360")
	case len(m.Dimensions) > maxDimensions:
		return errFilter("A metric filter has at most %d dimensions, not %d", maxDimensions, len(m.Dimensions))
	}
	if _, isNumber := number(m.Value); !isNumber && !isSelector(m.Value) {
		return errFilter("The metric value %q is neither a number nor a field of the pattern, such as $.latency or $size", m.Value)
	}
	for name, selector := range m.Dimensions {
		if strings.Contains(name, ":") || !isSelector(selector) {
			return errFilter("The dimension %q needs a name without : and a field of the pattern, such as $.path; it has %q", name, selector)
		}
	}
	return m.checkID()
}

// checkID checks that there can be such a metric: a filter whose data nobody takes helps nobody.
func (m *Transformation) checkID() error {
	id := metric.ID{Namespace: m.Namespace, Name: m.Name}
	for name := range m.Dimensions {
		id.Dimensions = append(id.Dimensions, metric.Dimension{Name: name, Value: "of the event"})
	}
	if err := id.Check(); err != nil {
		return errFilter("Invalid metric transformation: %w", err)
	}
	return nil
}

func isSelector(text string) bool { return len(text) > 1 && text[0] == '$' }

// number reads a metric's value.
func number(text string) (float64, bool) {
	value, err := strconv.ParseFloat(text, 64)
	return value, err == nil && metric.Measurable(value)
}

func errFilter(format string, args ...any) error {
	return fault.Errorf(fault.Invalid, "filter", format, args...)
}

// DeleteMetricFilter deletes a metric filter. Events that wait for it are not matched any more.
func (s *Service) DeleteMetricFilter(ctx context.Context, id GroupID, name string) error {
	return s.change(ctx, id, func(g *Group) error {
		i, found := g.filter(name)
		if !found {
			return fault.Errorf(fault.NotFound, "filter", "The specified metric filter does not exist.")
		}
		g.Filters = slices.Delete(g.Filters, i, i+1)
		return nil
	})
}

// MetricFilters lists metric filters. next asks for more; it is empty at the end.
func (s *Service) MetricFilters(ctx context.Context, q MetricFilterQuery) (found []GroupFilter, next string, err error) {
	groups := s.records(q.Scope)
	if q.Group != "" {
		g, err := s.Group(ctx, GroupID{q.Scope, q.Group})
		if err != nil {
			return nil, "", err
		}
		groups = []*Group{g}
	}
	after, err := q.position()
	if err != nil {
		return nil, "", err
	}
	for _, g := range groups {
		for _, f := range g.Filters {
			if one := (GroupFilter{g.ID, f}); q.matches(one) && (after == nil || compareFilters(one, *after) > 0) {
				found = append(found, one)
			}
		}
	}
	slices.SortFunc(found, compareFilters)
	limit := cmp.Or(q.Limit, defaultLimit)
	if len(found) <= limit {
		return found, "", nil
	}
	last := found[limit-1]
	return found[:limit], Seal("filters", last.Group.Name, last.Name), nil
}

// position is the filter that the token's page ended with, nil without a token.
func (q *MetricFilterQuery) position() (*GroupFilter, error) {
	if q.Token == "" {
		return nil, nil
	}
	parts, err := Unseal("filters", q.Token, 2)
	if err != nil {
		return nil, err
	}
	return &GroupFilter{GroupID{q.Scope, parts[0]}, &MetricFilter{Name: parts[1]}}, nil
}

func (q *MetricFilterQuery) matches(f GroupFilter) bool {
	return strings.HasPrefix(f.Name, q.Prefix) && (q.Namespace == "" || q.Namespace == f.Metric.Namespace) &&
		(q.Metric == "" || q.Metric == f.Metric.Name)
}

func compareFilters(a, b GroupFilter) int {
	return cmp.Or(strings.Compare(a.Group.Name, b.Group.Name), strings.Compare(a.Name, b.Name))
}
