package cloudwatch_test

import (
	"strings"
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

func TestAlarms(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	metric := f.Order("M", "AWS::CloudWatch::Alarm", object{
		"AlarmName": "m", "ComparisonOperator": "GreaterThanThreshold", "EvaluationPeriods": "1", "Threshold": "1.5",
		"Metrics": []any{
			object{"Id": "e", "Expression": "a*2"},
			object{"Id": "a", "ReturnData": "false", "MetricStat": object{"Period": "60", "Stat": "Sum", "Metric": object{
				"Namespace": "AWS/Lambda", "MetricName": "Errors", "Dimensions": []any{object{"Name": "FunctionName", "Value": "f"}},
			}}},
		},
	})
	f.Equal("the ARN", f.Create(metric).Attributes["Arn"], f.ARN("cloudwatch", "alarm:m"))
	both := f.Order("C", "AWS::CloudWatch::CompositeAlarm", object{"AlarmRule": "ALARM(m)", "Tags": []any{object{"Key": "own", "Value": "1"}}})
	composite := f.Create(both)

	again := f.Order("M", "AWS::CloudWatch::Alarm", metric.Properties)
	if _, err := f.Provider.Create(t.Context(), again); err == nil || !strings.Contains(err.Error(), "HandlerErrorCode: AlreadyExists") {
		t.Errorf("a second alarm of the name: %v", err)
	}
	f.Update(f.Change(metric, object{"Threshold": 3, "Tags": []any{object{"Key": "k", "Value": "v"}}}))
	f.Update(f.Change(both, object{"AlarmDescription": "new", "Tags": nil}))
	shown := f.Call("CloudWatch", "DescribeAlarms", object{"AlarmTypes": []any{"MetricAlarm", "CompositeAlarm"}})
	f.Equal("the threshold", resourcetest.At(shown, "MetricAlarms", 0, "Threshold"), 3)
	f.Equal("the description", resourcetest.At(shown, "CompositeAlarms", 0, "AlarmDescription"), "new")
	tags := f.Call("CloudWatch", "ListTagsForResource", object{"ResourceARN": composite.Attributes["Arn"]})
	f.Tagged("C", tags["Tags"], nil)
	tags = f.Call("CloudWatch", "ListTagsForResource", object{"ResourceARN": f.ARN("cloudwatch", "alarm:m")})
	f.Tagged("M", tags["Tags"], map[string]string{"k": "v"})
	f.Delete(both)
	f.Delete(metric)
	f.Equal("what is left", resourcetest.At(f.Call("CloudWatch", "DescribeAlarms", object{}), "MetricAlarms", 0), nil)
}
