package cloudwatch

import (
	"time"

	"sluice/internal/alarm"
	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/cloudwatch"
	"sluice/internal/metric"
)

// metricAlarm shows an alarm as DescribeAlarms does: what was not given is left out, but for empty lists of actions and
// dimensions (test_describe_minimal_metric_alarm).
func metricAlarm(a *alarm.Alarm) shape.MetricAlarm {
	w := a.Watch
	out := shape.MetricAlarm{
		AlarmName: &a.Name, AlarmArn: new(a.ARN()), AlarmDescription: given(a.Description), ActionsEnabled: &a.Actions.Enabled,
		OKActions: list(a.Actions.OK), AlarmActions: list(a.Actions.Alarm), InsufficientDataActions: list(a.Actions.InsufficientData),
		AlarmConfigurationUpdatedTimestamp: apishape.At(a.Configured),
		StateValue:                         new(string(a.Status.State)), StateReason: &a.Status.Reason, StateReasonData: given(a.Status.ReasonData),
		StateUpdatedTimestamp: apishape.At(a.Status.Updated), StateTransitionedTimestamp: apishape.At(a.Status.Transitioned),
		Namespace: given(w.Namespace), MetricName: given(w.Metric), Dimensions: dimensionList(w.Dimensions), Unit: given(w.Unit),
		Period: givenSeconds(w.Period), EvaluationPeriods: new(int64(w.Periods)), DatapointsToAlarm: givenNumber(w.Datapoints),
		Threshold: &w.Threshold, ComparisonOperator: new(string(w.Operator)), TreatMissingData: given(string(w.Missing)),
		EvaluateLowSampleCountPercentile: given(string(w.LowSamples)),
	}
	if w.Statistic.Plain() {
		out.Statistic = new(string(w.Statistic))
	} else {
		out.ExtendedStatistic = given(string(w.Statistic))
	}
	for i := range w.Queries {
		out.Metrics = append(out.Metrics, metricQuery(&w.Queries[i]))
	}
	return out
}

func metricQuery(q *alarm.Query) shape.MetricDataQuery {
	out := shape.MetricDataQuery{
		Id: &q.ID, Label: given(q.Label), Expression: given(q.Expression), ReturnData: new(!q.Hidden), AccountId: given(q.Account),
	}
	if q.Expression != "" {
		out.Period = givenSeconds(q.Period)
		return out
	}
	out.MetricStat = &shape.MetricStat{
		Metric: &shape.Metric{Namespace: &q.Namespace, MetricName: &q.Metric, Dimensions: dimensionList(q.Dimensions)},
		Period: givenSeconds(q.Period), Stat: new(string(q.Statistic)), Unit: given(q.Unit),
	}
	return out
}

func compositeAlarm(a *alarm.Alarm) shape.CompositeAlarm {
	c := a.Composite
	out := shape.CompositeAlarm{
		AlarmName: &a.Name, AlarmArn: new(a.ARN()), AlarmDescription: given(a.Description), ActionsEnabled: &a.Actions.Enabled,
		OKActions: list(a.Actions.OK), AlarmActions: list(a.Actions.Alarm), InsufficientDataActions: list(a.Actions.InsufficientData),
		AlarmConfigurationUpdatedTimestamp: apishape.At(a.Configured), AlarmRule: &c.Rule,
		StateValue: new(string(a.Status.State)), StateReason: &a.Status.Reason, StateReasonData: given(a.Status.ReasonData),
		StateUpdatedTimestamp: apishape.At(a.Status.Updated), StateTransitionedTimestamp: apishape.At(a.Status.Transitioned),
		ActionsSuppressedBy: given(string(a.Status.Suppressed.By)), ActionsSuppressedReason: given(a.Status.Suppressed.Reason),
	}
	if c.Suppressor != "" {
		out.ActionsSuppressor = &c.Suppressor
		out.ActionsSuppressorWaitPeriod = new(int64(c.Wait / time.Second))
		out.ActionsSuppressorExtensionPeriod = new(int64(c.Extension / time.Second))
	}
	return out
}

func dimensionList(in []metric.Dimension) []shape.Dimension {
	out := []shape.Dimension{}
	for _, d := range in {
		out = append(out, shape.Dimension{Name: &d.Name, Value: &d.Value})
	}
	return out
}

// list makes an empty list of none.
func list(items []string) []string { return append([]string{}, items...) }

// given leaves out what is empty.
func given(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func givenNumber(n int) *int64 {
	if n == 0 {
		return nil
	}
	return new(int64(n))
}

func givenSeconds(d time.Duration) *int64 { return givenNumber(int(d / time.Second)) }
