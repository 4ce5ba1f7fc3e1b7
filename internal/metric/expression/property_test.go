package expression_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"sluice/internal/metric"
	"sluice/internal/metric/expression"

	"pgregory.net/rapid"
)

// grammar draws expressions over m1 and m2 that parse, though they need not fit.
func grammar() *rapid.Generator[string] {
	leaf := rapid.SampledFrom([]string{"m1", "m2", "1", "0.5", "2e3", "METRICS()", "METRICS(\"2\")", "AVG(m1)", "TIME_SERIES(3)"})
	return rapid.Custom(func(t *rapid.T) string {
		text := leaf.Draw(t, "leaf")
		for range rapid.IntRange(0, 8).Draw(t, "steps") {
			text = grow(t, text, leaf.Draw(t, "other"))
		}
		return text
	})
}

// grow puts an expression into a larger one.
func grow(t *rapid.T, text, other string) string {
	frame := rapid.SampledFrom([]string{
		"(E) + O", "O - (E)", "(E) * (E)", "(E) / O", "(E) ^ 2", "-(E)", "(E) > O", "(E) == (E)", "(E) AND O", "O || (E)",
		"ABS(E)", "LOG(E)", "SUM(E)", "AVG(E)", "MIN(E)", "MAX(E)", "STDDEV(E)", "DATAPOINT_COUNT(E)", "RATE(E)", "DIFF(E)",
		"RUNNING_SUM(E)", "FILL(E, 0)", "FILL(E, REPEAT)", "FILL(E, LINEAR)", "FILL(E, O)", "IF(E, O)", "IF(O, E, O)",
		"[E, O]", "SORT(E, AVG, DESC)", "SLICE(E, 1)", "FIRST(E)", "LAST(E)", "REMOVE_EMPTY(E)", "METRIC_COUNT(E)",
		"TIME_SERIES(E)", "HOUR(E)",
	}).Draw(t, "frame")
	return strings.NewReplacer("E", text, "O", other).Replace(shield(frame))
}

// shield keeps the letters of functions' names from being taken for places.
func shield(frame string) string {
	var out strings.Builder
	for i, r := range frame {
		inWord := i > 0 && isUpper(frame[i-1]) || i+1 < len(frame) && isUpper(frame[i+1])
		if (r == 'E' || r == 'O') && inWord {
			out.WriteString(map[rune]string{'E': "\x01", 'O': "\x02"}[r])
		} else {
			out.WriteRune(r)
		}
	}
	return out.String()
}

func unshield(text string) string {
	return strings.NewReplacer("\x01", "E", "\x02", "O").Replace(text)
}

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' || c == '_' }

// samples draws a metric's points.
func samples(t *rapid.T, label string) []metric.Point {
	var out []metric.Point
	for i := range 12 {
		if rapid.Bool().Draw(t, label) {
			value := rapid.SampledFrom([]float64{-3, 0, 1, 2.5, 1e300, 7}).Draw(t, label)
			out = append(out, metric.Point{Time: start.Add(time.Duration(i) * time.Minute), Value: value})
		}
	}
	return out
}

func TestResultsAreFiniteAndInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := unshield(grammar().Draw(t, "expression"))
		if err := expression.Parse(text); err != nil {
			if len(text) <= expression.MaxLength {
				t.Fatalf("%s: %v", text, err)
			}
			return
		}
		set, err := expression.Compile([]expression.Item{
			{ID: "m1", Period: time.Minute, Hidden: true},
			{ID: "m2", Period: 2 * time.Minute, Hidden: true},
			{ID: "e", Expression: text},
		})
		if err != nil {
			return // it does not fit
		}
		results, err := set.Evaluate(t.Context(), expression.Data{
			Points: map[string][]metric.Point{"m1": samples(t, "m1"), "m2": samples(t, "m2")},
			From:   start, To: start.Add(12 * time.Minute),
		})
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if kind, _ := set.Kind("e"); kind == expression.Series && len(results[0].Lines) != 1 {
			t.Fatalf("%s is a series and has %d lines", text, len(results[0].Lines))
		}
		for _, line := range results[0].Lines {
			orderly(t, text, line.Points)
		}
	})
}

func orderly(t *rapid.T, text string, points []metric.Point) {
	for i, p := range points {
		if math.IsNaN(p.Value) || math.IsInf(p.Value, 0) {
			t.Fatalf("%s has the value %v", text, p.Value)
		}
		if i > 0 && !p.Time.After(points[i-1].Time) {
			t.Fatalf("%s: %v comes after %v", text, p.Time, points[i-1].Time)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"m1 / m2 * 100", "IF(m1 > 5 AND HOUR(m1) >= 9, m1, 0)", "SUM([METRICS(\"4xx\"), METRICS('5xx')])", "-m1^2 || !",
		"SEARCH('{A,B} x', 'p99', 60)", "FILL(m1, REPEAT", "1e-36", "“x”", "[[[", "\"\\",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		err := expression.Parse(text)
		if err == nil && len(text) > expression.MaxLength {
			t.Error("an expression that is too long parses")
		}
		items := []expression.Item{{ID: "m1", Period: time.Minute, Hidden: true}, {ID: "e", Expression: text}}
		set, err := expression.Compile(items)
		if err != nil {
			return
		}
		if _, err := set.Evaluate(t.Context(), expression.Data{From: start, To: start.Add(time.Hour)}); err != nil {
			t.Logf("%q: %v", text, err)
		}
	})
}
