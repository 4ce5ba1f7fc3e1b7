package alarm_test

import (
	"fmt"
	"time"

	"sluice/internal/alarm"
	"sluice/internal/metric"
)

func ExampleEvaluate() {
	watch := &alarm.Watch{
		Namespace: "AWS/Lambda", Metric: "Errors", Statistic: metric.Sum, Period: time.Minute, Periods: 1, Operator: alarm.AtLeast, Threshold: 1,
	}
	now := time.Date(2026, 3, 1, 12, 30, 0, 0, time.UTC)
	points := []metric.Point{{Time: now.Add(-time.Minute), Value: 3, Samples: 40}}
	verdict := alarm.Evaluate(watch, watch.Window(now, 1), points, alarm.OK, now)
	fmt.Println(verdict.State)
	fmt.Println(verdict.Reason)
	// Output:
	// ALARM
	// Threshold Crossed: 1 datapoint [3.0 (01/03/26 12:29:00)] was greater than or equal to the threshold (1.0).
}

func ExampleParseRule() {
	rule, err := alarm.ParseRule(`ALARM(errors) AND NOT ALARM("deploying")`)
	if err != nil {
		fmt.Println(err)
		return
	}
	states := map[string]alarm.State{"errors": alarm.Ringing, "deploying": alarm.OK}
	fmt.Println(rule.Children(), rule.Holds(func(name string) alarm.State { return states[name] }))
	// Output: [errors deploying] true
}
