package resource

import (
	"maps"
	"slices"

	"sluice/internal/stack"
)

// maxAlarmName is how long an alarm's name may be, in characters.
const maxAlarmName = 255

var alarmTags = tagging{
	service: "CloudWatch", list: "ListTagsForResource", tag: "TagResource", untag: "UntagResource", shown: "Tags", tags: "Tags", keys: "TagKeys",
}

// metricAlarm is AWS::CloudWatch::Alarm. Its Ref is the alarm's name.
func metricAlarm() *resource {
	dimensions := func() *stack.Property {
		return list(object(fields{"Name": text(required), "Value": text(required)}))
	}
	metric := object(fields{"Dimensions": dimensions(), "MetricName": text(), "Namespace": text()}, required)
	return alarmOf("AWS::CloudWatch::Alarm", "PutMetricAlarm", fields{
		"ComparisonOperator": text(), "DatapointsToAlarm": whole(), "Dimensions": dimensions(), "EvaluateLowSampleCountPercentile": text(),
		"EvaluationPeriods": whole(), "ExtendedStatistic": text(), "MetricName": text(), "Namespace": text(), "Period": whole(),
		"Statistic": text(), "Threshold": number(), "ThresholdMetricId": text(), "TreatMissingData": text(), "Unit": text(),
		"Metrics": list(object(fields{
			"AccountId": text(), "Expression": text(), "Id": text(required), "Label": text(), "Period": whole(), "ReturnData": flag(),
			"MetricStat": object(fields{"Metric": metric, "Period": whole(required), "Stat": text(required), "Unit": text()}),
		})),
	})
}

// compositeAlarm is AWS::CloudWatch::CompositeAlarm. Its Ref is the alarm's name.
func compositeAlarm() *resource {
	return alarmOf("AWS::CloudWatch::CompositeAlarm", "PutCompositeAlarm", fields{
		"AlarmRule": text(required), "ActionsSuppressor": text(), "ActionsSuppressorExtensionPeriod": whole(), "ActionsSuppressorWaitPeriod": whole(),
	})
}

// alarmOf is a type of alarms, which an operation puts. own are its properties beside those that all alarms have.
func alarmOf(name, operation string, own fields) *resource {
	all := fields{
		"ActionsEnabled": flag(), "AlarmActions": list(text()), "AlarmDescription": text(), "AlarmName": text(replaces),
		"InsufficientDataActions": list(text()), "OKActions": list(text()), "Tags": tagged(),
	}
	maps.Copy(all, own)
	names := slices.Sorted(maps.Keys(all))
	put := func(t *task, alarm string, tags any) (*stack.Made, error) {
		_, err := t.call("CloudWatch", operation, with(t.pick(names...), members{"AlarmName": alarm, "Tags": tags}))
		return unless(err, &stack.Made{PhysicalID: alarm, Attributes: members{"Arn": t.arn("cloudwatch", "alarm:"+alarm)}})
	}
	return &resource{
		Schema: stack.Schema{Type: name, Attributes: []string{"Arn"}, Properties: all},
		create: func(t *task) (*stack.Made, error) {
			if err := t.refuseDouble(); err != nil {
				return nil, err
			}
			return put(t, t.name("AlarmName", maxAlarmName), tagList(t.tags()))
		},
		update: func(t *task) (*stack.Made, error) {
			made, err := put(t, t.PhysicalID, nil)
			if err != nil {
				return nil, err
			}
			return made, t.retag(alarmTags, members{"ResourceARN": made.Attributes["Arn"]})
		},
		delete: func(t *task) error {
			_, err := t.call("CloudWatch", "DeleteAlarms", members{"AlarmNames": []any{t.PhysicalID}})
			return err
		},
	}
}

// refuseDouble refuses to put an alarm in place of one that somebody made otherwise, as the operation would.
func (t *task) refuseDouble() error {
	name := t.text("AlarmName")
	if name == "" || t.Repeated {
		return nil
	}
	out, err := t.call("CloudWatch", "DescribeAlarms", members{"AlarmNames": []any{name}, "AlarmTypes": []any{"MetricAlarm", "CompositeAlarm"}})
	if err != nil {
		return err
	}
	if len(listOf(out["MetricAlarms"]))+len(listOf(out["CompositeAlarms"])) > 0 {
		return failf(alreadyExists, "Resource of type '%s' with identifier '%s' already exists.", t.Type, name)
	}
	return nil
}
