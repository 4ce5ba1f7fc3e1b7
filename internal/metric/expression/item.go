package expression

import (
	"time"

	"sluice/internal/clock"
	"sluice/internal/metric"
)

// Item is one query of a set: a metric if it has no Expression.
type Item struct {
	// ID is what expressions call the item by: a lower-case letter, then letters, digits and underscores.
	ID string
	// Expression is metric math, of MaxLength bytes at most. Empty for a metric.
	Expression string
	// Period is, in real time, how far a metric's points are apart. For an expression it matters to functions that
	// make points where there are none, such as TIME_SERIES; zero means the shortest period of the set's metrics.
	Period time.Duration
	// Hidden items are there for others to refer to: they have no result of their own, and may be scalars.
	Hidden bool
}

// Kind is the sort of value that an item has.
type Kind uint8

// The kinds of values. A metric is a Series.
const (
	Scalar Kind = iota // one number
	Series             // points over time
	Array              // any number of series
)

// Data is what a set is evaluated over.
type Data struct {
	// Points are the metrics' points by the metric's ID, oldest first. A metric may have none.
	Points map[string][]metric.Point
	// Found are the metrics that the set's searches found (see Set.Searches), with their points.
	Found map[Search][]Found
	// From and To bound the range. Its periods are those that begin at or after From and before To; they begin at
	// multiples of themselves since 1970 UTC (From counts as rounded down to one), or, if Sliding, at From plus
	// multiples of themselves.
	From, To time.Time
	Sliding  bool
	// Scale says how many seconds of the cloud a real second is for functions that speak of seconds: RATE, DIFF_TIME
	// and PERIOD. An alarm's periods are scaled, a user's queries are not.
	Scale clock.Scale
	// Work bounds what the evaluation may do, in points that it makes or walks over; 0 means MaxWork, and more is no
	// more. What is evaluated again and again, such as an alarm, sets less.
	Work int
}

// Search is what one SEARCH function of a set asks for.
type Search struct {
	Query     string // such as `{AWS/Lambda,FunctionName} MetricName="Errors"`
	Statistic metric.Statistic
	Period    time.Duration // real time
}

// Found is a metric that a search found.
type Found struct {
	Name   string // becomes Line.Source
	Points []metric.Point
}

// Result is what a visible item came to: one line, or any number if its Kind is Array.
type Result struct {
	ID    string
	Lines []Line
}

// Line is one series of a result.
type Line struct {
	// Source is the ID of the metric, or the Name of the found one, that the line was made from if it was made from one
	// alone, and else empty.
	Source string
	// Points are oldest first. Those of expressions have no Samples and no Unit; those of metrics are as they were given.
	Points []metric.Point
}
