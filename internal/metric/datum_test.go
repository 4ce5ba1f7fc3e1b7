package metric_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/metric"
)

func TestCheck(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, tt := range []struct {
		what   string
		change func(*metric.Datum)
		noun   string // "" if it is taken
	}{
		{"a value", func(*metric.Datum) {}, ""},
		{"two weeks old", func(d *metric.Datum) { d.Time = now.Add(-metric.MaxAge) }, ""},
		{"older", func(d *metric.Datum) { d.Time = now.Add(-metric.MaxAge - time.Second) }, "time"},
		{"two hours ahead", func(d *metric.Datum) { d.Time = now.Add(metric.MaxAhead) }, ""},
		{"further ahead", func(d *metric.Datum) { d.Time = now.Add(metric.MaxAhead + time.Second) }, "time"},
		{"no time", func(d *metric.Datum) { d.Time = time.Time{} }, "time"},
		{"a service's namespace", func(d *metric.Datum) { d.Namespace = "AWS/Lambda" }, ""},
		{"no namespace", func(d *metric.Datum) { d.Namespace = "" }, "namespace"},
		{"a colon before the namespace", func(d *metric.Datum) { d.Namespace = ":a" }, "namespace"},
		{"a blank namespace", func(d *metric.Datum) { d.Namespace = "  " }, "namespace"},
		{"a namespace beyond ASCII", func(d *metric.Datum) { d.Namespace = "ä" }, "namespace"},
		{"a name with a control character", func(d *metric.Datum) { d.Name = "a\x00b" }, "metric"},
		{"a namespace of 255 characters", func(d *metric.Datum) { d.Namespace = strings.Repeat("n", 255) }, ""},
		{"a longer one", func(d *metric.Datum) { d.Namespace = strings.Repeat("n", 256) }, "namespace"},
		{"a name of 256 characters", func(d *metric.Datum) { d.Name = strings.Repeat("n", 256) }, "metric"},
		{"a dimension's value of 1024 characters", func(d *metric.Datum) { d.Dimensions = []metric.Dimension{{"a", strings.Repeat("v", 1024)}} }, ""},
		{"a longer value", func(d *metric.Datum) { d.Dimensions = []metric.Dimension{{"a", strings.Repeat("v", 1025)}} }, "dimension"},
		{"a dimension's name of 256 characters", func(d *metric.Datum) { d.Dimensions = []metric.Dimension{{strings.Repeat("n", 256), "v"}} }, "dimension"},
		{"a dimension without value", func(d *metric.Datum) { d.Dimensions = []metric.Dimension{{Name: "a"}} }, "dimension"},
		{"a dimension twice", func(d *metric.Datum) { d.Dimensions = []metric.Dimension{{"a", "1"}, {"a", "2"}} }, "dimension"},
		{"a colon before a dimension", func(d *metric.Datum) { d.Dimensions = []metric.Dimension{{":a", "1"}} }, "dimension"},
		{"30 dimensions", func(d *metric.Datum) { d.Dimensions = dimensions(30) }, ""},
		{"31 dimensions", func(d *metric.Datum) { d.Dimensions = dimensions(31) }, "dimension"},
		{"the greatest value", func(d *metric.Datum) { d.Values[0] = math.Ldexp(1, 360) }, ""},
		{"a greater one", func(d *metric.Datum) { d.Values[0] = -math.Ldexp(1, 361) }, "value"},
		{"no number", func(d *metric.Datum) { d.Values[0] = math.NaN() }, "value"},
		{"infinity", func(d *metric.Datum) { d.Values[0] = math.Inf(1) }, "value"},
		{"no value", func(d *metric.Datum) { d.Values = nil }, "values"},
		{"150 values", func(d *metric.Datum) { d.Values = make([]float64, 150) }, ""},
		{"151 values", func(d *metric.Datum) { d.Values = make([]float64, 151) }, "values"},
		{"fewer counts than values", func(d *metric.Datum) { d.Counts = []float64{} }, "counts"},
		{"a negative count", func(d *metric.Datum) { d.Counts = []float64{-1} }, "counts"},
		{"a summary", func(d *metric.Datum) { d.Values, d.Summary = nil, &metric.Summary{Count: 2, Sum: 3, Min: 1, Max: 2} }, ""},
		{"an upside-down summary", func(d *metric.Datum) { d.Summary = &metric.Summary{Count: 2, Sum: 3, Min: 2, Max: 1} }, "value"},
		{"a summary of less than nothing", func(d *metric.Datum) { d.Summary = &metric.Summary{Count: -1} }, "value"},
		{"a summary without number", func(d *metric.Datum) { d.Summary = &metric.Summary{Count: 1, Sum: math.NaN()} }, "value"},
	} {
		d := value(name("m"), now, 1)
		tt.change(&d)
		err := d.Check(now)
		if (tt.noun == "" && err != nil) || (tt.noun != "" && !fault.Is(err, fault.Invalid, tt.noun)) {
			t.Errorf("%s: %v, want noun %q", tt.what, err, tt.noun)
		}
	}
}

func dimensions(n int) (list []metric.Dimension) {
	for i := range n {
		list = append(list, metric.Dimension{Name: fmt.Sprint("d", i), Value: strings.Repeat("x", i+1)})
	}
	return list
}
