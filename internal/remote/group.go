package remote

import (
	"context"
	"errors"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/codedeploy"
	"github.com/aws/aws-sdk-go-v2/service/codedeploy/types"

	"sluice/internal/deployer/release"
	"sluice/internal/fault"
)

// Prepare makes application, deployment configuration, service role and deployment group where they are missing or differ.
// A group that is as asked for costs one call.
func (e *Endpoint) Prepare(ctx context.Context, g release.Group) error {
	config, err := configurationOf(g.Strategy)
	if err != nil {
		return err
	}
	found, err := e.group(ctx, g)
	if err != nil || found != nil && matches(found, g, config) {
		return err
	}
	if err := e.provide(ctx, config); err != nil {
		return err
	}
	if found != nil {
		return e.updateGroup(ctx, g, config)
	}
	if err := e.createApplication(ctx, g.Application); err != nil {
		return err
	}
	return e.createGroup(ctx, g, config)
}

// group returns a deployment group, or nil if it or its application does not exist.
func (e *Endpoint) group(ctx context.Context, g release.Group) (*types.DeploymentGroupInfo, error) {
	out, err := e.codedeploy.GetDeploymentGroup(ctx, &codedeploy.GetDeploymentGroupInput{
		ApplicationName: &g.Application, DeploymentGroupName: &g.Name,
	})
	if err = failed(err, "group", "read the deployment group %s", g.Name); fault.Is(err, fault.NotFound, "group") {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	return out.DeploymentGroupInfo, nil
}

func matches(found *types.DeploymentGroupInfo, g release.Group, config configuration) bool {
	var alarms []string
	if a := found.AlarmConfiguration; a != nil && a.Enabled {
		for _, alarm := range a.Alarms {
			alarms = append(alarms, text(alarm.Name))
		}
	}
	wanted := slices.Sorted(slices.Values(g.Alarms))
	slices.Sort(alarms)
	rollback := found.AutoRollbackConfiguration
	return text(found.DeploymentConfigName) == config.name && slices.Equal(alarms, wanted) &&
		(g.Role == "" || g.Role == text(found.ServiceRoleArn)) &&
		rollback != nil && rollback.Enabled && len(rollback.Events) == len(rollbackEvents)
}

// createApplication makes an application for Lambda, unless it is there.
func (e *Endpoint) createApplication(ctx context.Context, name string) error {
	_, err := e.codedeploy.CreateApplication(ctx, &codedeploy.CreateApplicationInput{
		ApplicationName: &name, ComputePlatform: types.ComputePlatformLambda,
	})
	if err = failed(err, "application", "create the application %s", name); fault.Is(err, fault.Conflict, "application") {
		return nil
	}
	return err
}

// createGroup makes the group. A role that was made a moment ago may not be known to CodeDeploy yet: that is tried again,
// for about half a minute.
func (e *Endpoint) createGroup(ctx context.Context, g release.Group, config configuration) (err error) {
	if g.Role == "" {
		if g.Role, err = e.serviceRole(ctx, g.Hooks); err != nil {
			return err
		}
	}
	for pause, tries := e.poll, 1; ; pause, tries = min(2*pause, 4*longestPause), tries+1 {
		_, err = e.codedeploy.CreateDeploymentGroup(ctx, &codedeploy.CreateDeploymentGroupInput{
			ApplicationName: &g.Application, DeploymentGroupName: &g.Name, ServiceRoleArn: &g.Role,
			DeploymentConfigName: &config.name, DeploymentStyle: style, AlarmConfiguration: alarmsOf(g), AutoRollbackConfiguration: rollback,
		})
		if _, early := errors.AsType[*types.InvalidRoleException](err); !early || tries == groupTries {
			return failed(err, "group", "create the deployment group %s", g.Name)
		}
		if rest(ctx, pause) != nil {
			return failed(err, "group", "create the deployment group %s", g.Name)
		}
	}
}

// groupTries make about half a minute with pauses from 50 ms that double up to eight seconds.
const groupTries = 11

func (e *Endpoint) updateGroup(ctx context.Context, g release.Group, config configuration) error {
	_, err := e.codedeploy.UpdateDeploymentGroup(ctx, &codedeploy.UpdateDeploymentGroupInput{
		ApplicationName: &g.Application, CurrentDeploymentGroupName: &g.Name, ServiceRoleArn: optional(g.Role),
		DeploymentConfigName: &config.name, DeploymentStyle: style, AlarmConfiguration: alarmsOf(g), AutoRollbackConfiguration: rollback,
	})
	return failed(err, "group", "change the deployment group %s", g.Name)
}

// style is the only one that CodeDeploy has for Lambda.
var style = &types.DeploymentStyle{
	DeploymentOption: types.DeploymentOptionWithTrafficControl, DeploymentType: types.DeploymentTypeBlueGreen,
}

var rollbackEvents = []types.AutoRollbackEvent{
	types.AutoRollbackEventDeploymentFailure, types.AutoRollbackEventDeploymentStopOnAlarm, types.AutoRollbackEventDeploymentStopOnRequest,
}

var rollback = &types.AutoRollbackConfiguration{Enabled: true, Events: rollbackEvents}

func alarmsOf(g release.Group) *types.AlarmConfiguration {
	a := &types.AlarmConfiguration{Enabled: len(g.Alarms) > 0, Alarms: []types.Alarm{}}
	for _, name := range g.Alarms {
		a.Alarms = append(a.Alarms, types.Alarm{Name: &name})
	}
	return a
}
