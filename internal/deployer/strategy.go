package deployer

import "time"

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
