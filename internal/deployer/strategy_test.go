package deployer_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

func TestSteps(t *testing.T) {
	for _, row := range []struct {
		name     string
		strategy deployer.Strategy
		want     []float64
	}{
		{"nothing said", deployer.Strategy{}, []float64{100}},
		{"all at once", deployer.Strategy{Kind: deployer.AllAtOnce}, []float64{100}},
		{"canary", deployer.Strategy{Kind: deployer.Canary, Percent: 10}, []float64{10, 100}},
		{"linear", deployer.Strategy{Kind: deployer.Linear, Percent: 25}, []float64{25, 50, 75, 100}},
		{"linear that does not divide 100", deployer.Strategy{Kind: deployer.Linear, Percent: 30}, []float64{30, 60, 90, 100}},
		{"increments", deployer.Strategy{Kind: deployer.Increments, Percents: []float64{25, 50, 75}}, []float64{25, 50, 75, 100}},
		{"aws-lambda-deploy, ten steps", deployer.EvenSteps(10, time.Minute), []float64{10, 20, 30, 40, 50, 60, 70, 80, 90, 100}},
		{"aws-lambda-deploy, three steps", deployer.EvenSteps(3, time.Minute), []float64{33, 67, 100}},
		{"aws-lambda-deploy, one step", deployer.EvenSteps(1, time.Minute), []float64{100}},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := percents(row.strategy.Steps()); !slices.Equal(got, row.want) {
				t.Errorf("steps %v, want %v", got, row.want)
			}
		})
	}
}

func TestStepsEndAtAllAndWaitBetween(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := deployer.Strategy{
			Kind: rapid.SampledFrom([]deployer.StrategyKind{deployer.Canary, deployer.Linear}).Draw(t, "kind"), Interval: time.Minute,
			Percent: rapid.Float64Range(0.5, 99.5).Draw(t, "percent"),
		}
		if err := s.Check(); err != nil {
			t.Fatal(err)
		}
		steps := s.Steps()
		for i, step := range steps {
			last := i == len(steps)-1
			if last != (step.Percent == 100) || last != (step.Wait == 0) || i > 0 && step.Percent <= steps[i-1].Percent {
				t.Fatalf("steps %v", steps)
			}
		}
		at := rapid.Float64Range(0, 100).Draw(t, "at")
		rest := s.StepsAfter(at)
		if rest[len(rest)-1].Percent != 100 || len(rest) > 1 && rest[0].Percent <= at {
			t.Fatalf("after %v: %v", at, rest)
		}
		// A weight that went through the endpoint as a fraction is still the step that it was.
		for i, step := range steps[:len(steps)-1] {
			if got := s.StepsAfter(step.Percent / 100 * 100); got[0].Percent != steps[i+1].Percent {
				t.Fatalf("after %v comes %v", step.Percent, got)
			}
		}
	})
}

func TestPredefinedStrategies(t *testing.T) {
	for _, name := range []string{"CodeDeployDefault.LambdaLinear10PercentEvery3Minutes", "Linear10PercentEvery3Minutes"} {
		s, ok := deployer.PredefinedStrategy(name)
		if !ok || s.Kind != deployer.Linear || s.Percent != 10 || s.Interval != 3*time.Minute || s.Predefined != "CodeDeployDefault.LambdaLinear10PercentEvery3Minutes" {
			t.Errorf("%s: %+v, %v", name, s, ok)
		}
	}
	if s, ok := deployer.PredefinedStrategy("CodeDeployDefault.OneAtATime"); ok {
		t.Errorf("%+v", s)
	}
}

func TestStrategiesThatCannotBeFollowed(t *testing.T) {
	for name, s := range map[string]deployer.Strategy{
		"no share": {Kind: deployer.Canary}, "all of it": {Kind: deployer.Linear, Percent: 100}, "less than nothing": {Kind: deployer.Canary, Percent: -1},
		"no increments": {Kind: deployer.Increments}, "descending": {Kind: deployer.Increments, Percents: []float64{50, 25}},
		"up to 100": {Kind: deployer.Increments, Percents: []float64{50, 100}}, "backwards": {Kind: deployer.Linear, Percent: 10, Interval: -time.Second},
		"unknown": {Kind: "hope"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := s.Check(); !fault.Is(err, fault.Invalid, "strategy") {
				t.Errorf("error %v", err)
			}
		})
	}
}
