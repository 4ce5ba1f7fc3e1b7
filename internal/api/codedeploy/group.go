package codedeploy

import (
	"context"
	"fmt"
	"strings"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/codedeploy"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/rollout"
)

// The only deployment style for functions.
const (
	blueGreen      = "BLUE_GREEN"
	trafficControl = "WITH_TRAFFIC_CONTROL"
)

func checkStyle(style *shape.DeploymentStyle) error {
	if style == nil || (wire.Value(style.DeploymentType) == blueGreen && wire.Value(style.DeploymentOption) == trafficControl) {
		return nil
	}
	return fault.Errorf(fault.Invalid, "style",
		"For the compute platform Lambda, the deployment type must be %s and the deployment option %s", blueGreen, trafficControl)
}

func (a *api) createGroup(ctx context.Context, r *wire.Request, in *shape.CreateDeploymentGroupInput) (*shape.CreateDeploymentGroupOutput, error) {
	err := refuseInstances(in, ofInstances...)
	if err == nil {
		err = checkStyle(in.DeploymentStyle)
	}
	if err != nil {
		return nil, err
	}
	g := rollout.Group{
		Scope: scope(r), Application: wire.Value(in.ApplicationName), Name: wire.Value(in.DeploymentGroupName),
		Config: wire.Value(in.DeploymentConfigName), Tags: tagMap(in.Tags),
	}
	settings := groupSettings{
		role: in.ServiceRoleArn, rollback: in.AutoRollbackConfiguration, alarms: in.AlarmConfiguration,
		triggers: in.TriggerConfigurations, outdated: in.OutdatedInstancesStrategy,
	}
	settings.apply(&g)
	made, err := a.rollouts.CreateGroup(ctx, g)
	if err != nil {
		return nil, err
	}
	return &shape.CreateDeploymentGroupOutput{DeploymentGroupId: &made.ID}, nil
}

func (a *api) updateGroup(ctx context.Context, r *wire.Request, in *shape.UpdateDeploymentGroupInput) (*shape.UpdateDeploymentGroupOutput, error) {
	err := refuseInstances(in, ofInstances...)
	if err == nil {
		err = checkStyle(in.DeploymentStyle)
	}
	if err != nil {
		return nil, err
	}
	settings := groupSettings{
		name: in.NewDeploymentGroupName, config: in.DeploymentConfigName, role: in.ServiceRoleArn,
		rollback: in.AutoRollbackConfiguration, alarms: in.AlarmConfiguration, triggers: in.TriggerConfigurations,
		outdated: in.OutdatedInstancesStrategy,
	}
	err = a.rollouts.UpdateGroup(ctx, scope(r), wire.Value(in.ApplicationName), wire.Value(in.CurrentDeploymentGroupName), settings.apply)
	return &shape.UpdateDeploymentGroupOutput{HooksNotCleanedUp: []shape.AutoScalingGroup{}}, err
}

// groupSettings are the members that creating a group and updating it share. Nil ones leave the group as it is.
type groupSettings struct {
	name, config, role, outdated *string
	rollback                     *shape.AutoRollbackConfiguration
	alarms                       *shape.AlarmConfiguration
	triggers                     []shape.TriggerConfig
}

func (s groupSettings) apply(g *rollout.Group) {
	for _, text := range []struct {
		from *string
		to   *string
	}{{s.name, &g.Name}, {s.config, &g.Config}, {s.role, &g.ServiceRole}, {s.outdated, &g.Outdated}} {
		if text.from != nil {
			*text.to = *text.from
		}
	}
	if s.rollback != nil {
		g.Rollback = *rollback(s.rollback)
	}
	if s.alarms != nil {
		g.Alarms = *alarms(s.alarms)
	}
	if s.triggers != nil {
		g.Triggers = triggers(s.triggers)
	}
}

func triggers(configs []shape.TriggerConfig) []rollout.Trigger {
	read := []rollout.Trigger{}
	for _, c := range configs {
		read = append(read, rollout.Trigger{Name: wire.Value(c.TriggerName), Target: wire.Value(c.TriggerTargetArn), Events: c.TriggerEvents})
	}
	return read
}

// groupInfo shows a group as AWS does: lists that concern servers are there and empty (printed in tests/test_seed_003.py).
func groupInfo(g *rollout.Group, attempted, succeeded *rollout.Deployment) *shape.DeploymentGroupInfo {
	shown := &shape.DeploymentGroupInfo{
		ApplicationName: &g.Application, DeploymentGroupId: &g.ID, DeploymentGroupName: &g.Name, DeploymentConfigName: &g.Config,
		Ec2TagFilters: []shape.EC2TagFilter{}, OnPremisesInstanceTagFilters: []shape.TagFilter{},
		AutoScalingGroups: []shape.AutoScalingGroup{}, ServiceRoleArn: &g.ServiceRole,
		TriggerConfigurations: []shape.TriggerConfig{}, AlarmConfiguration: alarmConfiguration(g.Alarms),
		AutoRollbackConfiguration: rollbackConfiguration(g.Rollback), DeploymentStyle: style(), ComputePlatform: new(platform),
		LastAttemptedDeployment: lastDeployment(attempted), LastSuccessfulDeployment: lastDeployment(succeeded),
	}
	if g.Outdated != "" {
		shown.OutdatedInstancesStrategy = &g.Outdated
	}
	for _, t := range g.Triggers {
		shown.TriggerConfigurations = append(shown.TriggerConfigurations,
			shape.TriggerConfig{TriggerName: &t.Name, TriggerTargetArn: &t.Target, TriggerEvents: t.Events})
	}
	return shown
}

func style() *shape.DeploymentStyle {
	return &shape.DeploymentStyle{DeploymentType: new(blueGreen), DeploymentOption: new(trafficControl)}
}

func lastDeployment(d *rollout.Deployment) *shape.LastDeploymentInfo {
	if d == nil {
		return nil
	}
	shown := &shape.LastDeploymentInfo{DeploymentId: &d.ID, Status: new(string(d.Status())), CreateTime: apishape.At(d.Created)}
	if d.Released {
		shown.EndTime = at(d.State.Completed)
	}
	return shown
}

func (a *api) getGroup(ctx context.Context, r *wire.Request, in *shape.GetDeploymentGroupInput) (*shape.GetDeploymentGroupOutput, error) {
	shown, err := a.group(ctx, scope(r), wire.Value(in.ApplicationName), wire.Value(in.DeploymentGroupName))
	if err != nil {
		return nil, err
	}
	return &shape.GetDeploymentGroupOutput{DeploymentGroupInfo: shown}, nil
}

func (a *api) group(ctx context.Context, s function.Scope, application, name string) (*shape.DeploymentGroupInfo, error) {
	g, err := a.rollouts.Group(ctx, s, application, name)
	if err != nil {
		return nil, err
	}
	attempted, succeeded, err := a.rollouts.LastDeployments(ctx, g)
	if err != nil {
		return nil, err
	}
	return groupInfo(g, attempted, succeeded), nil
}

// batchGetGroups shows the groups that are there, and says which are not.
func (a *api) batchGetGroups(ctx context.Context, r *wire.Request, in *shape.BatchGetDeploymentGroupsInput) (*shape.BatchGetDeploymentGroupsOutput, error) {
	if err := checkBatch("group", in.DeploymentGroupNames, maxBatch); err != nil {
		return nil, err
	}
	out := &shape.BatchGetDeploymentGroupsOutput{DeploymentGroupsInfo: []shape.DeploymentGroupInfo{}}
	var missing []string
	for _, name := range in.DeploymentGroupNames {
		shown, err := a.group(ctx, scope(r), wire.Value(in.ApplicationName), name)
		if fault.Is(err, fault.NotFound, "group") {
			missing = append(missing, name)
			continue
		} else if err != nil {
			return nil, err
		}
		out.DeploymentGroupsInfo = append(out.DeploymentGroupsInfo, *shown)
	}
	if missing != nil {
		out.ErrorMessage = new(fmt.Sprintf("No Deployment Group found for name: %s", strings.Join(missing, ", ")))
	}
	return out, nil
}

func (a *api) listGroups(ctx context.Context, r *wire.Request, in *shape.ListDeploymentGroupsInput) (*shape.ListDeploymentGroupsOutput, error) {
	all, err := a.rollouts.Groups(ctx, scope(r), wire.Value(in.ApplicationName))
	if err != nil {
		return nil, err
	}
	names := make([]string, len(all))
	for i, g := range all {
		names[i] = g.Name
	}
	shown, next, err := page(groups, names, in.NextToken)
	return &shape.ListDeploymentGroupsOutput{ApplicationName: in.ApplicationName, DeploymentGroups: shown, NextToken: next}, err
}

func (a *api) deleteGroup(ctx context.Context, r *wire.Request, in *shape.DeleteDeploymentGroupInput) (*shape.DeleteDeploymentGroupOutput, error) {
	err := a.rollouts.DeleteGroup(ctx, scope(r), wire.Value(in.ApplicationName), wire.Value(in.DeploymentGroupName))
	return &shape.DeleteDeploymentGroupOutput{HooksNotCleanedUp: []shape.AutoScalingGroup{}}, err
}
