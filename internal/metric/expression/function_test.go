package expression_test

import (
	"testing"
	"time"

	"sluice/internal/clock"
	"sluice/internal/metric"
	"sluice/internal/metric/expression"
)

func TestFunctionsOfEachValue(t *testing.T) {
	check(t, measured{"m1": "1.5 -2.5 - 100 0"}, []evaluation{
		{"ABS(m1)", "1.5 2.5 - 100 0"},
		{"CEIL(m1)", "2 -2 - 100 0"},
		{"FLOOR(m1)", "1 -3 - 100 0"},
		{"LOG10(m1)", "0.176091 - - 2 -"},
		{"LOG(m1)", "0.405465 - - 4.60517 -"},
		{"ABS(METRICS())", "1.5 2.5 - 100 0"},
		{"m1 - CEIL(AVG(m1))", "-23.5 -27.5 - 75 -25"},
	})
}

func TestAggregatesOfASeriesAreNumbers(t *testing.T) {
	check(t, measured{"m1": "2 4 - 4 6"}, []evaluation{
		{"m1 - AVG(m1)", "-2 0 - 0 2"},
		{"m1 - SUM(m1)", "-14 -12 - -12 -10"},
		{"m1 - MIN(m1)", "0 2 - 2 4"},
		{"MAX(m1) / m1", "3 1.5 - 1.5 1"},
		{"m1 * STDDEV(m1)", "2.82843 5.65685 - 5.65685 8.48528"},
		{"SUM(m1) / DATAPOINT_COUNT(m1) + 0 * m1", "4 4 - 4 4"},
	})
}

func TestAggregatesOfAnArrayAreSeries(t *testing.T) {
	check(t, measured{"m1": "2 4 - - -", "m2": "6 - 3 - 0"}, []evaluation{
		{"SUM([m1, m2])", "8 4 3 - 0"},
		{"AVG(METRICS())", "4 2 1.5 - 0"}, // what is missing counts as 0
		{"MIN(METRICS())", "2 4 3 - 0"},
		{"MAX(METRICS())", "6 4 3 - 0"},
		{"STDDEV(METRICS())", "2 0 0 - 0"},
		{"DATAPOINT_COUNT(METRICS())", "2 1 1 - 1"},
		{"SUM(METRICS(\"1\"))", "2 4 - - -"},
		{"SUM([METRICS('m1'), METRICS(“m2”)])", "8 4 3 - 0"},
		{"SUM(METRICS(\"x\"))", "- - - - -"},
		{"m1 / METRIC_COUNT(METRICS())", "1 2 - - -"},
		{"SUM(-[m1, m2])", "-8 -4 -3 - 0"},
	})
}

func TestFunctionsOfNeighbours(t *testing.T) {
	check(t, measured{"m1": "60 180 - 180 0"}, []evaluation{
		{"RATE(m1)", "- 2 - 0 -3"},
		{"DIFF(m1)", "- 120 - 0 -180"},
		{"DIFF_TIME(m1)", "- 60 - 120 60"},
		{"RUNNING_SUM(m1)", "60 240 - 420 420"},
		{"RATE(METRICS())", "- 2 - 0 -3"},
		{"RUNNING_SUM([m1, -m1])", "60 240 - 420 420 | -60 -240 - -420 -420"},
	})
}

func TestFill(t *testing.T) {
	check(t, measured{"m1": "- 2 - - 8", "m2": "7 7 - 7 7", "m3": ""}, []evaluation{
		{"FILL(m1, 0)", "0 2 0 0 8"},
		{"FILL(m1, REPEAT)", "- 2 2 2 8"},
		{"FILL(m1, LINEAR)", "- 2 4 6 8"},
		{"FILL(m1, m2)", "7 2 - 7 8"},
		{"FILL(m1, MIN(m1))", "2 2 2 2 8"},
		{"FILL(m1, -1)", "-1 2 -1 -1 8"},
		{"FILL(METRICS(), 1)", "1 2 1 1 8 | 7 7 1 7 7 | 1 1 1 1 1"},
		{"FILL([m1, m3], m2)", "7 2 - 7 8 | 7 7 - 7 7"},
		{"FILL(m3, REPEAT)", "- - - - -"},
		{"FILL(m1 + m3, 0)", "0 2 0 0 8"},
	})
}

// The guide's tables of IF.
func TestIf(t *testing.T) {
	check(t, measured{"m1": "1 1 0 0 -", "m2": "30 - 0 0 30", "m3": "0 0 20 - 20"}, []evaluation{
		{"IF(m1, m2, m3)", "30 0 20 - -"},
		{"IF(m1, 5, m3)", "5 5 20 - -"},
		{"IF(m1, m2, 5)", "30 0 5 5 -"},
		{"IF(m1, 1, 0)", "1 1 0 0 -"},
		{"IF(m1, m2)", "30 0 - - -"},
		{"IF(m1, 7)", "7 7 - - -"},
		{"IF(m2 > 15, m2, 15)", "30 - 15 15 30"},
		{"IF(1, m2, m3)", "30 - 0 0 30"},
		{"IF(0, m2, m3)", "0 0 20 - 20"},
		{"IF(0, m2)", "- - - - -"},
		{"IF(-1, m2)", "30 - 0 0 30"},
		{"IF(0, m2, 4)", "4 4 4 4 4"},
		{"m1 + IF(1, 2, 3)", "3 3 2 2 -"},
		{"IF(FIRST(SORT(METRICS(), SUM, DESC)) > 20, 1, 0)", "1 - 0 0 1"},
	})
}

func TestCalendar(t *testing.T) {
	check(t, measured{"m1": "- 1 - 1 -"}, []evaluation{
		{"MINUTE(m1)", "58 59 0 1 2"},
		{"HOUR(m1)", "23 23 0 0 0"},
		{"DAY(m1)", "5 5 6 6 6"},
		{"DATE(m1)", "2 2 3 3 3"},
		{"MONTH(m1)", "1 1 1 1 1"},
		{"YEAR(m1)", "2026 2026 2026 2026 2026"},
		{"EPOCH(m1) - 1767398280", "0 60 120 180 240"},
		{"IF(DAY(m1) < 6, m1)", "0 1 - - -"},
		{"TIME_SERIES(10)", "10 10 10 10 10"},
		{"TIME_SERIES(5 * MAX(m1))", "5 5 5 5 5"},
		{"m1 * PERIOD(m1)", "- 60 - 60 -"},
	})
}

func TestSundayIsTheSeventhDay(t *testing.T) {
	set, err := expression.Compile([]expression.Item{
		{ID: "m1", Period: 24 * time.Hour, Hidden: true}, {ID: "e", Expression: "DAY(m1)"},
	})
	if err != nil {
		t.Fatal(err)
	}
	monday := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	results, err := set.Evaluate(t.Context(), expression.Data{From: monday, To: monday.Add(7 * 24 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range results[0].Lines[0].Points {
		if p.Value != float64(i+1) {
			t.Errorf("%s is day %v, want %d", p.Time.Weekday(), p.Value, i+1)
		}
	}
}

func TestArrays(t *testing.T) {
	check(t, measured{"m1": "2 2 - - -", "m2": "- - 9 - -", "m3": ""}, []evaluation{
		{"[m1, m2]", "2 2 - - - | - - 9 - -"},
		{"[m1, [m2, m1]]", "2 2 - - - | - - 9 - - | 2 2 - - -"},
		{"SORT(METRICS(), AVG, DESC)", "- - 9 - - | 2 2 - - - | - - - - -"},
		{"SORT(METRICS(), MIN, ASC)", "2 2 - - - | - - 9 - - | - - - - -"},
		{"SORT(METRICS(), MAX, DESC, 1)", "- - 9 - -"},
		{"SORT(METRICS(), SUM, ASC, 99)", "2 2 - - - | - - 9 - - | - - - - -"},
		{"SLICE(METRICS(), 1)", "- - 9 - - | - - - - -"},
		{"SLICE(METRICS(), 0, 1)", "2 2 - - -"},
		{"SLICE(METRICS(), 5, 9)", ""},
		{"SLICE(METRICS(), 2, 1)", ""},
		{"SLICE(METRICS(), -1, 1e300)", "2 2 - - - | - - 9 - - | - - - - -"},
		{"FIRST(METRICS())", "2 2 - - -"},
		{"LAST(SORT(METRICS(), AVG, DESC, 2))", "2 2 - - -"},
		{"REMOVE_EMPTY(METRICS())", "2 2 - - - | - - 9 - -"},
		{"FIRST(METRICS('x'))", "- - - - -"},
		{"FIRST(METRICS('x')) + m1", "2 2 - - -"},
	})
}

func TestSecondsAreThoseOfTheCloud(t *testing.T) {
	set, err := expression.Compile([]expression.Item{
		{ID: "m1", Period: time.Second, Hidden: true},
		{ID: "e", Expression: "RATE(m1) + PERIOD(m1) * 1000 + DIFF_TIME(m1) * 1000000"},
	})
	if err != nil {
		t.Fatal(err)
	}
	results, err := set.Evaluate(t.Context(), expression.Data{
		Points: map[string][]metric.Point{"m1": {{Time: start}, {Time: start.Add(time.Second), Value: 120}}},
		From:   start, To: start.Add(2 * time.Second), Sliding: true, Scale: clock.Scale(60),
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := results[0].Lines[0].Points[0].Value; got != 2+60_000+60_000_000 {
		t.Errorf("a rate of 120 over one scaled minute, its period and length = %v", got)
	}
}

func TestPeriodsBeginWhereTheRangeSays(t *testing.T) {
	for _, tt := range []struct {
		name    string
		sliding bool
		want    string
	}{
		{"at multiples of themselves", false, "23:55"},
		{"at the range's beginning if they slide", true, "23:58"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			set, err := expression.Compile([]expression.Item{{ID: "e", Expression: "TIME_SERIES(1)", Period: 5 * time.Minute}})
			if err != nil {
				t.Fatal(err)
			}
			results, err := set.Evaluate(t.Context(), expression.Data{From: start, To: start.Add(6 * time.Minute), Sliding: tt.sliding})
			if err != nil {
				t.Fatal(err)
			}
			points := results[0].Lines[0].Points
			if got := points[0].Time.Format("15:04"); got != tt.want || len(points) != 2 && tt.sliding {
				t.Errorf("periods begin at %s (%d of them), want %s", got, len(points), tt.want)
			}
		})
	}
}
