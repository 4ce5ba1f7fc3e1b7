package cloudwatch

import (
	"context"

	"sluice/internal/alarm"
	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/cloudwatch"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/metric"
)

// pageSize is how many alarms or history items a page has if the caller does not say.
const pageSize = 50

func (a *api) describeAlarms(ctx context.Context, r *wire.Request, in *shape.DescribeAlarmsInput) (*shape.DescribeAlarmsOutput, error) {
	f, err := alarmFilter(r, in)
	if err != nil {
		return nil, err
	}
	found, more, err := a.alarms.Describe(ctx, f)
	if err != nil {
		return nil, err
	}
	out := &shape.DescribeAlarmsOutput{MetricAlarms: []shape.MetricAlarm{}, CompositeAlarms: []shape.CompositeAlarm{}}
	for _, each := range found {
		if each.Composite != nil {
			out.CompositeAlarms = append(out.CompositeAlarms, relative(f, each, compositeAlarm(each)))
		} else {
			out.MetricAlarms = append(out.MetricAlarms, child(f, each, metricAlarm(each)))
		}
	}
	if more && len(found) > 0 {
		out.NextToken, err = writeToken(alarmPages, found[len(found)-1].Name)
	}
	return out, err
}

func alarmFilter(r *wire.Request, in *shape.DescribeAlarmsInput) (alarm.Filter, error) {
	f := alarm.Filter{
		Scope: scope(r), Names: in.AlarmNames, Prefix: wire.Value(in.AlarmNamePrefix), State: alarm.State(wire.Value(in.StateValue)),
		ActionPrefix: wire.Value(in.ActionPrefix), ChildrenOf: wire.Value(in.ChildrenOfAlarmName), ParentsOf: wire.Value(in.ParentsOfAlarmName),
		Limit: pageLimit(in.MaxRecords), Types: alarmTypes(in.AlarmTypes),
	}
	if len(f.Names) > 0 && f.Prefix != "" {
		return f, fault.Errorf(fault.Invalid, "combination", "AlarmNamePrefix and AlarmNames can't both be given")
	}
	if f.ChildrenOf == "" && f.ParentsOf == "" {
		return f, readToken(alarmPages, in.NextToken, &f.After)
	}
	if both := f.ChildrenOf != "" && f.ParentsOf != ""; both || len(f.Names)+len(in.AlarmTypes) > 0 ||
		f.Prefix+f.ActionPrefix+string(f.State) != "" {
		return f, fault.Errorf(fault.Invalid, "combination",
			"ChildrenOfAlarmName or ParentsOfAlarmName can only be given with MaxRecords and NextToken")
	}
	f.Types = nil
	return f, readToken(alarmPages, in.NextToken, &f.After)
}

// alarmTypes are metric alarms alone, if nothing is said ("DescribeAlarms", AlarmTypes).
func alarmTypes(in []string) []alarm.Type {
	if len(in) == 0 {
		return []alarm.Type{alarm.MetricAlarm}
	}
	var types []alarm.Type
	for _, t := range in {
		types = append(types, alarm.Type(t))
	}
	return types
}

func pageLimit(in *int64) int {
	if in == nil {
		return pageSize
	}
	return int(*in)
}

// child shows of the children of a composite alarm what AWS shows: name, ARN and state ("DescribeAlarms",
// ChildrenOfAlarmName).
func child(f alarm.Filter, a *alarm.Alarm, whole shape.MetricAlarm) shape.MetricAlarm {
	if f.ChildrenOf == "" {
		return whole
	}
	return shape.MetricAlarm{AlarmName: whole.AlarmName, AlarmArn: whole.AlarmArn, StateValue: whole.StateValue,
		StateUpdatedTimestamp: apishape.At(a.Status.Updated)}
}

// relative does the same for composite alarms, and shows of parents only name and ARN.
func relative(f alarm.Filter, a *alarm.Alarm, whole shape.CompositeAlarm) shape.CompositeAlarm {
	switch {
	case f.ChildrenOf != "":
		return shape.CompositeAlarm{AlarmName: whole.AlarmName, AlarmArn: whole.AlarmArn, StateValue: whole.StateValue,
			StateUpdatedTimestamp: apishape.At(a.Status.Updated)}
	case f.ParentsOf != "":
		return shape.CompositeAlarm{AlarmName: whole.AlarmName, AlarmArn: whole.AlarmArn}
	}
	return whole
}

func (a *api) describeAlarmsForMetric(ctx context.Context, r *wire.Request, in *shape.DescribeAlarmsForMetricInput) (*shape.DescribeAlarmsForMetricOutput, error) {
	statistic, err := oneStatistic(in.Statistic, in.ExtendedStatistic)
	if err != nil {
		return nil, err
	}
	id := metric.ID{Scope: scope(r), Namespace: wire.Value(in.Namespace), Name: wire.Value(in.MetricName), Dimensions: dimensions(in.Dimensions)}
	found, err := a.alarms.DescribeForMetric(ctx, id, statistic, wire.Value(in.Unit), seconds(in.Period))
	out := &shape.DescribeAlarmsForMetricOutput{MetricAlarms: []shape.MetricAlarm{}}
	for _, each := range found {
		out.MetricAlarms = append(out.MetricAlarms, metricAlarm(each))
	}
	return out, err
}
