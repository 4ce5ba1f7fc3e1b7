package logs_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/logs"
)

func filter(name, pattern string, change ...func(*logs.MetricFilter)) *logs.MetricFilter {
	f := &logs.MetricFilter{Name: name, Pattern: pattern, Metric: logs.Transformation{Namespace: "app", Name: "Errors", Value: "1"}}
	for _, c := range change {
		c(f)
	}
	return f
}

func TestPutMetricFilter(t *testing.T) {
	t.Run("is kept, and replaced", func(t *testing.T) {
		folder := t.TempDir()
		r := open(t, folder, logs.Config{})
		must(t, r.CreateGroup(t.Context(), &logs.Group{ID: group}))
		must(t, r.PutMetricFilter(t.Context(), group, filter("f", "ERROR")))
		must(t, r.PutMetricFilter(t.Context(), group, filter("f", "WARN")))
		r.close()
		wantFilters(t, open(t, folder, logs.Config{}), logs.MetricFilterQuery{}, "g/f WARN")
	})
	t.Run("of a function's group", func(t *testing.T) {
		r := start(t)
		print(t, r, stream, "hello")
		must(t, r.PutMetricFilter(t.Context(), group, filter("f", "ERROR")))
		wantFilters(t, r, logs.MetricFilterQuery{}, "g/f ERROR")
	})
	t.Run("needs its group", func(t *testing.T) {
		r := start(t)
		wantFault(t, r.PutMetricFilter(t.Context(), group, filter("f", "")), fault.NotFound, "group")
	})
	t.Run("at most a hundred of a group", func(t *testing.T) {
		r := startWithStream(t)
		for i := range 100 {
			must(t, r.PutMetricFilter(t.Context(), group, filter(fmt.Sprint(i), "")))
		}
		wantFault(t, r.PutMetricFilter(t.Context(), group, filter("more", "")), fault.Limit, "filter")
		must(t, r.PutMetricFilter(t.Context(), group, filter("5", "changed")))
	})
	t.Run("not of another class", func(t *testing.T) {
		r := start(t)
		must(t, r.CreateGroup(t.Context(), &logs.Group{ID: group, Class: logs.InfrequentAccess}))
		wantFault(t, r.PutMetricFilter(t.Context(), group, filter("f", "")), fault.Invalid, "filter")
	})
	t.Run("takes any namespace that AWS takes", func(t *testing.T) {
		r := startWithStream(t)
		must(t, r.PutMetricFilter(t.Context(), group, filter("f", "", func(f *logs.MetricFilter) {
			f.Metric.Namespace = "A.B-c_d/1#2:metricNamespace"
		})))
	})
}

func TestPutMetricFilterRefuses(t *testing.T) {
	r := startWithStream(t)
	metric := func(change func(m *logs.Transformation)) *logs.MetricFilter {
		return filter("f", "", func(f *logs.MetricFilter) { change(&f.Metric) })
	}
	zero, odd, vast := 0.0, math.Inf(1), 1e300
	path := map[string]string{"path": "$.path"}
	for name, test := range map[string]struct {
		filter *logs.MetricFilter
		noun   string
	}{
		"a colon in its name":      {filter("a:b", ""), "filter"},
		"a long name":              {filter(strings.Repeat("x", 513), ""), "filter"},
		"no name":                  {filter("", ""), "filter"},
		"a pattern that is none":   {filter("f", "{ $.a"), "pattern"},
		"no metric's name":         {metric(func(m *logs.Transformation) { m.Name = "" }), "filter"},
		"a colon in the metric":    {metric(func(m *logs.Transformation) { m.Name = "a:b" }), "filter"},
		"no namespace":             {metric(func(m *logs.Transformation) { m.Namespace = "" }), "filter"},
		"a namespace beyond ASCII": {metric(func(m *logs.Transformation) { m.Namespace = "ü" }), "filter"},
		"a colon before it":        {metric(func(m *logs.Transformation) { m.Namespace = ":a" }), "filter"},
		"a blank metric":           {metric(func(m *logs.Transformation) { m.Name = " " }), "filter"},
		"a long metric":            {metric(func(m *logs.Transformation) { m.Name = strings.Repeat("m", 256) }), "filter"},
		"a dimension beyond ASCII": {metric(func(m *logs.Transformation) { m.Dimensions = map[string]string{"ü": "$.a"} }), "filter"},
		"a default beyond all":     {metric(func(m *logs.Transformation) { m.Default = &vast }), "filter"},
		"a value beyond all":       {metric(func(m *logs.Transformation) { m.Value = "1e300" }), "filter"},
		"a dollar in it":           {metric(func(m *logs.Transformation) { m.Namespace = "$x" }), "filter"},
		"a word for a value":       {metric(func(m *logs.Transformation) { m.Value = "many" }), "filter"},
		"no number for a value":    {metric(func(m *logs.Transformation) { m.Value = "NaN" }), "filter"},
		"no value":                 {metric(func(m *logs.Transformation) { m.Value = "" }), "filter"},
		"an infinite default":      {metric(func(m *logs.Transformation) { m.Default = &odd }), "filter"},
		"a default and dimensions": {metric(func(m *logs.Transformation) { m.Default, m.Dimensions = &zero, path }), "filter"},
		"a dimension of a text":    {metric(func(m *logs.Transformation) { m.Dimensions = map[string]string{"a": "b"} }), "filter"},
		"four dimensions": {metric(func(m *logs.Transformation) {
			m.Dimensions = map[string]string{"a": "$.a", "b": "$.b", "c": "$.c", "d": "$.d"}
		}), "filter"},
	} {
		t.Run(name, func(t *testing.T) {
			wantFault(t, r.PutMetricFilter(t.Context(), group, test.filter), fault.Invalid, test.noun)
		})
	}
}

func TestMetricFilters(t *testing.T) {
	r := start(t)
	for _, g := range []string{"g2", "g1", "g3"} {
		must(t, r.CreateGroup(t.Context(), &logs.Group{ID: groupID(g)}))
		if g == "g3" {
			continue
		}
		for _, name := range []string{"slow", "errors"} {
			must(t, r.PutMetricFilter(t.Context(), groupID(g), filter(name, "p", func(f *logs.MetricFilter) { f.Metric.Name = name + g })))
		}
	}
	for name, test := range map[string]struct {
		query logs.MetricFilterQuery
		want  string
	}{
		"all":          {logs.MetricFilterQuery{}, "g1/errors p|g1/slow p|g2/errors p|g2/slow p"},
		"of a group":   {logs.MetricFilterQuery{Group: "g2"}, "g2/errors p|g2/slow p"},
		"of another":   {logs.MetricFilterQuery{Group: "g3"}, ""},
		"by prefix":    {logs.MetricFilterQuery{Prefix: "sl"}, "g1/slow p|g2/slow p"},
		"by metric":    {logs.MetricFilterQuery{Namespace: "app", Metric: "slowg1"}, "g1/slow p"},
		"by namespace": {logs.MetricFilterQuery{Namespace: "other"}, ""},
		"page by page": {logs.MetricFilterQuery{Limit: 3}, "g1/errors p|g1/slow p|g2/errors p|g2/slow p"},
	} {
		t.Run(name, func(t *testing.T) { wantFilters(t, r, test.query, test.want) })
	}
	t.Run("refuse", func(t *testing.T) {
		_, _, err := r.MetricFilters(t.Context(), logs.MetricFilterQuery{Scope: ourScope, Group: "none"})
		wantFault(t, err, fault.NotFound, "group")
		_, _, err = r.MetricFilters(t.Context(), logs.MetricFilterQuery{Scope: ourScope, Token: "x"})
		wantFault(t, err, fault.Invalid, "token")
	})
	t.Run("one that is deleted is gone", func(t *testing.T) {
		must(t, r.DeleteMetricFilter(t.Context(), groupID("g1"), "slow"))
		wantFilters(t, r, logs.MetricFilterQuery{Group: "g1"}, "g1/errors p")
		wantFault(t, r.DeleteMetricFilter(t.Context(), groupID("g1"), "slow"), fault.NotFound, "filter")
	})
}

// wantFilters follows a query to its end.
func wantFilters(t *testing.T, r *room, q logs.MetricFilterQuery, want string) {
	t.Helper()
	q.Scope = ourScope
	var all []string
	for {
		found, next, err := r.MetricFilters(t.Context(), q)
		must(t, err)
		for _, f := range found {
			all = append(all, f.Group.Name+"/"+f.Name+" "+f.Pattern)
		}
		if q.Token = next; next == "" {
			break
		}
	}
	if got := strings.Join(all, "|"); got != want {
		t.Errorf("filters %s, want %s", got, want)
	}
}
