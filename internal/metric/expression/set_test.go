package expression_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/metric"
	"sluice/internal/metric/expression"
)

func TestCompileRefuses(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"m1 +", "Invalid syntax at character 5: unexpected the end"},
		{"m1 m2", "Invalid syntax at character 4: unexpected 'm2'"},
		{"m1 + $", "Invalid syntax at character 6: unexpected '$'"},
		{"SUM(m1", "Invalid syntax at character 7: expected ')', found the end"},
		{"METRICS(\"m", "Invalid syntax at character 9: the text is not closed"},
		{"m1 * 1.2.3", "Invalid syntax at character 6: '1.2.3' is not a number"},
		{"m1 * 1e999", "Invalid syntax at character 6: '1e999' is not a number"},
		{"m1 + M2", "Invalid syntax at character 6: unexpected 'M2': ids begin with a lower-case letter, and functions have brackets"},
		{"AND m1", "Invalid syntax at character 1: unexpected 'AND'"},
		{"m1 + 'x'", "Invalid syntax at character 6: a text has no value here"},
		{"m1 + mm", "Unknown id 'mm' at character 6"},
		{"e + 1", "the expression refers to itself: e -> e"},
		{"AVG(m1)", "The result is a number, but has to be a time series: TIME_SERIES makes one of it"},
		{"1 + 1", "The result is a number, but has to be a time series: TIME_SERIES makes one of it"},
		{"IFF(m1, 1)", "Function 'IFF' not found"},
		{"abs(m1)", "Function 'abs' not found"},
		{"ABS(m1, m2)", "Function 'ABS' takes 1 argument, found 2"},
		{"ABS()", "Function 'ABS' takes 1 argument, found 0"},
		{"AVG(3) + m1", "Function 'AVG' does not take the number at character 5"},
		{"FIRST(m1)", "Function 'FIRST' does not take the time series at character 7"},
		{"IF(METRICS(), 1)", "Function 'IF' does not take the array of time series at character 4"},
		{"IF(m1)", "Function 'IF' takes 2 or 3 arguments, found 1"},
		{"[m1, 5]", "Invalid syntax at character 6: an array holds time series, no numbers: TIME_SERIES makes one of a number"},
		{"[m1] + [m2]", "Unsupported operand types for '+' at character 6: two arrays of time series"},
		{"FILL(m1)", "Function 'FILL' takes 2 arguments, found 1"},
		{"FILL(m1, LAST)", "Function 'FILL' fills with a number, a time series, REPEAT or LINEAR, not with 'LAST'"},
		{"SORT(METRICS(), MEDIAN, ASC)", "Function 'SORT' sorts by AVG, MIN, MAX or SUM"},
		{"SORT(METRICS(), AVG, UP)", "Function 'SORT' sorts in the order ASC or DESC"},
		{"SORT(METRICS(), AVG)", "Function 'SORT' takes 3 or 4 arguments, found 2"},
		{"SLICE(METRICS())", "Function 'SLICE' takes 2 or 3 arguments, found 1"},
		{"SLICE(METRICS(), m1)", "Function 'SLICE' does not take the time series at character 18"},
		{"METRICS(m1)", "Function 'METRICS' takes no argument, or a text that ids contain"},
		{"PERIOD(m1 + m2) * m1", "Function 'PERIOD' takes the id of a metric"},
		{"ANOMALY_DETECTION_BAND(m1)", "Function 'ANOMALY_DETECTION_BAND' is not supported: there are no anomaly models here"},
		{"SERVICE_QUOTA(m1)", "Function 'SERVICE_QUOTA' is not supported: there are no service quotas here"},
		{"SELECT AVG(x) FROM y", "Metrics Insights queries are not supported, only metric math"},
		{"SEARCH(m1, 'Sum')", "Function 'SEARCH' takes a search text, a statistic and, maybe, a period in seconds"},
		{strings.Repeat("(", 300) + "m1" + strings.Repeat(")", 300), "Invalid syntax at character 201: nested more than 200 levels deep"},
		{strings.Repeat("-", 1000) + "m1", "Invalid syntax at character 201: nested more than 200 levels deep"},
		{"m1" + strings.Repeat(" ", 2047), "Invalid syntax: the expression has 2049 characters, at most 2048 are allowed"},
	} {
		t.Run(tt.text[:min(len(tt.text), 40)], func(t *testing.T) {
			_, err := set(t, measured{"m1": "", "m2": ""}, tt.text)
			if !fault.Is(err, fault.Invalid, "expression") || err.Error() != "Error in expression 'e': "+tt.want {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

func TestCompileRefusesSets(t *testing.T) {
	m1 := expression.Item{ID: "m1", Period: time.Minute}
	for _, tt := range []struct {
		name  string
		items []expression.Item
		want  string
	}{
		{"an id in upper case", []expression.Item{{ID: "M1", Period: time.Minute}}, `The id "M1" does not begin with a lower-case letter, or has other characters than letters, digits and underscores`},
		{"an id twice", []expression.Item{m1, m1}, "The id 'm1' is there twice"},
		{"a metric without period", []expression.Item{{ID: "m1"}}, "The metric 'm1' has no period"},
		{"a ring of expressions", []expression.Item{
			{ID: "a", Expression: "b + 1"}, {ID: "b", Expression: "-c"}, {ID: "c", Expression: "ABS(a)"},
		}, "Error in expression 'a': the expression refers to itself: a -> b -> c -> a"},
		{"arrays that multiply", []expression.Item{
			m1,
			{ID: "a", Expression: "[" + strings.Repeat("m1,", 99) + "m1]"},
			{ID: "b", Expression: "[" + strings.Repeat("a,", 99) + "a]"},
		}, "Error in expression 'b': The array at character 1 can have more than 5000 time series"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := expression.Compile(tt.items)
			if !fault.Is(err, fault.Invalid, "expression") || err.Error() != tt.want {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

func TestExpressionsUseOthersInAnyOrder(t *testing.T) {
	set, err := expression.Compile([]expression.Item{
		{ID: "last", Expression: "mean + m1 - m1"},
		{ID: "mean", Expression: "m1 - average"},
		{ID: "average", Expression: "AVG(m1)", Hidden: true},
		{ID: "m1", Period: time.Minute},
	})
	if err != nil {
		t.Fatal(err)
	}
	given := points(t, "1 3")
	given[0].Unit, given[0].Samples = "Count", 7
	results, err := set.Evaluate(t.Context(), expression.Data{
		Points: map[string][]metric.Point{"m1": given}, From: start, To: start.Add(minutes * time.Minute),
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range results {
		got = append(got, r.ID+": "+draw(r.Lines[0].Points, 2))
	}
	if want := "last: -1 1, mean: -1 1, m1: 1 3"; strings.Join(got, ", ") != want {
		t.Errorf("results %s, want %s", strings.Join(got, ", "), want)
	}
	if p := results[2].Lines[0].Points[0]; p.Unit != "Count" || p.Samples != 7 {
		t.Errorf("the metric's own point came out as %+v", p)
	}
}

func TestLinesNameTheMetricTheyComeFrom(t *testing.T) {
	for text, want := range map[string]string{
		"m1 / 2":               "m1",
		"FILL(METRICS(), 0)":   "m1 m2",
		"[m2, m1] / m1":        "m2 m1",
		"m1 + m2":              "",
		"SUM(METRICS())":       "",
		"IF(m1, m2)":           "",
		"LAST(METRICS())":      "m2",
		"SLICE(METRICS(), 1)":  "m2",
		"TIME_SERIES(MAX(m1))": "",
	} {
		t.Run(text, func(t *testing.T) {
			set, err := set(t, measured{"m1": "", "m2": ""}, text)
			if err != nil {
				t.Fatal(err)
			}
			results, err := set.Evaluate(t.Context(), expression.Data{From: start, To: start.Add(time.Minute)})
			if err != nil {
				t.Fatal(err)
			}
			var sources []string
			for _, line := range results[0].Lines {
				sources = append(sources, line.Source)
			}
			if got := strings.Join(sources, " "); got != want {
				t.Errorf("sources %q, want %q", got, want)
			}
		})
	}
}

func TestKind(t *testing.T) {
	set, err := expression.Compile([]expression.Item{
		{ID: "m1", Period: time.Minute},
		{ID: "number", Expression: "AVG(m1)", Hidden: true},
		{ID: "many", Expression: "METRICS() * number"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]expression.Kind{"m1": expression.Series, "number": expression.Scalar, "many": expression.Array} {
		if got, ok := set.Kind(id); !ok || got != want {
			t.Errorf("Kind(%q) = %v, %v, want %v", id, got, ok, want)
		}
	}
	if _, ok := set.Kind("other"); ok {
		t.Error("an unknown id has a kind")
	}
}

func TestSearches(t *testing.T) {
	const query = `{AWS/Lambda,FunctionName} MetricName="Errors"`
	set, err := expression.Compile([]expression.Item{
		{ID: "m1", Period: time.Minute, Hidden: true},
		{ID: "a", Expression: fmt.Sprintf("SUM(SEARCH('%s', 'Sum', 300))", query)},
		{ID: "b", Expression: fmt.Sprintf("SEARCH('%s', 'Sum', 300)", query)},
		{ID: "c", Expression: fmt.Sprintf("SEARCH('%s', 'p99')", query)},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []expression.Search{{query, "Sum", 5 * time.Minute}, {query, "p99", time.Minute}}
	if got := set.Searches(); len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Fatalf("searches %v, want %v", got, want)
	}
	results, err := set.Evaluate(t.Context(), expression.Data{
		Found: map[expression.Search][]expression.Found{want[0]: {
			{Name: "x", Points: points(t, "1 2")}, {Name: "y", Points: points(t, "10 -")},
		}},
		From: start, To: start.Add(minutes * time.Minute),
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := draw(results[0].Lines[0].Points, 2); got != "11 2" {
		t.Errorf("the sum of what was found is %s", got)
	}
	if lines := results[1].Lines; len(lines) != 2 || lines[0].Source != "x" || lines[1].Source != "y" {
		t.Errorf("found lines %+v", lines)
	}
	if lines := results[2].Lines; len(lines) != 0 {
		t.Errorf("a search that found nothing has lines %+v", lines)
	}
}
