package alarm_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"sluice/internal/alarm"
	"sluice/internal/metric"
)

// series returns points that end at 14:03, a minute apart, the oldest first.
func series(values ...float64) (list []metric.Point) {
	for i, v := range values {
		list = append(list, metric.Point{Time: evaluated.Add(-time.Duration(len(values)-i+1) * time.Minute), Value: v, Samples: 2})
	}
	return list
}

func TestReasons(t *testing.T) {
	const sum = "Threshold Crossed: "
	set := func(periods, needed int, change func(*alarm.Watch)) func(*alarm.Watch) {
		return func(w *alarm.Watch) {
			w.Periods, w.Datapoints = periods, needed
			if change != nil {
				change(w)
			}
		}
	}
	missing := func(m alarm.Missing) func(*alarm.Watch) { return func(w *alarm.Watch) { w.Missing = m } }
	threshold := func(o alarm.Operator, v float64) func(*alarm.Watch) {
		return func(w *alarm.Watch) { w.Operator, w.Threshold = o, v }
	}
	for name, tt := range map[string]struct {
		watch  func(*alarm.Watch)
		before alarm.State
		points []metric.Point
		want   string
	}{
		"one breaches": {set(1, 0, threshold(alarm.Above, 21)), alarm.OK, series(21.5),
			sum + "1 datapoint [21.5 (01/09/23 14:03:00)] was greater than the threshold (21.0)."},
		"some do not": {set(2, 0, threshold(alarm.Above, 42)), alarm.InsufficientData, series(1, 0),
			sum + "2 datapoints [0.0 (01/09/23 14:03:00), 1.0 (01/09/23 14:02:00)] were not greater than the threshold (42.0)."},
		"a number of them was given": {set(2, 2, threshold(alarm.Above, 10)), alarm.OK, series(11.48, 15.39),
			sum + "2 out of the last 2 datapoints [15.39 (01/09/23 14:03:00), 11.48 (01/09/23 14:02:00)] were greater than the threshold (10.0) (minimum 2 datapoints for OK -> ALARM transition)."},
		"and one does not": {set(1, 1, threshold(alarm.Above, 10)), alarm.Ringing, series(1),
			sum + "1 out of the last 1 datapoints [1.0 (01/09/23 14:03:00)] was not greater than the threshold (10.0) (minimum 1 datapoint for ALARM -> OK transition)."},
		"only the deciding side is listed": {set(3, 2, threshold(alarm.Below, 10)), alarm.OK, series(1, 20, 2),
			sum + "2 out of the last 3 datapoints [2.0 (01/09/23 14:03:00), 1.0 (01/09/23 14:01:00)] were less than the threshold (10.0) (minimum 2 datapoints for OK -> ALARM transition)."},
		"at least":    {set(1, 0, threshold(alarm.AtLeast, 1)), alarm.OK, series(1), sum + "1 datapoint [1.0 (01/09/23 14:03:00)] was greater than or equal to the threshold (1.0)."},
		"at most":     {set(1, 0, threshold(alarm.AtMost, 1)), alarm.OK, series(1), sum + "1 datapoint [1.0 (01/09/23 14:03:00)] was less than or equal to the threshold (1.0)."},
		"not at most": {set(1, 0, threshold(alarm.AtMost, 1)), alarm.Ringing, series(2), sum + "1 datapoint [2.0 (01/09/23 14:03:00)] was not less than or equal to the threshold (1.0)."},
		"many": {set(6, 6, nil), alarm.OK, series(6, 7, 8, 9, 10, 11),
			sum + "6 out of the last 6 datapoints were greater than the threshold (5.0). The most recent datapoints which crossed the threshold: [11.0 (01/09/23 14:03:00), 10.0 (01/09/23 14:02:00), 9.0 (01/09/23 14:01:00), 8.0 (01/09/23 14:00:00), 7.0 (01/09/23 13:59:00)] (minimum 6 datapoints for OK -> ALARM transition)."},
		"many, all needed": {set(5, 0, nil), alarm.OK, series(6, 7, 8, 9, 10),
			sum + "5 datapoints were greater than the threshold (5.0). The most recent datapoints which crossed the threshold: [10.0 (01/09/23 14:03:00), 9.0 (01/09/23 14:02:00), 8.0 (01/09/23 14:01:00), 7.0 (01/09/23 14:00:00), 6.0 (01/09/23 13:59:00)]."},
		"nothing came, which breaches": {set(2, 0, missing(alarm.MissingIsBreaching)), alarm.OK, nil,
			sum + "no datapoints were received for 2 periods and 2 missing datapoints were treated as [Breaching]."},
		"nothing came, which is fine": {set(1, 0, missing(alarm.MissingIsNotBreaching)), alarm.Ringing, nil,
			sum + "no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching]."},
		"little came": {set(3, 2, missing(alarm.MissingIsBreaching)), alarm.OK, series(1),
			sum + "1 datapoint was received for 3 periods and 2 missing datapoints were treated as [Breaching]."},
		"one is unknown":   {set(1, 0, nil), alarm.OK, nil, "Insufficient Data: 1 datapoint was unknown."},
		"some are unknown": {set(3, 0, nil), alarm.OK, nil, "Insufficient Data: 3 datapoints were unknown."},
	} {
		w := watch(tt.watch)
		if got := alarm.Evaluate(w, w.Window(evaluated.Add(-time.Minute), 1), tt.points, tt.before, evaluated); got.Reason != tt.want {
			t.Errorf("%s:\n%s, want\n%s", name, got.Reason, tt.want)
		}
	}
}

func TestReasonsHaveALimit(t *testing.T) {
	w := watch(func(w *alarm.Watch) { w.Periods, w.Datapoints = 500, 500 })
	values := make([]float64, 500)
	for i := range values {
		values[i] = 1e300/3 + float64(i)
	}
	got := alarm.Evaluate(w, w.Window(evaluated.Add(-time.Minute), 1), series(values...), alarm.OK, evaluated)
	if got.State != alarm.Ringing || len(got.Reason) > 1023 {
		t.Errorf("%s: %d characters", got.State, len(got.Reason))
	}
}

func TestReasonData(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*alarm.Watch)
		points []metric.Point
		want   string
	}{
		"points, the oldest first and the newest first": {
			func(w *alarm.Watch) { w.Periods, w.Unit = 2, "Percent" }, series(11.5, 15),
			`{"version":"1.0","queryDate":"2023-09-01T14:05:42.271+0000","startDate":"2023-09-01T14:02:00.000+0000","unit":"Percent","statistic":"Sum","period":60,` +
				`"recentDatapoints":[11.5,15.0],"threshold":5.0,"evaluatedDatapoints":[` +
				`{"timestamp":"2023-09-01T14:03:00.000+0000","sampleCount":2.0,"value":15.0},{"timestamp":"2023-09-01T14:02:00.000+0000","sampleCount":2.0,"value":11.5}]}`,
		},
		"no point": {
			func(w *alarm.Watch) { w.Periods, w.Missing = 2, alarm.MissingIsBreaching }, nil,
			`{"version":"1.0","queryDate":"2023-09-01T14:05:42.271+0000","statistic":"Sum","period":60,"recentDatapoints":[],"threshold":5.0,` +
				`"evaluatedDatapoints":[{"timestamp":"2023-09-01T14:03:00.000+0000"},{"timestamp":"2023-09-01T14:02:00.000+0000"}]}`,
		},
		"metric math": {
			func(w *alarm.Watch) {
				w.Queries = []alarm.Query{{ID: "m", Metric: "m", Period: time.Minute}}
				w.Namespace, w.Metric, w.Statistic, w.Period = "", "", "", 0
			}, []metric.Point{{Time: evaluated.Add(-2 * time.Minute), Value: 6}},
			`{"version":"1.0","queryDate":"2023-09-01T14:05:42.271+0000","startDate":"2023-09-01T14:03:00.000+0000","period":60,"recentDatapoints":[6.0],"threshold":5.0,` +
				`"evaluatedDatapoints":[{"timestamp":"2023-09-01T14:03:00.000+0000","value":6.0}]}`,
		},
	} {
		w := watch(tt.change)
		got := alarm.Evaluate(w, w.Window(evaluated.Add(-time.Minute), 1), tt.points, alarm.OK, evaluated.Add(42271*time.Millisecond)).ReasonData
		if got != tt.want || !json.Valid([]byte(got)) {
			t.Errorf("%s:\n%s, want\n%s", name, got, tt.want)
		}
	}
}

// Numbers are written as Java's Double.toString writes them.
func TestNumbers(t *testing.T) {
	for value, want := range map[float64]string{
		1: "1.0", 70: "70.0", 0.0666851903306472: "0.0666851903306472", -1.5: "-1.5", 9999999: "9999999.0",
		1e7: "1.0E7", 12345678: "1.2345678E7", 0.001: "0.001", 0.0001: "1.0E-4", 1.5e-10: "1.5E-10", -2e100: "-2.0E100",
	} {
		w := watch(func(w *alarm.Watch) { w.Operator, w.Threshold = alarm.AtLeast, value })
		got := alarm.Evaluate(w, w.Window(evaluated.Add(-time.Minute), 1), series(value), alarm.OK, evaluated)
		if !strings.Contains(got.Reason, "threshold ("+want+")") || !strings.Contains(got.ReasonData, `"threshold":`+want+",") {
			t.Errorf("%g is written as %s in %s", value, got.Reason, got.ReasonData)
		}
	}
}

func TestReasonDataListsTheNewestHundredPoints(t *testing.T) {
	w := *over("a", 5).Watch
	w.Period, w.Periods = 10*time.Second, 8640
	at := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	window := w.Window(at, 1)
	var points []metric.Point
	for from := window.From; from.Before(window.To); from = from.Add(window.Period) {
		points = append(points, metric.Point{Time: from, Value: 10, Samples: 1})
	}
	for name, tt := range map[string]struct {
		points []metric.Point
		before alarm.State
		recent int
	}{"of points": {points, alarm.OK, 100}, "of none": {nil, alarm.OK, 0}} {
		t.Run(name, func(t *testing.T) {
			var data struct {
				Recent    []float64                    `json:"recentDatapoints"`
				Evaluated []struct{ Timestamp string } `json:"evaluatedDatapoints"`
			}
			if err := json.Unmarshal([]byte(alarm.Evaluate(&w, window, tt.points, tt.before, at).ReasonData), &data); err != nil {
				t.Fatal(err)
			}
			if len(data.Recent) != tt.recent || len(data.Evaluated) != 100 {
				t.Fatalf("%d recent and %d evaluated points, want %d and 100", len(data.Recent), len(data.Evaluated), tt.recent)
			}
			if newest := data.Evaluated[0].Timestamp; newest != "2026-07-01T11:59:50.000+0000" {
				t.Errorf("the first is of %s, want the newest", newest)
			}
		})
	}
}
