package deployer_test

import (
	"slices"
	"testing"
	"time"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

func TestCodeDeployFollowsEqualSteps(t *testing.T) {
	minute := time.Minute
	increments := func(percents ...float64) deployer.Strategy {
		return deployer.Strategy{Kind: deployer.Increments, Percents: percents, Interval: minute}
	}
	for name, tt := range map[string]struct {
		strategy deployer.Strategy
		want     deployer.StrategyKind
		percent  float64
	}{
		"nothing said":         {deployer.Strategy{}, deployer.AllAtOnce, 0},
		"all at once":          {deployer.Strategy{Kind: deployer.AllAtOnce}, deployer.AllAtOnce, 0},
		"a canary":             {deployer.Strategy{Kind: deployer.Canary, Percent: 5, Interval: minute}, deployer.Canary, 5},
		"linear":               {deployer.Strategy{Kind: deployer.Linear, Percent: 30, Interval: time.Hour}, deployer.Linear, 30},
		"equal increments":     {increments(25, 50, 75), deployer.Linear, 25},
		"with a shorter rest":  {increments(30, 60, 90), deployer.Linear, 30},
		"one increment":        {increments(10), deployer.Canary, 10},
		"one above the middle": {increments(60), deployer.Canary, 60},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := tt.strategy.ForCodeDeploy()
			if err != nil || got.Kind != tt.want || got.Percent != tt.percent || !slices.Equal(got.Steps(), tt.strategy.Steps()) {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}

func TestCodeDeployKnowsItsOwnStrategies(t *testing.T) {
	s, _ := deployer.PredefinedStrategy("Canary10Percent5Minutes")
	if got, err := s.ForCodeDeploy(); err != nil || got.Predefined != "CodeDeployDefault.LambdaCanary10Percent5Minutes" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestWhatCodeDeployCantFollow(t *testing.T) {
	for name, s := range map[string]deployer.Strategy{
		"unequal increments":   {Kind: deployer.Increments, Percents: []float64{5, 25, 50}, Interval: time.Minute},
		"increments that stop": {Kind: deployer.Increments, Percents: []float64{25, 50}, Interval: time.Minute},
		"part of a percent":    {Kind: deployer.Canary, Percent: 0.5, Interval: time.Minute},
		"part of a minute":     {Kind: deployer.Linear, Percent: 10, Interval: 90 * time.Second},
		"no time":              {Kind: deployer.Linear, Percent: 10},
		"nothing at a time":    {Kind: deployer.Linear, Interval: time.Minute},
		"all in one percent":   {Kind: deployer.Canary, Percent: 100, Interval: time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := s.ForCodeDeploy(); !fault.Is(err, fault.Invalid, "strategy") {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}
