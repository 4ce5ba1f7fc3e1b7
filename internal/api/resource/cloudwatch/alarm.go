package cloudwatch

import (
	"maps"
	"slices"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// maxAlarmName is how long an alarm's name may be, in characters.
const maxAlarmName = 255

var tagging = resource.Tagging{
	Service: "CloudWatch", List: "ListTagsForResource", Tag: "TagResource", Untag: "UntagResource", Shown: "Tags", Tags: "Tags", Keys: "TagKeys",
}

// metricAlarm is AWS::CloudWatch::Alarm. Its Ref is the alarm's name.
func metricAlarm() *resource.Type {
	dimensions := func() *stack.Property {
		return schema.List(schema.Object(schema.Fields{"Name": schema.String(schema.Required), "Value": schema.String(schema.Required)}))
	}
	metric := schema.Object(schema.Fields{"Dimensions": dimensions(), "MetricName": schema.String(), "Namespace": schema.String()}, schema.Required)
	return alarmOf("AWS::CloudWatch::Alarm", "PutMetricAlarm", schema.Fields{
		"ComparisonOperator": schema.String(), "DatapointsToAlarm": schema.Integer(), "Dimensions": dimensions(), "EvaluateLowSampleCountPercentile": schema.String(),
		"EvaluationPeriods": schema.Integer(), "ExtendedStatistic": schema.String(), "MetricName": schema.String(), "Namespace": schema.String(), "Period": schema.Integer(),
		"Statistic": schema.String(), "Threshold": schema.Number(), "ThresholdMetricId": schema.String(), "TreatMissingData": schema.String(), "Unit": schema.String(),
		"Metrics": schema.List(schema.Object(schema.Fields{
			"AccountId": schema.String(), "Expression": schema.String(), "Id": schema.String(schema.Required), "Label": schema.String(), "Period": schema.Integer(), "ReturnData": schema.Boolean(),
			"MetricStat": schema.Object(schema.Fields{"Metric": metric, "Period": schema.Integer(schema.Required), "Stat": schema.String(schema.Required), "Unit": schema.String()}),
		})),
	})
}

// compositeAlarm is AWS::CloudWatch::CompositeAlarm. Its Ref is the alarm's name.
func compositeAlarm() *resource.Type {
	return alarmOf("AWS::CloudWatch::CompositeAlarm", "PutCompositeAlarm", schema.Fields{
		"AlarmRule": schema.String(schema.Required), "ActionsSuppressor": schema.String(), "ActionsSuppressorExtensionPeriod": schema.Integer(), "ActionsSuppressorWaitPeriod": schema.Integer(),
	})
}

// alarmOf is a type of alarms, which an operation puts. own are its properties beside those that all alarms have.
func alarmOf(name, operation string, own schema.Fields) *resource.Type {
	all := schema.Fields{
		"ActionsEnabled": schema.Boolean(), "AlarmActions": schema.List(schema.String()), "AlarmDescription": schema.String(), "AlarmName": schema.String(schema.Replaces),
		"InsufficientDataActions": schema.List(schema.String()), "OKActions": schema.List(schema.String()), "Tags": schema.Tags(),
	}
	maps.Copy(all, own)
	names := slices.Sorted(maps.Keys(all))
	put := func(t *task, alarm string, tags any) (*stack.Made, error) {
		_, err := t.Call("CloudWatch", operation, resource.With(t.Pick(names...), members{"AlarmName": alarm, "Tags": tags}))
		return resource.Unless(err, &stack.Made{PhysicalID: alarm, Attributes: members{"Arn": t.ARN("cloudwatch", "alarm:"+alarm)}})
	}
	return &resource.Type{
		Schema: stack.Schema{Type: name, Attributes: []string{"Arn"}, Properties: all},
		Create: func(t *task) (*stack.Made, error) {
			if err := refuseDouble(t); err != nil {
				return nil, err
			}
			return put(t, t.Name("AlarmName", maxAlarmName), resource.TagList(t.Tags()))
		},
		Update: func(t *task) (*stack.Made, error) {
			made, err := put(t, t.PhysicalID, nil)
			if err != nil {
				return nil, err
			}
			return made, t.Retag(tagging, members{"ResourceARN": made.Attributes["Arn"]})
		},
		Delete: func(t *task) error {
			_, err := t.Call("CloudWatch", "DeleteAlarms", members{"AlarmNames": []any{t.PhysicalID}})
			return err
		},
	}
}

// refuseDouble refuses to put an alarm in place of one that somebody made otherwise, as the operation would.
func refuseDouble(t *task) error {
	name := t.Text("AlarmName")
	if name == "" || t.Repeated {
		return nil
	}
	out, err := t.Call("CloudWatch", "DescribeAlarms", members{"AlarmNames": []any{name}, "AlarmTypes": []any{"MetricAlarm", "CompositeAlarm"}})
	if err != nil {
		return err
	}
	if len(resource.ListOf(out["MetricAlarms"]))+len(resource.ListOf(out["CompositeAlarms"])) > 0 {
		return resource.Failf(resource.AlreadyExists, "Resource of type '%s' with identifier '%s' already exists.", t.Type, name)
	}
	return nil
}
