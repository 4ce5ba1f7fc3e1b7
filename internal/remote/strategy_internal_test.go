package remote

import (
	"testing"
	"time"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

func TestAStrategyHasAConfiguration(t *testing.T) {
	canary := func(percent float64, interval time.Duration) deployer.Strategy {
		return deployer.Strategy{Kind: deployer.Canary, Percent: percent, Interval: interval}
	}
	linear := func(percent float64, interval time.Duration) deployer.Strategy {
		return deployer.Strategy{Kind: deployer.Linear, Percent: percent, Interval: interval}
	}
	for _, tt := range []struct {
		strategy deployer.Strategy
		want     string // name
		own      bool   // CodeDeploy does not have it already
	}{
		{deployer.Strategy{}, "CodeDeployDefault.LambdaAllAtOnce", false},
		{deployer.Strategy{Kind: deployer.AllAtOnce}, "CodeDeployDefault.LambdaAllAtOnce", false},
		{deployer.Strategy{Kind: deployer.Canary, Predefined: "CodeDeployDefault.LambdaCanary10Percent5Minutes"},
			"CodeDeployDefault.LambdaCanary10Percent5Minutes", false},
		{canary(10, 5*time.Minute), "CodeDeployDefault.LambdaCanary10Percent5Minutes", false},
		{canary(10, 30*time.Minute), "CodeDeployDefault.LambdaCanary10Percent30Minutes", false},
		{canary(10, time.Minute), "Sluice.LambdaCanary10Percent1Minutes", true},
		{canary(25, 5*time.Minute), "Sluice.LambdaCanary25Percent5Minutes", true},
		{linear(10, time.Minute), "CodeDeployDefault.LambdaLinear10PercentEvery1Minute", false},
		{linear(10, 10*time.Minute), "CodeDeployDefault.LambdaLinear10PercentEvery10Minutes", false},
		{linear(20, time.Minute), "Sluice.LambdaLinear20PercentEvery1Minute", true},
		{deployer.Strategy{Kind: deployer.Increments, Percents: []float64{25, 50, 75}, Interval: time.Minute}, "Sluice.LambdaLinear25PercentEvery1Minute", true},
		{linear(10, time.Hour), "Sluice.LambdaLinear10PercentEvery60Minutes", true},
	} {
		t.Run(tt.want, func(t *testing.T) {
			got, err := configurationOf(tt.strategy)
			if err != nil || got.name != tt.want || (got.routing != nil) != tt.own {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}

func TestWhatCodeDeployCantDoIsRefused(t *testing.T) {
	uneven := deployer.Strategy{Kind: deployer.Increments, Percents: []float64{5, 25, 50}, Interval: time.Minute}
	if got, err := configurationOf(uneven); !fault.Is(err, fault.Invalid, "strategy") {
		t.Errorf("%+v, %v", got, err)
	}
}
