package expression_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"sluice/internal/metric"
	"sluice/internal/metric/expression"
)

// start is a Friday.
var start = time.Date(2026, 1, 2, 23, 58, 0, 0, time.UTC)

// points reads values a minute apart, "-" where there is none.
func points(t testing.TB, drawn string) []metric.Point {
	t.Helper()
	var out []metric.Point
	for i, value := range strings.Fields(drawn) {
		if value == "-" {
			continue
		}
		v, err := strconv.ParseFloat(value, 64)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, metric.Point{Time: start.Add(time.Duration(i) * time.Minute), Value: v})
	}
	return out
}

// draw is the reverse of points, for as many minutes as the range has.
func draw(points []metric.Point, minutes int) string {
	values := make([]string, minutes)
	for i := range values {
		values[i] = "-"
	}
	for _, p := range points {
		values[int(p.Time.Sub(start)/time.Minute)] = strconv.FormatFloat(p.Value, 'g', 6, 64)
	}
	return strings.Join(values, " ")
}

// measured is metrics by their ID, drawn.
type measured map[string]string

// minutes is how long the drawn range is.
const minutes = 5

// set compiles an expression beside the metrics m1, m2, m3 and any others that are given.
func set(t testing.TB, metrics measured, text string) (*expression.Set, error) {
	t.Helper()
	var items []expression.Item
	for _, id := range []string{"m1", "m2", "m3"} {
		if _, ok := metrics[id]; ok {
			items = append(items, expression.Item{ID: id, Period: time.Minute, Hidden: true})
		}
	}
	return expression.Compile(append(items, expression.Item{ID: "e", Expression: text}))
}

// evaluate returns the lines that an expression comes to, drawn and joined by " | ".
func evaluate(t testing.TB, metrics measured, text string) string {
	t.Helper()
	compiled, err := set(t, metrics, text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	data := expression.Data{Points: map[string][]metric.Point{}, From: start, To: start.Add(minutes * time.Minute)}
	for id, drawn := range metrics {
		data.Points[id] = points(t, drawn)
	}
	results, err := compiled.Evaluate(t.Context(), data)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	var lines []string
	for _, line := range results[0].Lines {
		lines = append(lines, draw(line.Points, minutes))
	}
	return strings.Join(lines, " | ")
}

// evaluation is one row of the tables.
type evaluation struct {
	text string
	want string
}

// check evaluates each row over the same metrics.
func check(t *testing.T, metrics measured, rows []evaluation) {
	t.Helper()
	for _, row := range rows {
		t.Run(row.text, func(t *testing.T) {
			if got := evaluate(t, metrics, row.text); got != row.want {
				t.Errorf("%s = %s, want %s", row.text, got, row.want)
			}
		})
	}
}
