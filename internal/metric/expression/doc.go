// Package expression is metric math: it parses the expressions of a set of queries, checks that they fit together, and
// evaluates them over points that the caller has fetched.
//
//	set, err := expression.Compile([]expression.Item{
//		{ID: "errors", Period: time.Minute, Hidden: true},
//		{ID: "calls", Period: time.Minute, Hidden: true},
//		{ID: "rate", Expression: "100 * errors / calls"},
//	})
//	results, err := set.Evaluate(expression.Data{Points: fetched, From: from, To: to})
//
// It is pure: no clock, no store. Fetching points, the number of items that a request or an alarm may have, and the
// labels of results do not belong here. internal/alarm compiles an alarm's metrics once and evaluates them each time;
// internal/api/cloudwatch answers GetMetricData with it.
//
// What the functions do is what the CloudWatch User Guide says under "Using metric math". Where the guide is silent:
// a power binds to the right and more tightly than a minus before it; MIN, MAX and STDDEV of an array leave out the
// series that miss a value (SUM and AVG count it as zero, as the guide says); STDDEV is that of a population.
package expression
