package expression

import (
	"math"
	"time"
)

// functions builds the formula of each function from its call. Filled at start because METRICS and its like compile
// arguments, which may be calls again.
var functions map[string]func(*compiler, call) (formula, error)

func init() {
	functions = map[string]func(*compiler, call) (formula, error){
		"ABS":             numeric(math.Abs),
		"CEIL":            numeric(math.Ceil),
		"FLOOR":           numeric(math.Floor),
		"LOG":             numeric(math.Log),
		"LOG10":           numeric(math.Log10),
		"AVG":             aggregate(average),
		"SUM":             aggregate(sum),
		"MIN":             aggregate(least),
		"MAX":             aggregate(greatest),
		"STDDEV":          aggregate(deviation),
		"DATAPOINT_COUNT": aggregate(count),
		"RATE":            successive(rate),
		"DIFF":            successive(difference),
		"DIFF_TIME":       successive(elapsed),
		"RUNNING_SUM":     runningSum,
		"FILL":            fill,
		"IF":              conditional,
		"METRICS":         metrics,
		"METRIC_COUNT":    metricCount,
		"PERIOD":          period,
		"TIME_SERIES":     timeSeries,
		"SORT":            sorted,
		"SLICE":           slice,
		"FIRST":           first,
		"LAST":            last,
		"REMOVE_EMPTY":    removeEmpty,
		"SEARCH":          search,
		"MINUTE":          calendar(func(t time.Time) int64 { return int64(t.Minute()) }),
		"HOUR":            calendar(func(t time.Time) int64 { return int64(t.Hour()) }),
		"DAY":             calendar(weekday),
		"DATE":            calendar(func(t time.Time) int64 { return int64(t.Day()) }),
		"MONTH":           calendar(func(t time.Time) int64 { return int64(t.Month()) }),
		"YEAR":            calendar(func(t time.Time) int64 { return int64(t.Year()) }),
		"EPOCH":           calendar(time.Time.Unix),
	}
}

// elsewhere are functions that CloudWatch has and that need what is only there.
var elsewhere = map[string]string{
	"ANOMALY_DETECTION_BAND": "there are no anomaly models",
	"DB_PERF_INSIGHTS":       "there are no databases",
	"INSIGHT_RULE_METRIC":    "there is no Contributor Insights",
	"LAMBDA":                 "there are no connected data sources",
	"SERVICE_QUOTA":          "there are no service quotas",
}

func (c *compiler) call(n call) (formula, error) {
	if build, ok := functions[n.function]; ok {
		return build(c, n)
	}
	if reason, ok := elsewhere[n.function]; ok {
		return formula{}, refuse("Function '%s' is not supported: %s here", n.function, reason)
	}
	return formula{}, refuse("Function '%s' not found", n.function)
}

// arguments compiles those of a call, which are of the given kinds. Kinds that a function takes are joined by or.
func (c *compiler) arguments(n call, kinds ...kinds) ([]formula, error) {
	if len(n.arguments) != len(kinds) {
		return nil, refuse("Function '%s' takes %s, found %d", n.function, plural(len(kinds), "argument"), len(n.arguments))
	}
	formulas := make([]formula, len(kinds))
	for i, argument := range n.arguments {
		f, err := c.argument(n, argument, kinds[i])
		if err != nil {
			return nil, err
		}
		formulas[i] = f
	}
	return formulas, nil
}

func (c *compiler) argument(n call, argument node, allowed kinds) (formula, error) {
	f, err := c.compile(argument)
	if err != nil {
		return formula{}, err
	}
	if allowed&(1<<f.kind) == 0 {
		return formula{}, refuse("Function '%s' does not take the %s at character %d", n.function, kindNames[f.kind], argument.position()+1)
	}
	return f, nil
}

// kinds is a set of kinds.
type kinds uint8

const (
	aScalar kinds = 1 << Scalar
	aSeries kinds = 1 << Series
	anArray kinds = 1 << Array
)

// numeric builds functions that compute each value by itself.
func numeric(f func(float64) float64) func(*compiler, call) (formula, error) {
	return func(c *compiler, n call) (formula, error) {
		arguments, err := c.arguments(n, aScalar|aSeries|anArray)
		if err != nil {
			return formula{}, err
		}
		return elementwise(arguments[0], f), nil
	}
}

// transform builds functions that make of each series another one.
func transform(f func(*evaluation, series) series) func(*compiler, call) (formula, error) {
	return func(c *compiler, n call) (formula, error) {
		arguments, err := c.arguments(n, aSeries|anArray)
		if err != nil {
			return formula{}, err
		}
		from := arguments[0]
		return formula{from.kind, from.most, func(e *evaluation) value {
			return e.each(from.value(e), func(s series) series { return f(e, s) })
		}}, nil
	}
}
