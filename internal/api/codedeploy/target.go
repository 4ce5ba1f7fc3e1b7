package codedeploy

import (
	"context"
	"time"

	shape "sluice/internal/api/shape/codedeploy"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/rollout"
)

// A deployment has one target: its function's alias. Its ID is the function's name (AWS's page
// "BatchGetDeploymentTargets").

// targetStatus is a target's status while its deployment has one.
func targetStatus(of rollout.Status) rollout.Status {
	switch of {
	case rollout.Created:
		return rollout.Pending
	case rollout.Stopped:
		return rollout.Failed
	}
	return of
}

func target(d *rollout.Deployment) *shape.DeploymentTarget {
	id := d.Function()
	return &shape.DeploymentTarget{
		DeploymentTargetType: new("LambdaTarget"),
		LambdaTarget: &shape.LambdaTarget{
			DeploymentId: &d.ID, TargetId: &id.Name, TargetArn: new(id.Qualified(d.Spec.Alias)),
			Status: new(string(targetStatus(d.Status()))), LastUpdatedAt: at(lastUpdate(d)), LifecycleEvents: events(d),
			LambdaFunctionInfo: &shape.LambdaFunctionInfo{
				FunctionName: &id.Name, FunctionAlias: &d.Spec.Alias, CurrentVersion: new(d.Spec.Current.String()),
				TargetVersion: new(d.Spec.Target.String()), TargetVersionWeight: new(float64(d.State.Percent) / 100),
			},
		},
	}
}

// events shows the three lifecycle events, of which those to come have no times.
func events(d *rollout.Deployment) []shape.LifecycleEvent {
	shown := make([]shape.LifecycleEvent, len(d.State.Phases))
	for i, p := range d.State.Phases {
		status := p.Status
		if status == "" {
			status = rollout.Pending
		}
		shown[i] = shape.LifecycleEvent{
			LifecycleEventName: new(rollout.PhaseName(i).String()), Status: new(string(status)), StartTime: at(p.Start), EndTime: at(p.End),
			Diagnostics: diagnostics(p, d.State.Failure),
		}
	}
	return shown
}

func lastUpdate(d *rollout.Deployment) time.Time {
	last := d.Created
	times := []time.Time{d.State.Started, d.State.Completed}
	for _, p := range d.State.Phases {
		times = append(times, p.Start, p.End)
	}
	for _, t := range times {
		if t.After(last) {
			last = t
		}
	}
	return last
}

// started returns a deployment that has a target to look at.
func (a *api) started(ctx context.Context, r *wire.Request, id *string) (*rollout.Deployment, error) {
	d, err := a.rollouts.Deployment(ctx, scope(r), wire.Value(id))
	if err != nil {
		return nil, err
	}
	if d.State.Started.IsZero() {
		return nil, fault.Errorf(fault.Conflict, "deployment unstarted", "The deployment %s has not started", d.ID)
	}
	return d, nil
}

// targetIDs are the IDs of a deployment's targets: none if its revision can't be read.
func targetIDs(d *rollout.Deployment) []string {
	if d.Spec.Function == "" {
		return []string{}
	}
	return []string{d.Spec.Function}
}

func (a *api) listTargets(ctx context.Context, r *wire.Request, in *shape.ListDeploymentTargetsInput) (*shape.ListDeploymentTargetsOutput, error) {
	d, err := a.started(ctx, r, in.DeploymentId)
	if err != nil {
		return nil, err
	}
	ids, err := filtered(d, in.TargetFilters)
	if err != nil {
		return nil, err
	}
	shown, next, err := page(targets, ids, in.NextToken)
	return &shape.ListDeploymentTargetsOutput{TargetIds: shown, NextToken: next}, err
}

// filtered keeps the target if its status is asked for. The other filter is about servers.
func filtered(d *rollout.Deployment, filters map[string][]string) ([]string, error) {
	ids := targetIDs(d)
	for name, wanted := range filters {
		if name != "TargetStatus" {
			return nil, fault.Errorf(fault.Invalid, "filter", "The filter %q is not one for the compute platform Lambda: use TargetStatus", name)
		}
		status, kept := string(targetStatus(d.Status())), false
		for _, each := range wanted {
			kept = kept || each == status
		}
		if !kept {
			ids = []string{}
		}
	}
	return ids, nil
}

func (a *api) getTarget(ctx context.Context, r *wire.Request, in *shape.GetDeploymentTargetInput) (*shape.GetDeploymentTargetOutput, error) {
	d, err := a.started(ctx, r, in.DeploymentId)
	if err != nil {
		return nil, err
	}
	if err := checkTarget(d, wire.Value(in.TargetId)); err != nil {
		return nil, err
	}
	return &shape.GetDeploymentTargetOutput{DeploymentTarget: target(d)}, nil
}

func checkTarget(d *rollout.Deployment, id string) error {
	if id == "" {
		return fault.Errorf(fault.Invalid, "target required", "The ID of the target must be specified")
	}
	for _, known := range targetIDs(d) {
		if id == known {
			return nil
		}
	}
	return fault.Errorf(fault.NotFound, "target", "The deployment %s has no target %q; list-deployment-targets lists what it has", d.ID, id)
}

func (a *api) batchGetTargets(ctx context.Context, r *wire.Request, in *shape.BatchGetDeploymentTargetsInput) (*shape.BatchGetDeploymentTargetsOutput, error) {
	switch {
	case len(in.TargetIds) == 0:
		return nil, fault.Errorf(fault.Invalid, "target required", "A batch must have at least one target")
	case len(in.TargetIds) > maxDeploymentsBatch:
		return nil, fault.Errorf(fault.Limit, "targets", "A batch can have at most %d targets, not %d", maxDeploymentsBatch, len(in.TargetIds))
	}
	d, err := a.started(ctx, r, in.DeploymentId)
	if err != nil {
		return nil, err
	}
	out := &shape.BatchGetDeploymentTargetsOutput{DeploymentTargets: []shape.DeploymentTarget{}}
	for _, id := range in.TargetIds {
		if err := checkTarget(d, id); err != nil {
			return nil, err
		}
		out.DeploymentTargets = append(out.DeploymentTargets, *target(d))
	}
	return out, nil
}
