package storetest

import (
	"time"

	"sluice/internal/alarm"
	"sluice/internal/metric"
)

// NewAlarm returns a metric alarm with every field set, though no alarm has both a metric and metric math.
func NewAlarm(name string) *alarm.Alarm {
	dimensions := []metric.Dimension{{Name: "FunctionName", Value: "calculator"}, {Name: "Resource", Value: "calculator:LIVE"}}
	return &alarm.Alarm{
		Scope: scope, Name: name, Description: "too many errors",
		Actions: alarm.Actions{
			Enabled: true, OK: []string{"arn:aws:sns:eu-central-1:123456789012:fine"},
			Alarm: []string{"arn:aws:sns:eu-central-1:123456789012:page"}, InsufficientData: []string{"arn:aws:sns:eu-central-1:123456789012:odd"},
		},
		Tags: map[string]string{"team": "payments", "empty": ""},
		Watch: &alarm.Watch{
			Namespace: "AWS/Lambda", Metric: "Errors", Dimensions: dimensions, Statistic: "p99.9", Unit: "Count", Period: time.Minute,
			Queries: []alarm.Query{{
				ID: "m1", Label: "errors", Expression: "m2 / 2", Hidden: true, Account: "000000000000", Namespace: "AWS/Lambda",
				Metric: "Errors", Dimensions: dimensions, Statistic: "Sum", Unit: "Count", Period: time.Minute,
			}},
			Periods: 3, Datapoints: 2, Operator: alarm.AtLeast, Threshold: 0.1, Missing: alarm.MissingIsNotBreaching,
			LowSamples: alarm.LowSamplesIgnored,
		},
		Configured: when, Status: newAlarmStatus(alarm.Ringing),
		Pending: []alarm.Pending{{Before: newAlarmStatus(alarm.OK), After: newAlarmStatus(alarm.Ringing), Actions: []string{"arn:aws:sns:eu-central-1:123456789012:page"}}},
	}
}

// NewCompositeAlarm returns a composite alarm with every field set.
func NewCompositeAlarm(name string) *alarm.Alarm {
	a := NewAlarm(name)
	a.Watch, a.Composite = nil, &alarm.Composite{
		Rule: `ALARM("a") OR ALARM(b)`, Suppressor: "maintenance", Wait: time.Minute, Extension: 2 * time.Minute,
	}
	before := newAlarmStatus(alarm.OK)
	a.Status.Suppressed = alarm.Suppression{By: alarm.SuppressedByAlarm, Reason: "maintenance rings", Since: when.Add(time.Second), Held: &before}
	return a
}

func newAlarmStatus(s alarm.State) alarm.Status {
	return alarm.Status{
		State: s, Reason: "Threshold Crossed", ReasonData: `{"version":"1.0"}`, Updated: when.Add(time.Hour), Transitioned: when.Add(time.Minute),
		Rang: when.Add(2 * time.Minute),
	}
}

// NewHistoryItem returns a change of state that happened so many microseconds after the first. It has what items of other
// kinds have, too, and no number.
func NewHistoryItem(name string, micros int) *alarm.HistoryItem {
	return &alarm.HistoryItem{
		Scope: scope, Alarm: name, Composite: true, Time: when.Add(time.Duration(micros) * time.Microsecond), Kind: alarm.StateUpdate,
		Summary:       "Alarm updated from OK to ALARM",
		Transition:    &alarm.Transition{Before: newAlarmStatus(alarm.OK), After: newAlarmStatus(alarm.Ringing)},
		Configuration: &alarm.Configuration{Before: NewAlarm(name), After: NewCompositeAlarm(name)},
		Execution:     &alarm.Execution{Action: "arn:aws:sns:eu-central-1:123456789012:page", State: alarm.Ringing, Since: when, Error: "no topic"},
	}
}
