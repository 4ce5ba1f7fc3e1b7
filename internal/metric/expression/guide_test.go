package expression_test

import (
	"testing"
	"time"

	"sluice/internal/metric/expression"
)

// The guide's examples, as they stand there, mean something.
func TestGuideExamplesCompile(t *testing.T) {
	for _, text := range []string{
		"PERIOD(m1)/60 + m1", "5 * m1", "m1 - m2", "SUM(100/[m1, m2])", "AVG([m1,m2]/m3)", "METRICS()*100", "-5*m1", "-m1",
		"SUM(-[m1, m2])", "ABS(m1-m2)", "MIN(ABS([m1, m2]))", "ABS(METRICS())", "SUM([m1,m2])/AVG(m2)", "AVG(METRICS())",
		"CEIL(m1)", "CEIL(METRICS())", "SUM(CEIL(METRICS()))", "TIME_SERIES(SUM(m1) / DATAPOINT_COUNT(m1))", "DATAPOINT_COUNT(METRICS())",
		"DIFF(m1)", "DIFF_TIME(METRICS())", "FILL(m1,10)", "FILL(METRICS(), 0)", "FILL(METRICS(), m1)", "FILL(m1, MIN(m1))",
		"FILL(m1, REPEAT)", "FILL(METRICS(), LINEAR)", "IF(FIRST(SORT(METRICS(), AVG, DESC))>100, 1, 0)", "FLOOR(m1)",
		"FLOOR(METRICS())", "LOG(METRICS())", "LOG10(m1)", "MAX(m1)/m1", "MAX(METRICS())", "m1/METRIC_COUNT(METRICS())",
		"SUM(METRICS(\"errors\"))", "m1-MIN(m1)", "MIN(METRICS())", "MINUTE(m1)", "IF(DAY(m1)<6,m1)", "IF(MONTH(m1) == 4,m1)",
		"m1/PERIOD(m1)", "RATE(m1)", "RATE(METRICS())", "REMOVE_EMPTY(METRICS())", "RUNNING_SUM([m1,m2])",
		"SLICE(SORT(METRICS(), SUM, DESC), 0, 10)", "SLICE(SORT(METRICS(), AVG, ASC), 5)", "SORT(METRICS(), AVG, DESC, 10)",
		"SORT(METRICS(), MAX, ASC)", "m1/STDDEV(m1)", "STDDEV(METRICS())", "SUM(METRICS())/SUM(m1)", "SUM([m1,m2])",
		"SUM(METRICS(\"errors\"))/SUM(METRICS(\"requests\"))*100", "TIME_SERIES(MAX(m1))", "TIME_SERIES(5*AVG(m1))", "TIME_SERIES(10)",
		"IF(metric1<400, metric1)", "IF(metric1<400, 10, 2)", "IF(latency>threshold, 1, 0)",
		"IF((DAY(m1)<6 AND (HOUR(m1)>=9 AND HOUR(m1)<17)),m1)", "IF(HOUR(m1) > 19 OR HOUR(m1) < 2, m1)",
		"SUM(SEARCH(' {AWS/Lambda, FunctionName} MetricName=\"Errors\" ', 'Sum', 300))",
	} {
		t.Run(text, func(t *testing.T) {
			var items []expression.Item
			for _, id := range []string{"m1", "m2", "m3", "metric1", "latency", "threshold", "errors1", "requests1"} {
				items = append(items, expression.Item{ID: id, Period: time.Minute, Hidden: true})
			}
			if _, err := expression.Compile(append(items, expression.Item{ID: "e", Expression: text})); err != nil {
				t.Error(err)
			}
		})
	}
}
