package codedeploy

import (
	"slices"

	shape "sluice/internal/api/shape/codedeploy"
	"sluice/internal/api/wire"
	"sluice/internal/rollout"
)

// rollbackEvents are all the events, in the order in which AWS shows them (printed in tests/test_seed_003.py).
var rollbackEvents = []rollout.RollbackEvent{rollout.OnStop, rollout.OnAlarm, rollout.OnFailure}

// rollback reads a configuration; nil stays nil.
func rollback(c *shape.AutoRollbackConfiguration) *rollout.Rollback {
	if c == nil {
		return nil
	}
	events := []rollout.RollbackEvent{}
	for _, event := range rollbackEvents {
		if slices.Contains(c.Events, string(event)) {
			events = append(events, event)
		}
	}
	return &rollout.Rollback{Enabled: wire.Value(c.Enabled), Events: events}
}

func rollbackConfiguration(r rollout.Rollback) *shape.AutoRollbackConfiguration {
	if r.Events == nil {
		return nil
	}
	shown := &shape.AutoRollbackConfiguration{Enabled: &r.Enabled, Events: []string{}}
	for _, event := range r.Events {
		shown.Events = append(shown.Events, string(event))
	}
	return shown
}

// rollbackInfo links a deployment with the one that rolls it back, in AWS's words (printed in tests/test_seed_003.py and in
// a run of 2026-08-08).
func rollbackInfo(d *rollout.Deployment) *shape.RollbackInfo {
	switch {
	case d.RollbackOf != "":
		return &shape.RollbackInfo{RollbackTriggeringDeploymentId: &d.RollbackOf,
			RollbackMessage: new("Deployment " + d.ID + " is triggered to roll back deployment " + d.RollbackOf + ".")}
	case d.RollbackID != "" && d.Released:
		return &shape.RollbackInfo{RollbackDeploymentId: &d.RollbackID,
			RollbackMessage: new("Deployment " + d.ID + " terminated. Automatic rollback is triggered with a DeploymentId " + d.RollbackID + ".")}
	}
	return &shape.RollbackInfo{}
}
