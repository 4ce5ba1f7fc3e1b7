package expression_test

import (
	"testing"
	"time"

	"sluice/internal/metric"
	"sluice/internal/metric/expression"
)

// An alarm on an error rate over five periods, as each of its evaluations computes it.
func BenchmarkEvaluateAlarm(b *testing.B) { benchmark(b, 5) }

// A day's graph by minutes.
func BenchmarkEvaluateDay(b *testing.B) { benchmark(b, 1440) }

func benchmark(b *testing.B, minutes int) {
	set, err := expression.Compile([]expression.Item{
		{ID: "errors", Period: time.Minute, Hidden: true}, {ID: "calls", Period: time.Minute, Hidden: true},
		{ID: "rate", Expression: "IF(calls > 10, 100 * FILL(errors, 0) / calls, 0)"},
	})
	if err != nil {
		b.Fatal(err)
	}
	data := expression.Data{Points: map[string][]metric.Point{}, From: start, To: start.Add(time.Duration(minutes) * time.Minute)}
	for i := range minutes {
		at := start.Add(time.Duration(i) * time.Minute)
		data.Points["calls"] = append(data.Points["calls"], metric.Point{Time: at, Value: 50})
		data.Points["errors"] = append(data.Points["errors"], metric.Point{Time: at, Value: 1})
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := set.Evaluate(b.Context(), data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	items := []expression.Item{
		{ID: "errors", Period: time.Minute, Hidden: true}, {ID: "calls", Period: time.Minute, Hidden: true},
		{ID: "rate", Expression: "IF(calls > 10, 100 * FILL(errors, 0) / calls, 0)"},
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := expression.Compile(items); err != nil {
			b.Fatal(err)
		}
	}
}
