package cloudwatch

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"sluice/internal/alarm"
	"sluice/internal/metric"
)

var moment = time.Date(2026, 3, 1, 12, 0, 0, 123456789, time.UTC)

func change(a alarm.Alarm) alarm.Change {
	a.Scope, a.Configured = here, moment.Add(-time.Hour)
	a.Status = alarm.Status{State: alarm.Ringing, Reason: "it is <high>", ReasonData: `{"version":"1.0"}`, Updated: moment, Transitioned: moment}
	return alarm.Change{Alarm: &a, Before: alarm.Status{
		State: alarm.OK, Reason: "it was low", Updated: moment.Add(-time.Minute), Transitioned: moment.Add(-time.Minute)}}
}

func metricAlarmOf(w alarm.Watch) alarm.Alarm {
	return alarm.Alarm{Name: "high", Description: "is it?", Watch: &w}
}

var (
	single = alarm.Watch{
		Namespace: "n", Metric: "m", Dimensions: []metric.Dimension{{Name: "d", Value: "v"}}, Statistic: metric.Average,
		Unit: "Percent", Period: time.Minute, Periods: 1, Operator: alarm.Above, Threshold: 1,
	}
	ratio = alarm.Watch{
		Queries: []alarm.Query{
			{ID: "e", Expression: "m*2", Label: "double"},
			{ID: "m", Hidden: true, Namespace: "n", Metric: "m", Statistic: "p99", Period: 10 * time.Second},
		},
		Periods: 2, Datapoints: 1, Operator: alarm.Below, Threshold: 0.5, Missing: alarm.MissingIsIgnored,
	}
	rule = alarm.Alarm{Name: "any", Composite: &alarm.Composite{Rule: `ALARM("high")`, Suppressor: "quiet", Wait: time.Minute, Extension: 2 * time.Minute}}
)

// The golden file is what a function gets: the members of AWS's examples in "Invoke a Lambda function from an alarm".
func TestActionEvent(t *testing.T) {
	suppressed := change(rule)
	suppressed.Alarm.Status.Suppressed = alarm.Suppression{By: alarm.SuppressedByAlarm, Reason: "quiet is in ALARM"}
	var got bytes.Buffer
	for _, c := range []alarm.Change{change(metricAlarmOf(single)), change(metricAlarmOf(ratio)), suppressed} {
		event, err := ActionEvent(c)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Indent(&got, event, "", "  "); err != nil {
			t.Fatalf("%v in %s", err, event)
		}
		got.WriteByte('\n')
	}
	compareGolden(t, "actionevent", got.Bytes())
}

func TestTheOnlyMetricOfAnAlarmKeepsItsID(t *testing.T) {
	if a, b := queryID("a"), queryID("b"); a == b || a != queryID("a") || !requestID.MatchString(a) || len(a) != 36 {
		t.Errorf("ids %s, %s", a, b)
	}
}
