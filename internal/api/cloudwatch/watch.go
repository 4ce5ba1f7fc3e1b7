package cloudwatch

import (
	"math"
	"time"

	"sluice/internal/alarm"
	shape "sluice/internal/api/shape/cloudwatch"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/metric"
)

// refuseUnserved tells of what an alarm may have on AWS and not here. To leave it out in silence would make an alarm
// that rings at other times than its owner thinks.
func refuseUnserved(in *shape.PutMetricAlarmInput) error {
	for _, part := range []struct {
		given bool
		name  string
	}{
		{in.ThresholdMetricId != nil, "ThresholdMetricId: there are no anomaly detectors here"},
		{in.EvaluationCriteria != nil, "EvaluationCriteria: there is no PromQL here"},
		{in.EvaluationInterval != nil, "EvaluationInterval: alarms are evaluated as often as their periods say"},
		{in.WarmUpConfiguration != nil, "WarmUpConfiguration"},
		{in.EvaluationWindow != nil && in.EvaluationWindow.WallClockWindow != nil, "EvaluationWindow.WallClockWindow: periods slide here"},
	} {
		if part.given {
			return fault.Errorf(fault.Invalid, "alarm", "Sluice does not support %s", part.name)
		}
	}
	return refuseActionConfiguration(in.ActionConfiguration)
}

func refuseActionConfiguration(given *shape.ActionConfiguration) error {
	if given == nil {
		return nil
	}
	return fault.Errorf(fault.Invalid, "alarm", "Sluice does not support ActionConfiguration")
}

// watchOf is what a metric alarm looks at. What it may not be, internal/alarm says.
func watchOf(in *shape.PutMetricAlarmInput) (*alarm.Watch, error) {
	if err := checkSeconds("Period", in.Period); err != nil {
		return nil, err
	}
	statistic, err := oneStatistic(in.Statistic, in.ExtendedStatistic)
	if err != nil {
		return nil, err
	}
	w := &alarm.Watch{
		Namespace: wire.Value(in.Namespace), Metric: wire.Value(in.MetricName), Dimensions: dimensions(in.Dimensions),
		Statistic: statistic, Unit: wire.Value(in.Unit), Period: seconds(in.Period),
		Periods: int(wire.Value(in.EvaluationPeriods)), Datapoints: int(wire.Value(in.DatapointsToAlarm)),
		Operator: alarm.Operator(wire.Value(in.ComparisonOperator)), Threshold: math.NaN(),
		Missing: alarm.Missing(wire.Value(in.TreatMissingData)), LowSamples: alarm.LowSamples(wire.Value(in.EvaluateLowSampleCountPercentile)),
	}
	if in.Threshold != nil {
		w.Threshold = *in.Threshold
	}
	for i := range in.Metrics {
		q, err := queryOf(&in.Metrics[i])
		if err != nil {
			return nil, err
		}
		w.Queries = append(w.Queries, q)
	}
	return w, nil
}

func oneStatistic(plain, extended *string) (metric.Statistic, error) {
	if plain != nil && extended != nil {
		return "", fault.Errorf(fault.Invalid, "combination", "Statistic and ExtendedStatistic can't both be given")
	}
	return metric.Statistic(wire.Value(plain) + wire.Value(extended)), nil
}

func queryOf(in *shape.MetricDataQuery) (alarm.Query, error) {
	q := alarm.Query{
		ID: wire.Value(in.Id), Label: wire.Value(in.Label), Expression: wire.Value(in.Expression), Account: wire.Value(in.AccountId),
		Hidden: in.ReturnData != nil && !*in.ReturnData, Period: seconds(in.Period),
	}
	if (in.Expression == nil) == (in.MetricStat == nil) {
		return q, fault.Errorf(fault.Invalid, "alarm", "The metric %q needs either MetricStat or Expression", q.ID)
	}
	if err := checkSeconds("Period", in.Period); err != nil {
		return q, err
	}
	if stat := in.MetricStat; stat != nil {
		if err := checkSeconds("Period", stat.Period); err != nil {
			return q, err
		}
		q.Namespace, q.Metric = wire.Value(stat.Metric.Namespace), wire.Value(stat.Metric.MetricName)
		q.Dimensions = dimensions(stat.Metric.Dimensions)
		q.Statistic, q.Unit, q.Period = metric.Statistic(wire.Value(stat.Stat)), wire.Value(stat.Unit), seconds(stat.Period)
	}
	return q, nil
}

func dimensions(in []shape.Dimension) []metric.Dimension {
	var out []metric.Dimension
	for _, d := range in {
		out = append(out, metric.Dimension{Name: wire.Value(d.Name), Value: wire.Value(d.Value)})
	}
	return out
}

// longest is more seconds than any rule allows, and few enough for a Duration.
const longest = 1 << 32

// checkSeconds refuses what seconds would have to shorten.
func checkSeconds(name string, n *int64) error {
	if v := wire.Value(n); v < -longest || v > longest {
		return fault.Errorf(fault.Invalid, "alarm", "The value %d for parameter %s is out of range", v, name)
	}
	return nil
}

// seconds is a Duration, if need be a shorter one.
func seconds(n *int64) time.Duration {
	return time.Duration(min(max(wire.Value(n), -longest), longest)) * time.Second
}
