package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// watched is what became of alarms whose metrics all began to breach their thresholds at once.
type watched struct {
	breached, rang int
	late           time.Duration // the latest to ring, from the end of the period
}

const (
	// watchPeriod is the alarms' period, of the cloud.
	watchPeriod = 10 * time.Second
	// breachEvery is of how many metrics one breaches its alarm's threshold.
	breachEvery = 100
	// goodValue is so low that the eleven that a period may have do not breach the threshold, and badValue so high that
	// one does.
	goodValue, threshold, badValue = 0.5, 10.0, 10.0
)

// watch puts an alarm on each metric of a feed, and waits until each was looked at: their first changes are not to be in
// the way of those that count.
func (s *instance) watch(ctx context.Context, metrics int) error {
	err := each(metrics, func(n int) error {
		return s.client.CloudWatch(ctx, "PutMetricAlarm", object{
			"AlarmName": fmt.Sprint("fed-", n), "Namespace": fedNamespace, "MetricName": fedName, "Dimensions": fedDimensions(n),
			"Statistic": "Sum", "Period": watchPeriod / time.Second, "EvaluationPeriods": 1,
			"ComparisonOperator": "GreaterThanOrEqualToThreshold", "Threshold": threshold, "TreatMissingData": "notBreaching",
		}, nil)
	})
	for began := time.Now(); err == nil && time.Since(began) < 6*watchPeriod; time.Sleep(watchPeriod / 20) {
		var fresh struct{ MetricAlarms []struct{ AlarmName string } }
		err = s.client.CloudWatch(ctx, "DescribeAlarms", object{"StateValue": "INSUFFICIENT_DATA", "MaxRecords": 1}, &fresh)
		if err == nil && len(fresh.MetricAlarms) == 0 {
			return nil
		}
	}
	if err == nil {
		err = errors.New("some alarms were not looked at")
	}
	return err
}

// readWatched reads when the alarms began to ring that had to, and waits a little for those that are late.
func (s *instance) readWatched(ctx context.Context, f feed, since time.Time) (w watched, err error) {
	w.breached = (f.metrics + breachEvery - 1) / breachEvery
	var rings []ring
	for began := time.Now(); err == nil && len(rings) < w.breached && time.Since(began) < 5*closingGoal; time.Sleep(closingGoal / 100) {
		rings, err = s.rings(ctx, "", since, f.scale.Here(watchPeriod))
	}
	w.rang = len(rings)
	for _, r := range rings {
		w.late = max(w.late, r.at.Sub(r.period))
	}
	return w, err
}
