package remote

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/codedeploy"
	"github.com/aws/aws-sdk-go-v2/service/codedeploy/types"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// configuration is a deployment configuration. Without routing it is one of CodeDeploy's own.
type configuration struct {
	name    string
	routing *types.TrafficRoutingConfig
}

// configurationOf finds or words the configuration for a strategy. Errors: those of Strategy.ForCodeDeploy.
func configurationOf(asked deployer.Strategy) (configuration, error) {
	s, err := asked.ForCodeDeploy()
	switch {
	case err != nil:
		return configuration{}, err
	case s.Predefined != "":
		return configuration{name: s.Predefined}, nil
	case s.Kind == deployer.AllAtOnce:
		return configuration{name: "CodeDeployDefault.LambdaAllAtOnce"}, nil
	}
	percent, minutes := int(s.Percent), int(s.Interval/time.Minute)
	name := fmt.Sprintf(patterns[s.Kind], percent, minutes) + plural(s.Kind, minutes)
	if own, ok := deployer.PredefinedStrategy("CodeDeployDefault." + name); ok {
		return configuration{name: own.Predefined}, nil
	}
	return configuration{"Sluice." + name, shifts(s.Kind, int32(percent), int32(minutes))}, nil
}

// patterns are how CodeDeploy calls its own.
var patterns = map[deployer.StrategyKind]string{
	deployer.Canary: "LambdaCanary%dPercent%dMinute",
	deployer.Linear: "LambdaLinear%dPercentEvery%dMinute",
}

// plural completes a name: …Every1Minute, …Every2Minutes; and …5Minutes always for a canary.
func plural(kind deployer.StrategyKind, minutes int) string {
	if kind == deployer.Linear && minutes == 1 {
		return ""
	}
	return "s"
}

func shifts(kind deployer.StrategyKind, percent, minutes int32) *types.TrafficRoutingConfig {
	if kind == deployer.Canary {
		return &types.TrafficRoutingConfig{
			Type:            types.TrafficRoutingTypeTimeBasedCanary,
			TimeBasedCanary: &types.TimeBasedCanary{CanaryPercentage: percent, CanaryInterval: minutes},
		}
	}
	return &types.TrafficRoutingConfig{
		Type:            types.TrafficRoutingTypeTimeBasedLinear,
		TimeBasedLinear: &types.TimeBasedLinear{LinearPercentage: percent, LinearInterval: minutes},
	}
}

// provide makes a configuration that is not CodeDeploy's own, unless it is there: its name says all that it has.
func (e *Endpoint) provide(ctx context.Context, c configuration) error {
	if c.routing == nil {
		return nil
	}
	_, err := e.codedeploy.CreateDeploymentConfig(ctx, &codedeploy.CreateDeploymentConfigInput{
		DeploymentConfigName: &c.name, ComputePlatform: types.ComputePlatformLambda, TrafficRoutingConfig: c.routing,
	})
	if err = failed(err, "configuration", "create the deployment configuration %s", c.name); fault.Is(err, fault.Conflict, "configuration") {
		return nil
	}
	return err
}
