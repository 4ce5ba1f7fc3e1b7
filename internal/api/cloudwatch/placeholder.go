package cloudwatch

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"sluice/internal/metric"
	"sluice/internal/metric/expression"
)

// placeholder is a value that a label asks for, such as ${MAX} or ${PROP('Dim.FunctionName')}.
var placeholder = regexp.MustCompile(`\$\{([A-Z_]+)(?:\('([^']*)'\))?\}`)

// fillIn puts values into a label with placeholders ("Using dynamic labels"). What is none stays as it is.
func (l labels) fillIn(label, own, id string, line expression.Line) string {
	s := summarize(line.Points)
	return placeholder.ReplaceAllStringFunc(label, func(found string) string {
		parts := placeholder.FindStringSubmatch(found)
		if parts[1] == "LABEL" {
			return own
		}
		if parts[1] == "PROP" {
			return l.property(parts[2], id, line)
		}
		text, known := s.text(parts[1], l.request.zone, l.request.now)
		if !known {
			return found
		}
		return text
	})
}

// property returns what is known of the metric that a line shows or was made of.
func (l labels) property(name, id string, line expression.Line) string {
	query := l.queries[id]
	if query.stat == nil {
		query = l.queries[line.Source]
	}
	switch name {
	case "AccountId":
		return l.request.scope.Account
	case "Region":
		return l.request.scope.Region
	}
	if query == nil || query.stat == nil {
		return ""
	}
	switch name {
	case "MetricName":
		return query.stat.Name
	case "Namespace":
		return query.stat.Namespace
	case "Period":
		return strconv.FormatInt(int64(query.stat.Period/time.Second), 10)
	case "Stat":
		return string(query.stat.Statistic)
	}
	if of, ok := strings.CutPrefix(name, "Dim."); ok {
		return dimension(query.stat.ID, of)
	}
	return ""
}

// summary is what labels may say of a line's points.
type summary struct {
	count                    int
	sum                      float64
	first, last, least, most metric.Point
}

func summarize(points []metric.Point) summary {
	s := summary{count: len(points)}
	for i, p := range points {
		if i == 0 {
			s.first, s.least, s.most = p, p, p
		}
		s.sum += p.Value
		s.last = p
		if p.Value < s.least.Value {
			s.least = p
		}
		if p.Value > s.most.Value {
			s.most = p
		}
	}
	return s
}

// text returns the value of a placeholder, and whether there is such a one. Nothing is known of a line without points
// but their number.
func (s summary) text(name string, zone *time.Location, now time.Time) (string, bool) {
	moment := func(p metric.Point) string { return p.Time.In(zone).Format("2006-01-02 15:04:05") }
	between := func(a, b time.Time) string { return b.Sub(a).Abs().Round(time.Second).String() }
	texts := map[string]func() string{
		"AVG":                   func() string { return shortNumber(s.sum / float64(s.count)) },
		"SUM":                   func() string { return shortNumber(s.sum) },
		"MIN":                   func() string { return shortNumber(s.least.Value) },
		"MAX":                   func() string { return shortNumber(s.most.Value) },
		"FIRST":                 func() string { return shortNumber(s.first.Value) },
		"LAST":                  func() string { return shortNumber(s.last.Value) },
		"MIN_MAX_RANGE":         func() string { return shortNumber(s.most.Value - s.least.Value) },
		"FIRST_LAST_RANGE":      func() string { return shortNumber(s.last.Value - s.first.Value) },
		"MIN_TIME":              func() string { return moment(s.least) },
		"MAX_TIME":              func() string { return moment(s.most) },
		"FIRST_TIME":            func() string { return moment(s.first) },
		"LAST_TIME":             func() string { return moment(s.last) },
		"MIN_TIME_RELATIVE":     func() string { return between(s.least.Time, now) },
		"MAX_TIME_RELATIVE":     func() string { return between(s.most.Time, now) },
		"FIRST_TIME_RELATIVE":   func() string { return between(s.first.Time, now) },
		"LAST_TIME_RELATIVE":    func() string { return between(s.last.Time, now) },
		"MIN_MAX_TIME_RANGE":    func() string { return between(s.least.Time, s.most.Time) },
		"FIRST_LAST_TIME_RANGE": func() string { return between(s.first.Time, s.last.Time) },
	}
	if name == "DATAPOINT_COUNT" {
		return strconv.Itoa(s.count), true
	}
	text, known := texts[name]
	if !known {
		return "", false
	}
	if s.count == 0 {
		return "--", true
	}
	return text(), true
}

// shortNumber writes a value with three decimals at most.
func shortNumber(v float64) string {
	text := strconv.FormatFloat(v, 'f', 3, 64)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}
