package deployer

import (
	"slices"
	"time"

	"sluice/internal/fault"
)

// ForCodeDeploy returns the strategy as CodeDeploy follows it: all at once, a canary or linear; increments may be one of these.
// Errors: fault.Invalid "strategy" for what it can't do: other increments, parts of a percent or of a minute
// (https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_TimeBasedLinear.html).
func (s Strategy) ForCodeDeploy() (Strategy, error) {
	s = s.regular()
	switch s.Kind {
	case "", AllAtOnce:
		return Strategy{Kind: AllAtOnce, Predefined: s.Predefined}, nil
	case Canary, Linear:
		if s.Predefined != "" || wholly(s.Percent, s.Interval) {
			return s, nil
		}
		return s, fault.Errorf(fault.Invalid, "strategy",
			"CodeDeploy moves whole percents in whole minutes, not %v %% in %v: change the strategy, or use engine: direct", s.Percent, s.Interval)
	}
	return s, fault.Errorf(fault.Invalid, "strategy",
		"CodeDeploy can't follow %s of %v: it knows a canary and equal steps; change the strategy, or use engine: direct", s.Kind, s.Percents)
}

// wholly reports whether these are whole percents, from 1 to 99, and whole minutes, at least one.
func wholly(percent float64, interval time.Duration) bool {
	return percent == float64(int(percent)) && percent >= 1 && percent <= 99 && interval >= time.Minute && interval%time.Minute == 0
}

// regular returns the same steps as a canary or a linear strategy, if increments are that: one of them is a canary, equal
// ones are linear. Anything else comes back as it is.
func (s Strategy) regular() Strategy {
	if s.Kind != Increments || len(s.Percents) == 0 {
		return s
	}
	regular := Strategy{Kind: Linear, Percent: s.Percents[0], Interval: s.Interval}
	if len(s.Percents) == 1 {
		regular.Kind = Canary
	}
	if !slices.Equal(regular.Steps(), s.Steps()) {
		return s
	}
	return regular
}
