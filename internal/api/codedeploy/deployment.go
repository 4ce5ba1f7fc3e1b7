package codedeploy

import (
	"context"
	"reflect"
	"time"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/codedeploy"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/rollout"
)

// codes are AWS's names for the causes of a failure.
var codes = map[rollout.Cause]string{
	rollout.BadConfiguration: "INVALID_LAMBDA_CONFIGURATION",
	rollout.MissingFunction:  "INVALID_LAMBDA_FUNCTION",
	rollout.HookFailed:       "HOOK_EXECUTION_FAILURE",
	rollout.HookTimedOut:     "TIMEOUT",
	rollout.AlarmRang:        "ALARM_ACTIVE",
	rollout.TargetWorse:      "ALARM_ACTIVE",
	rollout.StopAsked:        "MANUAL_STOP",
}

// fileBehavior is what AWS shows for a setting that concerns no function.
const fileBehavior = "DISALLOW"

func (a *api) createDeployment(ctx context.Context, r *wire.Request, in *shape.CreateDeploymentInput) (*shape.CreateDeploymentOutput, error) {
	if err := checkDeployment(in); err != nil {
		return nil, err
	}
	rev, err := revision(in.Revision)
	if err != nil {
		return nil, err
	}
	made, err := a.rollouts.CreateDeployment(ctx, rollout.Request{
		Scope: scope(r), Application: wire.Value(in.ApplicationName), Group: wire.Value(in.DeploymentGroupName),
		Config: wire.Value(in.DeploymentConfigName), Description: wire.Value(in.Description), Revision: rev,
		Rollback: rollback(in.AutoRollbackConfiguration), Alarms: alarms(in.OverrideAlarmConfiguration),
	})
	if err != nil {
		return nil, err
	}
	return &shape.CreateDeploymentOutput{DeploymentId: &made.ID}, nil
}

// checkDeployment refuses what concerns servers, and a request without a group (AWS's page "CreateDeployment").
func checkDeployment(in *shape.CreateDeploymentInput) error {
	switch {
	case wire.Value(in.DeploymentGroupName) == "":
		return fault.Errorf(fault.Invalid, "group required", "The name of the group must be specified")
	case says(reflect.ValueOf(in.TargetInstances)):
		return fault.Errorf(fault.Invalid, "instances", "targetInstances can't be specified for the compute platform Lambda")
	case wire.Value(in.IgnoreApplicationStopFailures):
		return fault.Errorf(fault.Invalid, "stop failures", "ignoreApplicationStopFailures must be false for the compute platform Lambda")
	case wire.Value(in.UpdateOutdatedInstancesOnly):
		return fault.Errorf(fault.Invalid, "outdated", "updateOutdatedInstancesOnly must be false for the compute platform Lambda")
	}
	if behavior := in.FileExistsBehavior; behavior != nil && *behavior != fileBehavior {
		return fault.Errorf(fault.Invalid, "file behavior", "fileExistsBehavior can't be specified for the compute platform Lambda")
	}
	return refuseInstances(in, "Ec2DeploymentOptions", "DeploymentMode")
}

func deploymentInfo(d *rollout.Deployment) *shape.DeploymentInfo {
	shown := &shape.DeploymentInfo{
		ApplicationName: &d.Application, DeploymentGroupName: &d.Group, DeploymentConfigName: &d.Config, DeploymentId: &d.ID,
		PreviousRevision: revisionLocation(d.Previous), Revision: revisionLocation(&d.Revision), Status: new(string(d.Status())),
		CreateTime: apishape.At(d.Created), StartTime: at(d.State.Started), Creator: &d.Creator,
		DeploymentOverview:            overview(d.Status()),
		IgnoreApplicationStopFailures: new(false), UpdateOutdatedInstancesOnly: new(false),
		AutoRollbackConfiguration: rollbackConfiguration(d.Rollback), RollbackInfo: rollbackInfo(d),
		DeploymentStyle: style(), InstanceTerminationWaitTimeStarted: new(false), FileExistsBehavior: new(fileBehavior),
		DeploymentStatusMessages: []string{}, ComputePlatform: new(platform),
	}
	if d.Description != "" {
		shown.Description = &d.Description
	}
	if d.OverridesAlarms {
		shown.OverrideAlarmConfiguration = alarmConfiguration(d.Alarms)
	}
	if d.Released {
		shown.CompleteTime = at(d.State.Completed)
	}
	if f := d.State.Failure; f != nil && d.Released {
		shown.ErrorInformation = &shape.ErrorInformation{Code: new(codes[f.Cause]), Message: &f.Message}
		if codes[f.Cause] == "ALARM_ACTIVE" && f.Detail != "" { // AWS tells of the alarms nowhere since it has this message
			shown.DeploymentStatusMessages = []string{f.Detail}
		}
	}
	return shown
}

// overview counts the deployment's only target by its status. A stopped deployment's has failed (printed in tests/test_seed_003.py).
func overview(status rollout.Status) *shape.DeploymentOverview {
	counts := map[rollout.Status]int64{targetStatus(status): 1}
	return &shape.DeploymentOverview{
		Pending: new(counts[rollout.Pending]), InProgress: new(counts[rollout.InProgress]),
		Succeeded: new(counts[rollout.Succeeded]), Failed: new(counts[rollout.Failed]), Skipped: new(int64(0)), Ready: new(int64(0)),
	}
}

// at shows a time that has come, and nothing for one that hasn't.
func at(t time.Time) *apishape.Timestamp {
	if t.IsZero() {
		return nil
	}
	return apishape.At(t)
}

func (a *api) getDeployment(ctx context.Context, r *wire.Request, in *shape.GetDeploymentInput) (*shape.GetDeploymentOutput, error) {
	d, err := a.rollouts.Deployment(ctx, scope(r), wire.Value(in.DeploymentId))
	if err != nil {
		return nil, err
	}
	return &shape.GetDeploymentOutput{DeploymentInfo: deploymentInfo(d)}, nil
}

// batchGetDeployments shows those that are there: AWS's page lists no error for one that isn't.
func (a *api) batchGetDeployments(ctx context.Context, r *wire.Request, in *shape.BatchGetDeploymentsInput) (*shape.BatchGetDeploymentsOutput, error) {
	if err := checkBatch("deployment", in.DeploymentIds, maxDeploymentsBatch); err != nil {
		return nil, err
	}
	out := &shape.BatchGetDeploymentsOutput{DeploymentsInfo: []shape.DeploymentInfo{}}
	for _, id := range in.DeploymentIds {
		d, err := a.rollouts.Deployment(ctx, scope(r), id)
		if fault.Is(err, fault.NotFound, "") {
			continue
		} else if err != nil {
			return nil, err
		}
		out.DeploymentsInfo = append(out.DeploymentsInfo, *deploymentInfo(d))
	}
	return out, nil
}

func (a *api) listDeployments(ctx context.Context, r *wire.Request, in *shape.ListDeploymentsInput) (*shape.ListDeploymentsOutput, error) {
	q, err := query(r, in)
	if err != nil {
		return nil, err
	}
	found, more, err := a.rollouts.Deployments(ctx, q)
	if err != nil {
		return nil, err
	}
	out := &shape.ListDeploymentsOutput{Deployments: make([]string, len(found))}
	for i, d := range found {
		out.Deployments[i] = d.ID
	}
	if more {
		out.NextToken = deployments.Token(found[len(found)-1].ID)
	}
	return out, nil
}

// query reads the filters. Application and group go together, and nothing here has an external ID.
func query(r *wire.Request, in *shape.ListDeploymentsInput) (q rollout.Query, err error) {
	q = rollout.Query{
		Scope: scope(r), Application: wire.Value(in.ApplicationName), Group: wire.Value(in.DeploymentGroupName), Limit: pageSize,
	}
	switch {
	case q.Application == "" && q.Group != "":
		return q, fault.Errorf(fault.Invalid, "application required", "A group is listed with its application: give applicationName too")
	case q.Application != "" && q.Group == "":
		return q, fault.Errorf(fault.Invalid, "group required", "An application is listed with a group: give deploymentGroupName too")
	case wire.Value(in.ExternalId) != "":
		return q, fault.Errorf(fault.Invalid, "external", "No deployment has the external ID %q: stacks make none yet", *in.ExternalId)
	}
	for _, status := range in.IncludeOnlyStatuses {
		q.Statuses = append(q.Statuses, rollout.Status(status))
	}
	if span := in.CreateTimeRange; span != nil {
		q.From, q.To = wire.Value(span.Start).Time, wire.Value(span.End).Time
	}
	if !q.From.IsZero() && !q.To.IsZero() && q.From.After(q.To) {
		return q, fault.Errorf(fault.Invalid, "time range", "createTimeRange starts after its end")
	}
	q.Before, err = placeOf(deployments, in.NextToken)
	return q, err
}

// stopDeployment answers Pending while the alias could not be moved back; it is tried until it is.
func (a *api) stopDeployment(ctx context.Context, r *wire.Request, in *shape.StopDeploymentInput) (*shape.StopDeploymentOutput, error) {
	d, err := a.rollouts.Stop(ctx, scope(r), wire.Value(in.DeploymentId), in.AutoRollbackEnabled)
	if err != nil {
		return nil, err
	}
	if !d.Released {
		return &shape.StopDeploymentOutput{Status: new("Pending"), StatusMessage: new("The deployment is being stopped")}, nil
	}
	// AWS's text (awscli's example of stop-deployment).
	return &shape.StopDeploymentOutput{Status: new("Succeeded"),
		StatusMessage: new("No more commands will be scheduled for execution in the deployment instances")}, nil
}
