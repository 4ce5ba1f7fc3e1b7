package rollout

import (
	"slices"

	"sluice/internal/fault"
)

// RollbackEvent is what a rollback deployment may follow. The values are the field's terms: records keep them.
type RollbackEvent string

// The events of automatic rollback.
const (
	OnFailure RollbackEvent = "DEPLOYMENT_FAILURE"
	OnAlarm   RollbackEvent = "DEPLOYMENT_STOP_ON_ALARM"
	OnStop    RollbackEvent = "DEPLOYMENT_STOP_ON_REQUEST"
)

// Rollback says when a deployment is to be rolled back by itself. Nil events: it was never configured.
type Rollback struct {
	Enabled bool
	Events  []RollbackEvent
}

// Alarms are the alarms that are to stop a deployment. Nil names: they were never configured.
type Alarms struct {
	Enabled        bool
	IgnoreFailures bool // go on if the alarms' states can't be read
	Names          []string
}

// maxAlarms is how many alarms a group or a deployment may have (AWS's page "CodeDeploy quotas").
const maxAlarms = 10

func (r Rollback) validate() error {
	if r.Enabled && len(r.Events) == 0 {
		return fault.Errorf(fault.Invalid, "rollback", "Automatic rollback is enabled without an event that starts it")
	}
	return nil
}

// causes are the failures that a rollback follows. None follows a deployment that could not use its AppSpec file or its
// alias: it has moved nothing.
func (r Rollback) causes() (causes []Cause) {
	if !r.Enabled {
		return nil
	}
	for _, each := range []struct {
		event  RollbackEvent
		causes []Cause
	}{{OnFailure, []Cause{HookFailed, HookTimedOut}}, {OnAlarm, []Cause{AlarmRang, TargetWorse}}, {OnStop, []Cause{StopAsked}}} {
		if slices.Contains(r.Events, each.event) {
			causes = append(causes, each.causes...)
		}
	}
	return causes
}

func (a Alarms) validate() error {
	if len(a.Names) > maxAlarms {
		return fault.Errorf(fault.Limit, "alarms", "A deployment group can have at most %d alarms", maxAlarms)
	}
	if a.Enabled && len(a.Names) == 0 {
		return fault.Errorf(fault.Invalid, "alarms", "Alarms are enabled without an alarm")
	}
	seen := map[string]bool{}
	for _, name := range a.Names {
		if name == "" || len(name) > 255 || seen[name] {
			return fault.Errorf(fault.Invalid, "alarms", "'%s' is not a valid alarm name here: names are 1 to 255 characters long and unique", name)
		}
		seen[name] = true
	}
	return nil
}
