package deployer

import (
	"math"
	"strconv"
	"strings"
	"time"

	"sluice/internal/fault"
)

// StrategyKind is how a release moves.
type StrategyKind string

// The kinds of strategy. The zero StrategyKind is AllAtOnce.
const (
	AllAtOnce  StrategyKind = "all-at-once"
	Canary     StrategyKind = "canary"     // Percent, then all after Interval
	Linear     StrategyKind = "linear"     // Percent more each Interval
	Increments StrategyKind = "increments" // seed 000's canary_increments: each of Percents, then all
)

// Strategy is how an environment's aliases move to a new version.
type Strategy struct {
	Kind     StrategyKind
	Percent  float64       // of Canary and Linear, above 0 and below 100
	Percents []float64     // of Increments, ascending, each above 0 and below 100
	Interval time.Duration // between steps, of the cloud: a time scale divides it
	// Predefined is CodeDeploy's name for the strategy, if it has one, such as CodeDeployDefault.LambdaLinear10PercentEvery1Minute.
	Predefined string
}

const predefinedPrefix = "CodeDeployDefault.Lambda"

// predefined are CodeDeploy's configurations for Lambda
// (https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html).
var predefined = map[string]Strategy{
	"AllAtOnce":                     {Kind: AllAtOnce},
	"Canary10Percent5Minutes":       {Kind: Canary, Percent: 10, Interval: 5 * time.Minute},
	"Canary10Percent10Minutes":      {Kind: Canary, Percent: 10, Interval: 10 * time.Minute},
	"Canary10Percent15Minutes":      {Kind: Canary, Percent: 10, Interval: 15 * time.Minute},
	"Canary10Percent30Minutes":      {Kind: Canary, Percent: 10, Interval: 30 * time.Minute},
	"Linear10PercentEvery1Minute":   {Kind: Linear, Percent: 10, Interval: time.Minute},
	"Linear10PercentEvery2Minutes":  {Kind: Linear, Percent: 10, Interval: 2 * time.Minute},
	"Linear10PercentEvery3Minutes":  {Kind: Linear, Percent: 10, Interval: 3 * time.Minute},
	"Linear10PercentEvery10Minutes": {Kind: Linear, Percent: 10, Interval: 10 * time.Minute},
}

// PredefinedStrategy returns the strategy that CodeDeploy calls by this name, with or without CodeDeployDefault.Lambda
// before it, as SAM spells it.
func PredefinedStrategy(name string) (Strategy, bool) {
	short := strings.TrimPrefix(name, predefinedPrefix)
	s, ok := predefined[short]
	s.Predefined = predefinedPrefix + short
	return s, ok
}

// EvenSteps returns the strategy of aws-lambda-deploy's `steps`, `interval` and `type: linear`: the weight grows by the
// same share each time, rounded to whole percent.
func EvenSteps(steps int, interval time.Duration) Strategy {
	s := Strategy{Kind: Increments, Interval: interval}
	for i := 1; i < steps; i++ {
		if percent := math.Round(float64(i) * 100 / float64(steps)); percent > 0 && percent < 100 {
			s.Percents = append(s.Percents, percent)
		}
	}
	if len(s.Percents) == 0 {
		return Strategy{Kind: AllAtOnce}
	}
	return s
}

// Check returns an Invalid fault if the strategy can't be followed.
func (s *Strategy) Check() error {
	switch s.Kind {
	case "", AllAtOnce:
		return nil
	case Canary, Linear:
		if !(s.Percent > 0 && s.Percent < 100) {
			return fault.Errorf(fault.Invalid, "strategy", "a %s of %v percent: give a number above 0 and below 100", s.Kind, s.Percent)
		}
	case Increments:
		if err := ascending(s.Percents); err != nil {
			return err
		}
	default:
		return fault.Errorf(fault.Invalid, "strategy", "there is no strategy %q: take %s, %s, %s or %s", s.Kind, AllAtOnce, Canary, Linear, Increments)
	}
	if s.Interval < 0 {
		return fault.Errorf(fault.Invalid, "strategy", "an interval of %v between steps: it can't be negative", s.Interval)
	}
	return nil
}

func ascending(percents []float64) error {
	if len(percents) == 0 {
		return fault.Errorf(fault.Invalid, "strategy", "increments name no percentage: write such as [25, 50, 75]")
	}
	before := 0.0
	for _, p := range percents {
		if !(p > before && p < 100) {
			return fault.Errorf(fault.Invalid, "strategy", "increments %v: each must be above the one before it, above 0 and below 100", percents)
		}
		before = p
	}
	return nil
}

// Steps returns the stages of a release, ascending. The last is 100 % and has no wait.
func (s *Strategy) Steps() []Step {
	var percents []float64
	switch s.Kind {
	case Canary:
		percents = []float64{s.Percent}
	case Linear:
		for p := s.Percent; !reached(p, 100); p += s.Percent {
			percents = append(percents, p)
		}
	case Increments:
		percents = s.Percents
	}
	steps := make([]Step, 0, len(percents)+1)
	for _, p := range percents {
		steps = append(steps, Step{Percent: p, Wait: s.Interval})
	}
	return append(steps, Step{Percent: 100})
}

// StepsAfter returns the steps that are left when the new version has this many percent: those above it, by seed 000's rule.
func (s *Strategy) StepsAfter(percent float64) []Step {
	steps := s.Steps()
	for len(steps) > 1 && reached(percent, steps[0].Percent) {
		steps = steps[1:]
	}
	return steps
}

// reached reports whether a share is at least another. Weights are fractions at the endpoint: 0.07 comes back as 7.000000000000001 %.
func reached(percent, goal float64) bool { return percent > goal-1e-6 }

// PercentText is a share for people, to two places: 25 %, 2.5 %.
func PercentText(percent float64) string {
	return strconv.FormatFloat(math.Round(percent*100)/100, 'f', -1, 64) + " %"
}
