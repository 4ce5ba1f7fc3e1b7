package cloudwatch

import (
	"maps"
	"strconv"
	"strings"
	"time"

	"sluice/internal/metric"
	"sluice/internal/metric/expression"
)

// Bounds of labels. CloudWatch documents none; without any, an answer is as long as the longest label times its lines.
const (
	maxLabel        = 1024 // bytes
	maxPlaceholders = 20
)

// checkLabel complains about the label of a query that is out of bounds.
func checkLabel(label *string, at string, complain func(string, ...any)) {
	if label != nil && len(*label) > maxLabel {
		complain("The parameter %s.Label has more than %d bytes.", at, maxLabel)
	} else if label != nil && strings.Count(*label, "${") > maxPlaceholders {
		complain("The parameter %s.Label has more than %d dynamic values.", at, maxPlaceholders)
	}
}

// labels are the labels of a request's lines.
type labels struct {
	request  *dataRequest
	queries  map[string]*dataQuery
	defaults map[string]string // of metrics
}

func (q *dataRequest) labels() labels {
	l := labels{request: q, queries: map[string]*dataQuery{}}
	var metrics []*dataQuery
	for i := range q.queries {
		query := &q.queries[i]
		l.queries[query.id] = query
		if query.stat != nil && (!query.hidden || q.math) {
			metrics = append(metrics, query)
		}
	}
	l.defaults = defaultLabels(metrics)
	for _, found := range q.found {
		l.know(found)
	}
	return l
}

// know takes in what a search found: those metrics are told apart among themselves.
func (l labels) know(found []dataQuery) {
	var metrics []*dataQuery
	for i := range found {
		l.queries[found[i].id] = &found[i]
		metrics = append(metrics, &found[i])
	}
	maps.Copy(l.defaults, defaultLabels(metrics))
}

// defaultLabels are the labels of metrics that have none of their own: the metric's name, and behind it the statistic and
// the period if the metrics differ in them (recorded: TestCloudwatch.test_label_generation); the unit never. Where
// metrics of one name differ in a dimension, its value takes the name's place.
func defaultLabels(metrics []*dataQuery) map[string]string {
	names := differ(metrics, func(q *dataQuery) string { return q.stat.Name })
	statistics := differ(metrics, func(q *dataQuery) string { return string(q.stat.Statistic) })
	periods := differ(metrics, func(q *dataQuery) string { return q.stat.Period.String() })
	dimensions := differingDimensions(metrics)
	out := map[string]string{}
	for _, q := range metrics {
		var parts []string
		for _, d := range q.stat.Dimensions {
			if dimensions[d.Name] {
				parts = append(parts, d.Value)
			}
		}
		if names || len(parts) == 0 {
			parts = append(parts, q.stat.Name)
		}
		if statistics {
			parts = append(parts, string(q.stat.Statistic))
		}
		if periods {
			parts = append(parts, strconv.FormatInt(int64(q.stat.Period/time.Second), 10))
		}
		out[q.id] = strings.Join(parts, " ")
	}
	return out
}

func differ(metrics []*dataQuery, key func(*dataQuery) string) bool {
	for _, q := range metrics {
		if key(q) != key(metrics[0]) {
			return true
		}
	}
	return false
}

// differingDimensions are the names of the dimensions in which metrics differ: not all have them, or not with one value.
func differingDimensions(metrics []*dataQuery) map[string]bool {
	owners, values := map[string]int{}, map[string]string{}
	differing := map[string]bool{}
	for _, q := range metrics {
		for _, d := range q.stat.Dimensions {
			if owners[d.Name] == 0 {
				values[d.Name] = d.Value
			}
			owners[d.Name]++
			differing[d.Name] = differing[d.Name] || values[d.Name] != d.Value
		}
	}
	for name, count := range owners {
		differing[name] = differing[name] || count < len(metrics)
	}
	return differing
}

// dimension returns the value of a metric's dimension, or nothing.
func dimension(id metric.ID, name string) string {
	for _, d := range id.Dimensions {
		if d.Name == name {
			return d.Value
		}
	}
	return ""
}

// of labels a line, with maxLabel bytes at most.
func (l labels) of(id string, line expression.Line, many bool) string {
	label := l.whole(id, line, many)
	if len(label) > maxLabel {
		return strings.ToValidUTF8(label[:maxLabel], "")
	}
	return label
}

// whole is a label of any length. The lines of an array are told apart by what they were made of ("Using metric math": Expression-Label
// Metric-Label); a label with placeholders says itself where that comes.
func (l labels) whole(id string, line expression.Line, many bool) string {
	query := l.queries[id]
	own := id
	switch {
	case query.stat != nil:
		own = l.defaults[id]
	case many && line.Source != "":
		own = l.source(line.Source)
	}
	if query.label == nil {
		return own
	}
	given := *query.label
	if strings.Contains(given, "${") {
		return l.fillIn(given, own, id, line)
	}
	if many && line.Source != "" {
		return strings.TrimSpace(given + " " + own)
	}
	return given
}

// source is the label of the metric that a line of an array was made of.
func (l labels) source(name string) string {
	if q := l.queries[name]; q.label != nil && !strings.Contains(*q.label, "${") {
		return *q.label
	}
	return l.defaults[name]
}
