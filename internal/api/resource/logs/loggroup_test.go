package logs_test

import (
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

func TestLogs(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	group := f.Order("G", "AWS::Logs::LogGroup", object{"LogGroupName": "/app", "RetentionInDays": "7", "Tags": []any{object{"Key": "own", "Value": "1"}}})
	f.Equal("the ARN", f.Create(group).Attributes["Arn"], f.ARN("logs", "log-group:/app:*"))
	repeated := f.Order("G", "AWS::Logs::LogGroup", group.Properties)
	repeated.Repeated = true
	f.Equal("that of a repeated order", f.Create(repeated).PhysicalID, "/app")
	stream := f.Order("S", "AWS::Logs::LogStream", object{"LogGroupName": "/app", "LogStreamName": "s"})
	f.Create(stream)
	filter := f.Order("F", "AWS::Logs::MetricFilter", object{
		"LogGroupName": "/app", "FilterPattern": "{ $.level = \"error\" }",
		"MetricTransformations": []any{object{
			"MetricName": "errors", "MetricNamespace": "app", "MetricValue": "1", "Dimensions": []any{object{"Key": "Path", "Value": "$.path"}},
		}},
	})
	f.Create(filter)
	shown := f.Call("CloudWatch Logs", "DescribeMetricFilters", object{"logGroupName": "/app"})
	f.Equal("the dimensions", resourcetest.At(shown, "metricFilters", 0, "metricTransformations", 0, "dimensions"), object{"Path": "$.path"})
	changed := f.Change(filter, object{"FilterPattern": ""})
	f.Update(changed)
	shown = f.Call("CloudWatch Logs", "DescribeMetricFilters", object{"logGroupName": "/app"})
	f.Equal("the pattern", resourcetest.At(shown, "metricFilters", 0, "filterPattern"), "")
	f.Equal("one filter", resourcetest.At(shown, "metricFilters", 1), nil)

	next := f.Change(group, object{"RetentionInDays": nil, "Tags": nil, "DeletionProtectionEnabled": "true"})
	f.Update(next)
	shown = f.Call("CloudWatch Logs", "DescribeLogGroups", object{"logGroupNamePrefix": "/app"})
	f.Equal("how long", resourcetest.At(shown, "logGroups", 0, "retentionInDays"), nil)
	f.Equal("the protection", resourcetest.At(shown, "logGroups", 0, "deletionProtectionEnabled"), true)
	tags := f.Call("CloudWatch Logs", "ListTagsForResource", object{"resourceArn": f.ARN("logs", "log-group:/app")})
	f.Tagged("G", tags["tags"], nil)
	last := f.Change(next, object{"DeletionProtectionEnabled": nil})
	f.Update(last)
	f.Delete(changed)
	f.Delete(stream)
	f.Delete(last)
	f.Equal("what is left", resourcetest.At(f.Call("CloudWatch Logs", "DescribeLogGroups", object{}), "logGroups", 0), nil)
}
