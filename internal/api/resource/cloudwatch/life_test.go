package cloudwatch_test

import (
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

func TestLives(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	f.Create(f.Order("Below", "AWS::CloudWatch::Alarm", object{
		"AlarmName": "below", "ComparisonOperator": "LessThanThreshold", "EvaluationPeriods": "1", "Threshold": "1", "Period": "60",
		"Namespace": "app", "MetricName": "m", "Statistic": "Sum",
	}))
	alarm := func(member string) func(string) resourcetest.Look {
		return func(ref string) resourcetest.Look {
			in := object{"AlarmNames": []any{ref}, "AlarmTypes": []any{"MetricAlarm", "CompositeAlarm"}}
			return resourcetest.Look{Service: "CloudWatch", Operation: "DescribeAlarms", In: in, At: []any{member, 0}}
		}
	}
	f.Live(t,
		resourcetest.Life{
			Type: "AWS::CloudWatch::Alarm",
			Properties: object{
				"ComparisonOperator": "GreaterThanThreshold", "EvaluationPeriods": "2", "DatapointsToAlarm": "1", "Threshold": "0.5",
				"Period": "60", "Namespace": "AWS/Lambda", "MetricName": "Errors", "Statistic": "Sum", "TreatMissingData": "notBreaching",
				"Dimensions": []any{object{"Name": "FunctionName", "Value": "f"}}, "AlarmDescription": "old", "OKActions": []any{},
			},
			Ref:        "app-Alarm-0123456789AB",
			Attributes: map[string]string{"Arn": f.ARN("cloudwatch", "alarm:app-Alarm-0123456789AB")},
			Look:       alarm("MetricAlarms"),
			Shown:      object{"Threshold": 0.5, "EvaluationPeriods": 2, "Dimensions.0.Value": "f", "AlarmDescription": "old"},
			Changes:    object{"Threshold": "2", "ActionsEnabled": "false", "AlarmDescription": nil, "DatapointsToAlarm": nil},
			Changed: object{
				"Threshold": 2, "ActionsEnabled": false, "AlarmDescription": nil, "DatapointsToAlarm": nil, "TreatMissingData": "notBreaching",
			},
			Replacement: object{"AlarmName": "other"},
			Repeated:    true,
		},
		resourcetest.Life{
			Type:        "AWS::CloudWatch::CompositeAlarm",
			Properties:  object{"AlarmRule": "ALARM(below)", "AlarmName": "both"},
			Ref:         "both",
			Attributes:  map[string]string{"Arn": f.ARN("cloudwatch", "alarm:both")},
			Look:        alarm("CompositeAlarms"),
			Shown:       object{"AlarmRule": "ALARM(below)", "ActionsEnabled": true},
			Changes:     object{"AlarmRule": "NOT ALARM(below)", "ActionsEnabled": false},
			Changed:     object{"AlarmRule": "NOT ALARM(below)", "ActionsEnabled": false},
			Replacement: object{"AlarmName": "others"},
			Repeated:    true,
		},
	)
}
