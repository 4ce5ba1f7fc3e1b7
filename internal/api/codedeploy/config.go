package codedeploy

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/codedeploy"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/rollout"
)

// The types of traffic routing on the wire.
const (
	allAtOnce = "AllAtOnce"
	canary    = "TimeBasedCanary"
	linear    = "TimeBasedLinear"
)

func (a *api) createConfig(ctx context.Context, r *wire.Request, in *shape.CreateDeploymentConfigInput) (*shape.CreateDeploymentConfigOutput, error) {
	if err := checkPlatform(in.ComputePlatform); err != nil {
		return nil, err
	}
	if in.MinimumHealthyHosts != nil {
		return nil, fault.Errorf(fault.Invalid, "healthy hosts", "minimumHealthyHosts does not apply to the compute platform Lambda")
	}
	if in.ZonalConfig != nil {
		return nil, fault.Errorf(fault.Invalid, "zones", "zonalConfig does not apply to the compute platform Lambda")
	}
	c, err := routing(in.TrafficRoutingConfig)
	if err != nil {
		return nil, err
	}
	c.Scope, c.Name = scope(r), wire.Value(in.DeploymentConfigName)
	made, err := a.rollouts.CreateConfig(ctx, c)
	if err != nil {
		return nil, err
	}
	return &shape.CreateDeploymentConfigOutput{DeploymentConfigId: &made.ID}, nil
}

// routing reads how traffic is to move. Exactly the part that the type names must be there.
func routing(t *shape.TrafficRoutingConfig) (c rollout.Config, err error) {
	if t == nil {
		return c, fault.Errorf(fault.Invalid, "routing", "trafficRoutingConfig must be specified for the compute platform Lambda")
	}
	kind := wire.Value(t.Type)
	if (t.TimeBasedCanary != nil) != (kind == canary) || (t.TimeBasedLinear != nil) != (kind == linear) {
		return c, fault.Errorf(fault.Invalid, "routing",
			"A type %s needs timeBasedCanary and no timeBasedLinear, a type %s the other way round, and %s neither", canary, linear, allAtOnce)
	}
	switch kind {
	case allAtOnce:
		c.Strategy = rollout.AllAtOnce
	case canary:
		c.Strategy = rollout.Canary
		c.Percent, c.Minutes = int(wire.Value(t.TimeBasedCanary.CanaryPercentage)), int(wire.Value(t.TimeBasedCanary.CanaryInterval))
	case linear:
		c.Strategy = rollout.Linear
		c.Percent, c.Minutes = int(wire.Value(t.TimeBasedLinear.LinearPercentage)), int(wire.Value(t.TimeBasedLinear.LinearInterval))
	default:
		return c, fault.Errorf(fault.Invalid, "routing", "trafficRoutingConfig has no type: use %s, %s or %s", canary, linear, allAtOnce)
	}
	return c, nil
}

func routingConfig(c *rollout.Config) *shape.TrafficRoutingConfig {
	percent, minutes := new(int64(c.Percent)), new(int64(c.Minutes))
	switch c.Strategy {
	case rollout.Canary:
		return &shape.TrafficRoutingConfig{Type: new(canary),
			TimeBasedCanary: &shape.TimeBasedCanary{CanaryPercentage: percent, CanaryInterval: minutes}}
	case rollout.Linear:
		return &shape.TrafficRoutingConfig{Type: new(linear),
			TimeBasedLinear: &shape.TimeBasedLinear{LinearPercentage: percent, LinearInterval: minutes}}
	}
	return &shape.TrafficRoutingConfig{Type: new(allAtOnce)}
}

func (a *api) getConfig(ctx context.Context, r *wire.Request, in *shape.GetDeploymentConfigInput) (*shape.GetDeploymentConfigOutput, error) {
	c, err := a.rollouts.Config(ctx, scope(r), wire.Value(in.DeploymentConfigName))
	if err != nil {
		return nil, err
	}
	return &shape.GetDeploymentConfigOutput{DeploymentConfigInfo: &shape.DeploymentConfigInfo{
		DeploymentConfigId: &c.ID, DeploymentConfigName: &c.Name, CreateTime: apishape.At(c.Created),
		ComputePlatform: new(platform), TrafficRoutingConfig: routingConfig(c),
	}}, nil
}

func (a *api) listConfigs(ctx context.Context, r *wire.Request, in *shape.ListDeploymentConfigsInput) (*shape.ListDeploymentConfigsOutput, error) {
	names, err := a.rollouts.Configs(ctx, scope(r))
	if err != nil {
		return nil, err
	}
	shown, next, err := page(configs, names, in.NextToken)
	return &shape.ListDeploymentConfigsOutput{DeploymentConfigsList: shown, NextToken: next}, err
}

func (a *api) deleteConfig(ctx context.Context, r *wire.Request, in *shape.DeleteDeploymentConfigInput) (*apishape.Nothing, error) {
	return nil, a.rollouts.DeleteConfig(ctx, scope(r), wire.Value(in.DeploymentConfigName))
}
