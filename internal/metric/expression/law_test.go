package expression_test

import (
	"math"
	"testing"
	"time"

	"sluice/internal/metric"
	"sluice/internal/metric/expression"

	"pgregory.net/rapid"
)

// laws are pairs of expressions that come to the same, whatever the metrics are.
var laws = map[string][2]string{
	"sums commute":                           {"m1 + m2", "m2 + m1"},
	"products commute":                       {"m1 * m2", "m2 * m1"},
	"a difference is a sum":                  {"m1 - m2", "m1 + -m2"},
	"SUM of an array is a sum":               {"SUM([m1, m2])", "m1 + m2"},
	"SUM is AVG times its size":              {"SUM(METRICS())", "AVG(METRICS()) * METRIC_COUNT(METRICS())"},
	"a filled series stays":                  {"FILL(FILL(m1, 3), 7)", "FILL(m1, 3)"},
	"a series fills as well as its number":   {"FILL(m1, TIME_SERIES(3))", "FILL(m1, 3)"},
	"RATE is DIFF over DIFF_TIME":            {"RATE(m1)", "DIFF(m1) / DIFF_TIME(m1)"},
	"the largest comes first":                {"TIME_SERIES(MAX(FIRST(SORT(METRICS(), MAX, DESC))))", "TIME_SERIES(MAX(MAX(METRICS())))"},
	"not less is at least":                   {"1 - (m1 < m2)", "m1 >= m2"},
	"AND is a product of truths":             {"m1 > 1 AND m2 > 1", "(m1 > 1) * (m2 > 1)"},
	"a condition chooses":                    {"IF(m1 > 2, 1, 0)", "m1 > 2"},
	"a slice and its rest are all":           {"SUM([SLICE(METRICS(), 0, 1), SLICE(METRICS(), 1)])", "SUM(METRICS())"},
	"ABS is the larger of a value and minus": {"ABS(m1)", "MAX([m1, -m1])"},
}

func TestLaws(t *testing.T) {
	for name, law := range laws {
		t.Run(name, func(t *testing.T) {
			set, err := expression.Compile([]expression.Item{
				{ID: "m1", Period: time.Minute, Hidden: true}, {ID: "m2", Period: time.Minute, Hidden: true},
				{ID: "left", Expression: law[0]}, {ID: "right", Expression: law[1]},
			})
			if err != nil {
				t.Fatal(err)
			}
			rapid.Check(t, func(t *rapid.T) {
				data := expression.Data{
					Points: map[string][]metric.Point{"m1": whole(t, "m1"), "m2": whole(t, "m2")},
					From:   start, To: start.Add(8 * time.Minute),
				}
				results, err := set.Evaluate(t.Context(), data)
				if err != nil {
					t.Fatal(err)
				}
				same(t, results[0].Lines[0].Points, results[1].Lines[0].Points)
			})
		})
	}
}

// whole draws a metric of small whole numbers, with which sums are exact, and with at least one point.
func whole(t *rapid.T, label string) []metric.Point {
	var out []metric.Point
	for i := range 8 {
		if i == 0 || rapid.Bool().Draw(t, label+" has a point") {
			value := rapid.IntRange(-9, 9).Draw(t, label)
			out = append(out, metric.Point{Time: start.Add(time.Duration(i) * time.Minute), Value: float64(value)})
		}
	}
	return out
}

func same(t *rapid.T, left, right []metric.Point) {
	if len(left) != len(right) {
		t.Fatalf("%d points and %d", len(left), len(right))
	}
	for i := range left {
		if !left[i].Time.Equal(right[i].Time) || math.Abs(left[i].Value-right[i].Value) > 1e-9 {
			t.Fatalf("%v and %v", left[i], right[i])
		}
	}
}
