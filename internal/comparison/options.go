package comparison

import (
	"fmt"
	"time"
)

// Options say what counts as worse, and how sure a Test has to be. A zero field takes its default.
type Options struct {
	// FalseAlarms bounds the chance that a Test of a version that is not worse ever rejects it, however often it is
	// looked at: above 0, up to 0.5. The default is 0.01. Errors and durations get half of it each.
	FalseAlarms float64
	// Odds is the tolerated ratio of the versions' odds (p/(1-p)) of failing, and of being slow: at least 1. The
	// default is 1.25: a version that fails 1.2 % of its calls is as good as one that fails 1 %.
	Odds float64
	// Negligible is the share of failing calls, from 0 to 1, up to which a version is good whatever the other one does.
	// The default is 0.001. Negative means none.
	Negligible float64
	// Slower is the tolerated ratio of durations, at least 1. The default is 1.2.
	Slower float64
	// Slack is how much longer a call may always take, however short it was. The default is 5 ms. Negative means none.
	Slack time.Duration
	// WarmUp is how many of the arriving version's durations are passed over at first, besides those of processes' first
	// calls that the caller leaves out: caches fill, code is compiled. The default is 30. Negative means none.
	WarmUp int64
}

// Validate reports the first option that is out of its range.
func (o Options) Validate() error {
	o = o.withDefaults()
	switch {
	case !(o.FalseAlarms > 0 && o.FalseAlarms <= 0.5):
		return fmt.Errorf("the rate of false alarms is %v: it has to be above 0 and at most 0.5", o.FalseAlarms)
	case !(o.Odds >= 1 && o.Odds <= 1000):
		return fmt.Errorf("the tolerated ratio of odds is %v: it has to be from 1 to 1000", o.Odds)
	case !(o.Negligible < 1):
		return fmt.Errorf("the negligible share of errors is %v: it has to be below 1", o.Negligible)
	case !(o.Slower >= 1 && o.Slower <= 1000):
		return fmt.Errorf("the tolerated ratio of durations is %v: it has to be from 1 to 1000", o.Slower)
	}
	return nil
}

func (o Options) withDefaults() Options {
	o.FalseAlarms = orDefault(o.FalseAlarms, 0.01)
	o.Odds = orDefault(o.Odds, 1.25)
	o.Negligible = orDefault(o.Negligible, 0.001)
	o.Slower = orDefault(o.Slower, 1.2)
	o.Slack = orDefault(o.Slack, 5*time.Millisecond)
	o.WarmUp = orDefault(o.WarmUp, 30)
	return o
}

// Half of the false alarms' rate is for errors and half for durations. Of a half, a tenth is for the up to three bounds
// that stand in for a current version without calls, the rest for the evidence.
const (
	aloneShare = 0.1
	bounds     = 3
)

// needed is the evidence that a rejection takes.
func (o Options) needed() float64 { return 2 / (o.FalseAlarms * (1 - aloneShare)) }

// missAlone is the chance that one of those bounds may be wrong.
func (o Options) missAlone() float64 { return o.FalseAlarms / 2 * aloneShare / bounds }

func orDefault[T comparable](value, standard T) T {
	var zero T
	if value == zero {
		return standard
	}
	return value
}
