package codedeploy

import (
	"slices"

	shape "sluice/internal/api/shape/codedeploy"
	"sluice/internal/rollout"
)

// What guards a deployment is configured for a group and can be overridden for a deployment; both are read and shown
// here. It is kept and shown, and has no effect yet.

// rollbackEvents are all the events, in the order in which AWS shows them (printed in tests/test_seed_003.py).
var rollbackEvents = []string{"DEPLOYMENT_STOP_ON_REQUEST", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_FAILURE"}

// rollback reads a configuration; nil stays nil.
func rollback(c *shape.AutoRollbackConfiguration) *rollout.Rollback {
	if c == nil {
		return nil
	}
	events := []string{}
	for _, event := range rollbackEvents {
		if slices.Contains(c.Events, event) {
			events = append(events, event)
		}
	}
	return &rollout.Rollback{Enabled: value(c.Enabled), Events: events}
}

func rollbackConfiguration(r rollout.Rollback) *shape.AutoRollbackConfiguration {
	if r.Events == nil {
		return nil
	}
	return &shape.AutoRollbackConfiguration{Enabled: &r.Enabled, Events: r.Events}
}

// alarms reads a configuration; nil stays nil.
func alarms(c *shape.AlarmConfiguration) *rollout.Alarms {
	if c == nil {
		return nil
	}
	names := []string{}
	for _, a := range c.Alarms {
		names = append(names, value(a.Name))
	}
	return &rollout.Alarms{Enabled: value(c.Enabled), IgnoreFailures: value(c.IgnorePollAlarmFailure), Names: names}
}

func alarmConfiguration(a rollout.Alarms) *shape.AlarmConfiguration {
	if a.Names == nil {
		return nil
	}
	shown := &shape.AlarmConfiguration{Enabled: &a.Enabled, IgnorePollAlarmFailure: &a.IgnoreFailures, Alarms: []shape.Alarm{}}
	for _, name := range a.Names {
		shown.Alarms = append(shown.Alarms, shape.Alarm{Name: &name})
	}
	return shown
}
