package cloudwatch

import (
	"context"

	"sluice/internal/alarm"
	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/cloudwatch"
	"sluice/internal/api/wire"
)

func (a *api) describeHistory(ctx context.Context, r *wire.Request, in *shape.DescribeAlarmHistoryInput) (*shape.DescribeAlarmHistoryOutput, error) {
	q := alarm.HistoryQuery{
		Scope: scope(r), Alarm: wire.Value(in.AlarmName), Kind: alarm.HistoryKind(wire.Value(in.HistoryItemType)), Limit: pageLimit(in.MaxRecords),
		From: wire.Value(in.StartDate).Time, To: wire.Value(in.EndDate).Time, Ascending: wire.Value(in.ScanBy) == "TimestampAscending",
		Types: historyTypes(in),
	}
	if err := readToken(historyPages, in.NextToken, &q.After); err != nil {
		return nil, err
	}
	found, more, err := a.alarms.History(ctx, q)
	if err != nil {
		return nil, err
	}
	out := &shape.DescribeAlarmHistoryOutput{AlarmHistoryItems: []shape.AlarmHistoryItem{}}
	for _, each := range found {
		item, err := historyItem(each)
		if err != nil {
			return nil, err
		}
		out.AlarmHistoryItems = append(out.AlarmHistoryItems, item)
	}
	if more && len(found) > 0 {
		out.NextToken, err = writeToken(historyPages, found[len(found)-1].Cursor())
	}
	return out, err
}

// historyTypes are metric alarms alone if nothing is said, unless one alarm is named ("DescribeAlarmHistory",
// AlarmTypes: "If you omit this parameter, only metric alarms are returned").
func historyTypes(in *shape.DescribeAlarmHistoryInput) []alarm.Type {
	if len(in.AlarmTypes) == 0 && in.AlarmName != nil {
		return nil
	}
	return alarmTypes(in.AlarmTypes)
}

func historyItem(h *alarm.HistoryItem) (shape.AlarmHistoryItem, error) {
	kind := alarm.MetricAlarm
	if h.Composite {
		kind = alarm.CompositeAlarm
	}
	data, err := historyData(h)
	return shape.AlarmHistoryItem{
		AlarmName: &h.Alarm, AlarmType: new(string(kind)), Timestamp: apishape.At(h.Time),
		HistoryItemType: new(string(h.Kind)), HistorySummary: &h.Summary, HistoryData: given(data),
	}, err
}
