package cloudwatch

import (
	"context"
	"errors"
	"strings"

	"sluice/internal/alarm"
	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/cloudwatch"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// checkName refuses names with control characters ("PutMetricAlarm", AlarmName).
func checkName(name string) error {
	if strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return fault.Errorf(fault.Invalid, "alarm", "AlarmName must not contain ASCII control characters")
	}
	return nil
}

func (a *api) putMetricAlarm(ctx context.Context, r *wire.Request, in *shape.PutMetricAlarmInput) (*apishape.Nothing, error) {
	if err := refuseUnserved(in); err != nil {
		return nil, err
	}
	if err := checkName(wire.Value(in.AlarmName)); err != nil {
		return nil, err
	}
	watch, err := watchOf(in)
	if err != nil {
		return nil, err
	}
	return nil, a.alarms.Put(ctx, alarm.Alarm{
		Scope: scope(r), Name: wire.Value(in.AlarmName), Description: wire.Value(in.AlarmDescription), Tags: tagMap(in.Tags), Watch: watch,
		Actions: actions(in.ActionsEnabled, in.OKActions, in.AlarmActions, in.InsufficientDataActions),
	})
}

func (a *api) putCompositeAlarm(ctx context.Context, r *wire.Request, in *shape.PutCompositeAlarmInput) (*apishape.Nothing, error) {
	if err := refuseActionConfiguration(in.ActionConfiguration); err != nil {
		return nil, err
	}
	if err := errors.Join(checkName(wire.Value(in.AlarmName)), checkSeconds("ActionsSuppressorWaitPeriod", in.ActionsSuppressorWaitPeriod),
		checkSeconds("ActionsSuppressorExtensionPeriod", in.ActionsSuppressorExtensionPeriod)); err != nil {
		return nil, err
	}
	return nil, a.alarms.PutComposite(ctx, alarm.Alarm{
		Scope: scope(r), Name: wire.Value(in.AlarmName), Description: wire.Value(in.AlarmDescription), Tags: tagMap(in.Tags),
		Actions: actions(in.ActionsEnabled, in.OKActions, in.AlarmActions, in.InsufficientDataActions),
		Composite: &alarm.Composite{
			Rule: wire.Value(in.AlarmRule), Suppressor: wire.Value(in.ActionsSuppressor),
			Wait: seconds(in.ActionsSuppressorWaitPeriod), Extension: seconds(in.ActionsSuppressorExtensionPeriod),
		},
	})
}

// actions are enabled if nothing is said of it.
func actions(enabled *bool, ok, ringing, insufficient []string) alarm.Actions {
	return alarm.Actions{Enabled: enabled == nil || *enabled, OK: ok, Alarm: ringing, InsufficientData: insufficient}
}

// setState tells of an alarm that is missing without a message, as AWS does (test_set_alarm_invalid_input).
func (a *api) setState(ctx context.Context, r *wire.Request, in *shape.SetAlarmStateInput) (*apishape.Nothing, error) {
	err := a.alarms.SetState(ctx, scope(r), wire.Value(in.AlarmName), alarm.State(wire.Value(in.StateValue)), wire.Value(in.StateReason), wire.Value(in.StateReasonData))
	if fault.Is(err, fault.NotFound, "alarm") {
		return nil, fault.Errorf(fault.NotFound, "alarm", "")
	}
	return nil, err
}

func (a *api) enableActions(ctx context.Context, r *wire.Request, in *shape.EnableAlarmActionsInput) (*apishape.Nothing, error) {
	return nil, a.alarms.EnableActions(ctx, scope(r), in.AlarmNames)
}

func (a *api) disableActions(ctx context.Context, r *wire.Request, in *shape.DisableAlarmActionsInput) (*apishape.Nothing, error) {
	return nil, a.alarms.DisableActions(ctx, scope(r), in.AlarmNames)
}

func (a *api) deleteAlarms(ctx context.Context, r *wire.Request, in *shape.DeleteAlarmsInput) (*apishape.Nothing, error) {
	return nil, a.alarms.Delete(ctx, scope(r), in.AlarmNames)
}
