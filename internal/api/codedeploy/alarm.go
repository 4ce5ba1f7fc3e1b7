package codedeploy

import (
	shape "sluice/internal/api/shape/codedeploy"
	"sluice/internal/api/wire"
	"sluice/internal/rollout"
)

// alarms reads a configuration; nil stays nil.
func alarms(c *shape.AlarmConfiguration) *rollout.Alarms {
	if c == nil {
		return nil
	}
	names := []string{}
	for _, a := range c.Alarms {
		names = append(names, wire.Value(a.Name))
	}
	return &rollout.Alarms{Enabled: wire.Value(c.Enabled), IgnoreFailures: wire.Value(c.IgnorePollAlarmFailure), Names: names}
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
