package logs

import (
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"sluice/internal/function"
	"sluice/internal/logs/pattern"
	"sluice/internal/metric"
)

// extractor takes a metric's data out of events by one filter. One goroutine uses it; any may set gone.
type extractor struct {
	gone       atomic.Bool // the filter was changed or deleted: it sees nothing any more
	filter     *MetricFilter
	scope      function.Scope
	pattern    *pattern.Pattern
	constant   float64
	isConstant bool
	dimensions []metric.Dimension // their values are selectors
	minute     int64              // of the cloud, in nanoseconds

	combinations combinations

	found  []*samples // since the last collect
	latest map[samplesKey]*samples

	// The minute of the default value: the last in which events came. It counts from when they came, not from their times.
	period  int64
	open    bool // nothing matched yet, and the minute is not over
	matched bool
	first   time.Time
}

// samples are the values of one minute with the same dimensions.
type samples struct {
	at             time.Time
	dimensions     []metric.Dimension
	values, counts []float64
}

// samplesKey is what samples have in common; dimensions are their values one after the other.
type samplesKey struct {
	minute     int64
	dimensions string
}

func newExtractor(scope function.Scope, f *MetricFilter, minute time.Duration) (*extractor, error) {
	compiled, err := pattern.Compile(f.Pattern)
	if err != nil {
		return nil, err
	}
	x := &extractor{filter: f, scope: scope, pattern: compiled, minute: max(int64(minute), 1), latest: map[samplesKey]*samples{}}
	x.constant, x.isConstant = number(f.Metric.Value)
	for name, selector := range f.Metric.Dimensions {
		x.dimensions = append(x.dimensions, metric.Dimension{Name: name, Value: selector})
	}
	slices.SortFunc(x.dimensions, func(a, b metric.Dimension) int { return strings.Compare(a.Name, b.Name) })
	return x, nil
}

// see looks at one event. begin comes before, with when it was taken from the queue.
func (x *extractor) see(at time.Time, message []byte) {
	match, ok := x.pattern.Match(message)
	if !ok {
		return
	}
	value := x.constant
	if !x.isConstant {
		text, ok := match.Value(x.filter.Metric.Value)
		if !ok {
			return
		}
		if value, ok = number(text); !ok {
			return
		}
	}
	var dimensions []metric.Dimension
	for _, d := range x.dimensions {
		text, ok := match.Value(d.Value)
		if !ok || text == "" {
			return
		}
		dimensions = append(dimensions, metric.Dimension{Name: d.Name, Value: text})
	}
	key := samplesKey{minute: at.UnixNano() / x.minute}
	for _, d := range dimensions {
		key.dimensions += d.Value + separator
	}
	if len(dimensions) > 0 {
		id := x.datum(at).ID
		if id.Dimensions = dimensions; !x.combinations.admit(key.dimensions, id) {
			return
		}
	}
	x.samples(key, at, dimensions, value).add(value)
}

// begin tells the time of the events that it sees next.
func (x *extractor) begin(now time.Time) { x.combinations.begin(now, 60*x.minute) }

// samples returns where a value belongs.
func (x *extractor) samples(key samplesKey, at time.Time, dimensions []metric.Dimension, value float64) *samples {
	s := x.latest[key]
	if s == nil || len(s.values) >= metric.MaxValues && !slices.Contains(s.values, value) {
		s = &samples{at: at, dimensions: dimensions}
		x.latest[key] = s
		x.found = append(x.found, s)
	}
	return s
}

func (s *samples) add(value float64) {
	if i := slices.Index(s.values, value); i >= 0 {
		s.counts[i]++
		return
	}
	s.values, s.counts = append(s.values, value), append(s.counts, 1)
}

// collect returns what was found in events that came at about a time, with the default value of the minute before if
// that is over now.
func (x *extractor) collect(now time.Time) (data []metric.Datum) {
	data = x.settle(now)
	for _, s := range x.found {
		d := x.datum(s.at)
		d.Dimensions, d.Values, d.Counts = s.dimensions, s.values, s.counts
		data = append(data, d)
	}
	if period := now.UnixNano() / x.minute; period != x.period {
		x.period, x.first, x.matched = period, now, false
	}
	x.matched = x.matched || len(x.found) > 0
	x.open = x.filter.Metric.Default != nil && !x.matched
	x.found = nil
	clear(x.latest)
	return data
}

// settle returns the default value if the minute is over and nothing matched in it.
func (x *extractor) settle(now time.Time) []metric.Datum {
	end, open := x.periodEnd()
	if !open || now.Before(end) {
		return nil
	}
	x.open = false
	d := x.datum(x.first)
	d.Values = []float64{*x.filter.Metric.Default}
	return []metric.Datum{d}
}

// periodEnd is when the default value is due, if it is going to be.
func (x *extractor) periodEnd() (end time.Time, open bool) {
	return time.Unix(0, (x.period+1)*x.minute), x.open
}

func (x *extractor) datum(at time.Time) metric.Datum {
	id := metric.ID{Scope: x.scope, Namespace: x.filter.Metric.Namespace, Name: x.filter.Metric.Name}
	return metric.Datum{ID: id, Time: at, Unit: x.filter.Metric.Unit, Fine: true}
}
