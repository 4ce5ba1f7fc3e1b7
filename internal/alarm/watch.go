package alarm

import (
	"time"

	"sluice/internal/metric"
)

// Watch is what a metric alarm looks at. Its durations are the cloud's.
type Watch struct {
	// Namespace, Metric and Dimensions name the metric, in the alarm's scope. All are empty if there are Queries.
	Namespace  string
	Metric     string
	Dimensions []metric.Dimension
	Statistic  metric.Statistic // percentiles and trimmed means too
	Unit       string           // empty means all
	Period     time.Duration    // 10, 20, 30 s or whole minutes; zero if there are Queries, which have their own
	// Queries are metric math: metrics of one period, and expressions over them. Exactly one is not Hidden; its points
	// are compared with the threshold.
	Queries []Query `json:",omitempty"`

	Periods    int // N: how many periods are compared with the threshold
	Datapoints int // M: how many of these have to breach it; 0 means that it was omitted, and that all have to
	Operator   Operator
	Threshold  float64 // NaN means that none was given, which is refused
	Missing    Missing // empty means omitted: MissingIsMissing
	LowSamples LowSamples
}

// Query is a metric or an expression of metric math.
type Query struct {
	ID         string // what expressions call it by
	Label      string
	Expression string // empty for a metric
	Hidden     bool   // it is there for others
	Account    string // of the metric; empty means the alarm's. Another account's metrics have no points here

	// The rest is a metric's alone, but for Period, which an expression may have.
	Namespace  string
	Metric     string
	Dimensions []metric.Dimension
	Statistic  metric.Statistic
	Unit       string
	Period     time.Duration
}

// Operator says how a point breaches the threshold: "point operator threshold".
type Operator string

// The operators that need no anomaly model, by AWS's names, since reasons and answers speak them.
const (
	Above   Operator = "GreaterThanThreshold"
	AtLeast Operator = "GreaterThanOrEqualToThreshold"
	Below   Operator = "LessThanThreshold"
	AtMost  Operator = "LessThanOrEqualToThreshold"
)

// Missing says what periods without a point count as.
type Missing string

// The ways to treat missing data (CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data").
const (
	MissingIsMissing      Missing = "missing"
	MissingIsIgnored      Missing = "ignore"
	MissingIsBreaching    Missing = "breaching"
	MissingIsNotBreaching Missing = "notBreaching"
)

// LowSamples says what becomes of percentiles of too few samples to mean something. Empty means LowSamplesEvaluated.
type LowSamples string

// The ways to treat percentiles of few samples.
const (
	LowSamplesEvaluated LowSamples = "evaluate"
	LowSamplesIgnored   LowSamples = "ignore" // the state stays
)
