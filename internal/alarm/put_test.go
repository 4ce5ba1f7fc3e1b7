package alarm_test

import (
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/internal/alarm"
	"sluice/internal/fault"
	"sluice/internal/metric"
)

func TestAReplacedAlarmKeepsItsStateAndTags(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		first := over("a", 5)
		first.Tags = map[string]string{"team": "payments"}
		b.put(t, first)
		b.set(t, "a", alarm.Ringing)
		before := b.get(t, "a")
		after(time.Second)
		second := over("a", 7)
		second.Description, second.Tags = "again", map[string]string{"other": "tags"}
		b.put(t, second)
		got := b.get(t, "a")
		if got.Status != before.Status || !maps.Equal(got.Tags, first.Tags) {
			t.Errorf("%+v, tags %v", got.Status, got.Tags)
		}
		if got.Watch.Threshold != 7 || got.Description != "again" || !got.Configured.After(before.Configured) {
			t.Errorf("%+v", got)
		}
	})
}

func TestHistoryOfAnAlarm(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		b.put(t, over("a", 5))
		b.set(t, "a", alarm.OK)
		b.put(t, over("a", 6))
		if err := b.Delete(t.Context(), scope, []string{"a"}); err != nil {
			t.Fatal(err)
		}
		want := []string{`Alarm "a" created`, "Alarm updated from INSUFFICIENT_DATA to OK", `Alarm "a" updated`, `Alarm "a" deleted`}
		if got := b.summaries(t, alarm.HistoryQuery{Alarm: "a"}); !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
		items, more, err := b.History(t.Context(), alarm.HistoryQuery{Scope: scope, Kind: alarm.StateUpdate, Limit: 1})
		if err != nil || more || len(items) != 1 {
			t.Fatalf("%d items, %v, %v", len(items), more, err)
		}
		if tr := items[0].Transition; tr.Before.State != alarm.InsufficientData || tr.After.State != alarm.OK || tr.After.Reason != "by hand" {
			t.Errorf("%+v", tr)
		}
	})
}

func TestHistoryIsPagedAndKeptForTwoWeeks(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		b.put(t, composite("c", "TRUE"))
		after(time.Minute)
		q := alarm.HistoryQuery{Scope: scope, Limit: 1}
		page, more, err := b.History(t.Context(), q)
		if err != nil || !more || len(page) != 1 || page[0].Kind != alarm.StateUpdate {
			t.Fatalf("%v, %v, %v", page, more, err)
		}
		q.After = page[0].Cursor()
		page, more, err = b.History(t.Context(), q)
		if err != nil || more || len(page) != 1 || page[0].Summary != `Alarm "c" created` {
			t.Fatalf("%v, %v, %v", page, more, err)
		}
		after(14 * 24 * time.Hour)
		if left := b.summaries(t, alarm.HistoryQuery{}); len(left) > 0 {
			t.Errorf("after two weeks: %q", left)
		}
	})
}

func TestAlarmsThatAreNotAllowed(t *testing.T) {
	b := newBench(t, nil)
	query := func(change func(*alarm.Watch)) func(*alarm.Alarm) {
		return func(a *alarm.Alarm) {
			w := a.Watch
			w.Namespace, w.Metric, w.Statistic, w.Period = "", "", "", 0
			w.Queries = []alarm.Query{
				{ID: "m", Namespace: "shop", Metric: "errors", Statistic: metric.Sum, Period: time.Minute, Hidden: true},
				{ID: "e", Expression: "m * 2"},
			}
			change(w)
		}
	}
	for name, tt := range map[string]struct {
		change func(*alarm.Alarm)
		says   string
	}{
		"no name":                   {func(a *alarm.Alarm) { a.Name = "" }, "name"},
		"a long name":               {func(a *alarm.Alarm) { a.Name = strings.Repeat("ä", 256) }, "255"},
		"a long description":        {func(a *alarm.Alarm) { a.Description = strings.Repeat("d", 1025) }, "1024"},
		"six actions":               {func(a *alarm.Alarm) { a.Actions.OK = slices.Repeat([]string{"arn:a"}, 6) }, "5 actions"},
		"an action that is no":      {func(a *alarm.Alarm) { a.Actions.Alarm = []string{"page me"} }, "Invalid arn syntax: page me"},
		"no metric":                 {func(a *alarm.Alarm) { a.Watch.Metric = "" }, "metric name"},
		"no statistic":              {func(a *alarm.Alarm) { a.Watch.Statistic = "" }, "statistic"},
		"no period":                 {func(a *alarm.Alarm) { a.Watch.Period = 0 }, "period"},
		"an odd statistic":          {func(a *alarm.Alarm) { a.Watch.Statistic = "Median" }, "percentile"},
		"p101":                      {func(a *alarm.Alarm) { a.Watch.Statistic = "p101" }, "percentile"},
		"15 seconds":                {func(a *alarm.Alarm) { a.Watch.Period = 15 * time.Second }, "10, 20, 30"},
		"90 seconds":                {func(a *alarm.Alarm) { a.Watch.Period = 90 * time.Second }, "multiple of 60"},
		"over a day":                {func(a *alarm.Alarm) { a.Watch.Periods = 1441 }, "86400"},
		"over a week":               {func(a *alarm.Alarm) { a.Watch.Period, a.Watch.Periods = time.Hour, 169 }, "604800"},
		"a period of a month":       {func(a *alarm.Alarm) { a.Watch.Period = 30 * 24 * time.Hour }, "604800"},
		"periods beyond count":      {func(a *alarm.Alarm) { a.Watch.Periods = math.MaxInt }, "86400"},
		"no evaluation":             {func(a *alarm.Alarm) { a.Watch.Periods = 0 }, "evaluation period"},
		"two of one":                {func(a *alarm.Alarm) { a.Watch.Datapoints = 2 }, "DatapointsToAlarm"},
		"an anomaly":                {func(a *alarm.Alarm) { a.Watch.Operator = "GreaterThanUpperThreshold" }, "anomaly"},
		"another anomaly":           {func(a *alarm.Alarm) { a.Watch.Operator = "LessThanLowerOrGreaterThanUpperThreshold" }, "anomaly"},
		"a third":                   {func(a *alarm.Alarm) { a.Watch.Operator = "LessThanLowerThreshold" }, "anomaly"},
		"an odd operator":           {func(a *alarm.Alarm) { a.Watch.Operator = "Near" }, "'Near'"},
		"no threshold":              {func(a *alarm.Alarm) { a.Watch.Threshold = math.NaN() }, "threshold"},
		"an odd choice":             {func(a *alarm.Alarm) { a.Watch.Missing = "hope" }, "TreatMissingData"},
		"samples of a sum":          {func(a *alarm.Alarm) { a.Watch.LowSamples = alarm.LowSamplesIgnored }, "percentiles"},
		"an odd sample choice":      {func(a *alarm.Alarm) { a.Watch.LowSamples = "guess" }, "EvaluateLowSampleCountPercentile"},
		"a name that no metric has": {func(a *alarm.Alarm) { a.Watch.Metric = "ü" }, "metric name"},
		"a dimension twice": {func(a *alarm.Alarm) {
			a.Watch.Dimensions = []metric.Dimension{{Name: "a", Value: "1"}, {Name: "a", Value: "2"}}
		}, "dimension"},
		"eleven queries": {query(func(w *alarm.Watch) {
			for _, id := range strings.Fields("a b c d f g h i j") {
				w.Queries = append(w.Queries, alarm.Query{ID: id, Expression: "m", Hidden: true})
			}
		}), "at most 10"},
		"both":             {query(func(w *alarm.Watch) { w.Metric = "errors" }), "metrics list"},
		"two answers":      {query(func(w *alarm.Watch) { w.Queries[0].Hidden = false }), "Exactly one"},
		"no answer":        {query(func(w *alarm.Watch) { w.Queries[1].Hidden = true }), "Exactly one"},
		"a scalar":         {query(func(w *alarm.Watch) { w.Queries[1].Expression = "SUM(m)" }), ""},
		"many series":      {query(func(w *alarm.Watch) { w.Queries[1].Expression = "METRICS()" }), "single time series"},
		"a search":         {query(func(w *alarm.Watch) { w.Queries[1].Expression = "SUM(SEARCH('{shop} errors', 'Sum', 60))" }), "SEARCH is not supported on Metric Alarms."},
		"no mathematics":   {query(func(w *alarm.Watch) { w.Queries[1].Expression = "m +" }), "'e'"},
		"unlike periods":   {query(func(w *alarm.Watch) { w.Queries[1].Period = time.Hour }), "one period"},
		"a nameless query": {query(func(w *alarm.Watch) { w.Queries[0].Metric = "" }), "neither"},
		"a query's mean":   {query(func(w *alarm.Watch) { w.Queries[0].Statistic = "Mean" }), "percentile"},
		"a query's period": {query(func(w *alarm.Watch) { w.Queries[0].Period = 7 * time.Second }), "10, 20, 30"},
	} {
		a := over("a", 5)
		tt.change(&a)
		err := b.Put(t.Context(), a)
		wantFault(t, err, fault.Invalid, "alarm")
		if err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v, want one that says %q", name, err, tt.says)
		}
	}
}

func TestAlarmsAtTheLimits(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		for name, change := range map[string]func(*alarm.Watch){
			"a day":       func(w *alarm.Watch) { w.Periods, w.Datapoints = 1440, 1440 },
			"a week":      func(w *alarm.Watch) { w.Period, w.Periods = time.Hour, 168 },
			"twenty":      func(w *alarm.Watch) { w.Period = 20 * time.Second },
			"trimmed":     func(w *alarm.Watch) { w.Statistic = "TM(10%:90%)" },
			"percentiles": func(w *alarm.Watch) { w.Statistic, w.LowSamples = "p99.95", alarm.LowSamplesEvaluated },
		} {
			a := over(name, 5)
			change(a.Watch)
			if err := b.Put(t.Context(), a); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		b.put(t, composite("c", "TRUE"))
		wantFault(t, b.Put(t.Context(), over("c", 5)), fault.Conflict, "alarm")
	})
}

// Alarms over metric math are evaluated like others.
func TestAnAlarmOverMetricMath(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		a := alarm.Alarm{Scope: scope, Name: "rate", Watch: &alarm.Watch{
			Periods: 1, Operator: alarm.Above, Threshold: 10,
			Queries: []alarm.Query{
				{ID: "errors", Namespace: "shop", Metric: "errors", Statistic: metric.Sum, Period: time.Minute, Hidden: true},
				{ID: "calls", Namespace: "shop", Metric: "calls", Statistic: metric.Sum, Period: time.Minute, Hidden: true},
				{ID: "rate", Expression: "100 * errors / calls", Label: "rate"},
			},
		}}
		b.put(t, a)
		b.metrics.measure("errors", 1)
		b.metrics.measure("calls", 4)
		after(time.Minute)
		s := b.get(t, "rate").Status
		if want := "Threshold Crossed: 1 datapoint [25.0 (01/01/00 00:00:00)] was greater than the threshold (10.0)."; s.Reason != want {
			t.Errorf("%s, want\n%s", s.Reason, want)
		}
		if strings.Contains(s.ReasonData, "statistic") || !strings.Contains(s.ReasonData, `"period":60`) {
			t.Error(s.ReasonData)
		}
		for range 4 {
			b.metrics.measure("errors", 1)
			b.metrics.measure("calls", 40)
			after(time.Minute)
		}
		b.wantState(t, "rate", alarm.OK)
	})
}

// Another account's metrics are none of this one's.
func TestQueriesOfOtherAccountsHaveNoPoints(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		a := alarm.Alarm{Scope: scope, Name: "far", Watch: &alarm.Watch{Periods: 1, Operator: alarm.Above, Queries: []alarm.Query{
			{ID: "m", Namespace: "shop", Metric: "m", Statistic: metric.Sum, Period: time.Minute, Account: "000000000000"},
		}}}
		b.put(t, a)
		b.metrics.measure("m", 1)
		after(time.Minute)
		b.wantState(t, "far", alarm.InsufficientData)
	})
}
