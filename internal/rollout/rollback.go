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

// A failed deployment that is to be rolled back is followed by another one, which owns the alias from the moment that the
// first lets it go. Its target is the version that the first came from; it runs no hooks and heeds no alarms, and if it
// is stopped the traffic goes to its target all the same.

const (
	userCreator     = "user"
	rollbackCreator = "codeDeployRollback" // the field's term, printed by real deployments
)

// rollback returns the deployment that rolls d back.
func (d *Deployment) rollback() *Deployment {
	spec := Spec{Function: d.Spec.Function, Alias: d.Spec.Alias, Current: d.Spec.Target, Target: d.Spec.Current}
	back := &Deployment{
		Scope: d.Scope, ID: d.RollbackID, RollbackOf: d.ID, Application: d.Application, Group: d.Group, Config: DefaultConfig,
		Creator: rollbackCreator, Revision: Revision{Type: d.Revision.Type, Content: spec.content()}, Previous: d.Previous,
		Spec: spec, Created: now(),
	}
	_ = back.Revision.check() // completes the hash; the content is neither empty nor long
	back.State = State{Plan: []Shift{{Percent: 100}}, Percent: 100 - d.State.Percent, Return: true}
	if d.State.Gradual {
		back.Config, back.State.Plan = d.Options.Rollback, remaining(d.RollbackPlan, back.State.Percent)
	}
	return back
}

// remaining are the shifts of a plan that give more than a share that is reached already.
func remaining(plan []Shift, percent int) []Shift {
	for len(plan) > 1 && plan[0].Percent <= percent {
		plan = plan[1:]
	}
	return plan
}

// planRollback fixes when and how the deployment is rolled back.
func (d *Deployment) planRollback(r Reader) error {
	d.State.RollbackOn = d.Rollback.causes()
	if d.Options.Rollback == "" {
		return nil
	}
	c, err := config(r, d.Scope, d.Options.Rollback)
	if fault.Is(err, fault.NotFound, "") {
		return nil // it was deleted after it was set: all at once is the safe way
	} else if err != nil {
		return err
	}
	if c.Strategy != AllAtOnce {
		d.RollbackPlan, d.State.Gradual = c.Plan(), true
	}
	return nil
}
