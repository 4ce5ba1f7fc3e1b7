package expression_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/metric"
	"sluice/internal/metric/expression"
)

// overSeconds compiles an expression of a, a series with a point each second.
func overSeconds(t *testing.T, text string) *expression.Set {
	t.Helper()
	set, err := expression.Compile([]expression.Item{
		{ID: "m1", Period: time.Second, Hidden: true},
		{ID: "a", Expression: "TIME_SERIES(1)", Period: time.Second, Hidden: true},
		{ID: "e", Expression: text, Period: time.Second},
	})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// times writes an array of a series many times.
func times(n int, id string) string { return "[" + strings.Repeat(id+",", n-1) + id + "]" }

func nested(n int, before, inner, after string) string {
	return strings.Repeat(before, n) + inner + strings.Repeat(after, n)
}

func TestEvaluateBoundsItsWork(t *testing.T) {
	const week = 7 * 24 * time.Hour
	for name, tt := range map[string]struct {
		text string
		span time.Duration
	}{
		"a series of ten years":    {"TIME_SERIES(1)", 520 * week},
		"gaps of ten years":        {"FILL(m1, 0)", 520 * week},
		"hours of ten years":       {"HOUR(m1)", 520 * week},
		"a result of many lines":   {times(1000, "a"), week},
		"sorting again and again":  {nested(60, "SORT(", times(500, "a"), ",AVG,ASC)"), 4 * time.Hour},
		"averages again and again": {"TIME_SERIES(" + strings.Repeat("AVG(a)+", 250) + "1)", week},
		"sums of an array":         {strings.Repeat("SUM("+times(30, "a")+")+", 20) + "a", week},
		"a condition's branches":   {strings.Repeat("IF(m1,a,a)+", 60) + "a", week},
		"an array beside a series": {times(500, "m1") + "+a", week},
		"an array that is filled":  {"FILL(" + times(500, "m1") + ",a)", week},
	} {
		t.Run(name, func(t *testing.T) {
			set := overSeconds(t, tt.text)
			_, err := set.Evaluate(t.Context(), expression.Data{From: start, To: start.Add(tt.span), Work: expression.MaxWork})
			if !fault.Is(err, fault.Limit, "expression") {
				t.Errorf("no limit: %v", err)
			}
		})
	}
}

func TestWorkCanBeBoundedFurther(t *testing.T) {
	set := overSeconds(t, "a + a")
	data := expression.Data{From: start, To: start.Add(1000 * time.Second)}
	for work, ok := range map[int]bool{0: true, 4000: false, 100_000: true, 1 << 62: true} {
		data.Work = work
		if _, err := set.Evaluate(t.Context(), data); (err == nil) != ok {
			t.Errorf("a work of %d: %v", work, err)
		}
	}
}

func TestSeriesWithoutPointsAreWorkToo(t *testing.T) {
	data := expression.Data{From: start, To: start.Add(time.Second), Work: 500}
	_, err := overSeconds(t, "TIME_SERIES(METRIC_COUNT("+times(500, "m1")+"))").Evaluate(t.Context(), data)
	if !fault.Is(err, fault.Limit, "expression") {
		t.Errorf("no limit: %v", err)
	}
}

func TestEvaluateEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := overSeconds(t, "a + a").Evaluate(ctx, expression.Data{From: start, To: start.Add(time.Hour)})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a caller that left gets %v", err)
	}
}

func TestEvaluateBearsAnyTimes(t *testing.T) {
	const far = 1 << 62
	moments := []time.Time{{}, time.Unix(-far, 0), time.Unix(far, 0), time.Unix(1<<63-1, 0), time.Unix(-1<<63, 0), start}
	set := overSeconds(t, "DIFF_TIME(FILL(m1, 0)) + RATE(a)")
	for _, from := range moments {
		for _, to := range moments {
			data := expression.Data{From: from, To: to, Points: map[string][]metric.Point{"m1": {{Time: from}, {Time: to}}}}
			if _, err := set.Evaluate(t.Context(), data); err != nil && !fault.Is(err, fault.Limit, "expression") {
				t.Errorf("from %v to %v: %v", from, to, err)
			}
		}
	}
}
