package metric

import (
	"time"

	"sluice/internal/function"
)

// ID names a metric. Metrics of the same name and namespace with other dimensions are other metrics: nothing is
// aggregated over dimensions.
type ID struct {
	Scope      function.Scope
	Namespace  string
	Name       string
	Dimensions []Dimension // in any order, each name once
}

// Dimension says of what something was measured.
type Dimension struct{ Name, Value string }

// Datum is what was measured at one time: one value, several, or a summary of some.
type Datum struct {
	ID
	Time time.Time // real; the bucket that it falls into follows from it
	Unit string    // such as "Count"; empty means "None"
	// Values were measured as often as Counts says at the same index; nil Counts means once each.
	Values, Counts []float64
	// Summary is given in place of Values, or beside them by who knows count, sum and bounds better than they say: Values
	// then tell only how the samples are distributed.
	Summary *Summary
	// Fine says that the sample keeps its second; otherwise it counts for its minute (both of the cloud).
	Fine bool
}

// Summary is what is known of samples that were not kept.
type Summary struct{ Count, Sum, Min, Max float64 }

// Query asks for one statistic of a metric over consecutive periods. The first begins at From, and each that begins
// before To is asked for.
type Query struct {
	ID
	Statistic Statistic
	Unit      string        // empty means all
	Apart     bool          // a point for each unit of a period, in place of one for all
	Period    time.Duration // real time, above 0
	From, To  time.Time
}

// Point is a statistic over one period.
type Point struct {
	Time    time.Time // the period's start
	Value   float64
	Samples float64 // how many measurements the period has
	Unit    string  // of the samples; "" if they had several
}
