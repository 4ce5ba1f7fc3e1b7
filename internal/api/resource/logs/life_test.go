package logs_test

import (
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

func look(operation string, in object, at ...any) resourcetest.Look {
	return resourcetest.Look{Service: "CloudWatch Logs", Operation: operation, In: in, At: at}
}

func TestLives(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	f.Create(f.Order("G", "AWS::Logs::LogGroup", object{"LogGroupName": "/here"}))
	f.Live(t,
		resourcetest.Life{
			Type:       "AWS::Logs::LogGroup",
			Properties: object{"RetentionInDays": "7"},
			Ref:        "app-LogGroup-0123456789AB",
			Attributes: map[string]string{"Arn": f.ARN("logs", "log-group:app-LogGroup-0123456789AB:*")},
			Look: func(ref string) resourcetest.Look {
				return look("DescribeLogGroups", object{"logGroupNamePrefix": ref}, "logGroups", 0)
			},
			Shown:       object{"retentionInDays": 7},
			Changes:     object{"RetentionInDays": "14"},
			Changed:     object{"retentionInDays": 14},
			Replacement: object{"LogGroupName": "/app/other"},
			Repeated:    true,
		},
		resourcetest.Life{
			Type:       "AWS::Logs::LogStream",
			Properties: object{"LogGroupName": "/here"},
			Ref:        "app-LogStream-0123456789AB",
			Look: func(ref string) resourcetest.Look {
				return look("DescribeLogStreams", object{"logGroupName": "/here", "logStreamNamePrefix": ref}, "logStreams", 0)
			},
			Shown:       object{"logStreamName": "app-LogStream-0123456789AB"},
			Replacement: object{"LogStreamName": "other"},
			Repeated:    true,
		},
		resourcetest.Life{
			Type: "AWS::Logs::MetricFilter",
			Properties: object{"LogGroupName": "/here", "FilterPattern": "ERROR", "MetricTransformations": []any{
				object{"MetricName": "errors", "MetricNamespace": "app", "MetricValue": "1"},
			}},
			Ref: "app-MetricFilter-0123456789AB",
			Look: func(ref string) resourcetest.Look {
				return look("DescribeMetricFilters", object{"logGroupName": "/here", "filterNamePrefix": ref}, "metricFilters", 0)
			},
			Shown:       object{"filterPattern": "ERROR", "metricTransformations.0.metricName": "errors"},
			Changes:     object{"FilterPattern": "WARN"},
			Changed:     object{"filterPattern": "WARN", "metricTransformations.0.metricName": "errors"},
			Replacement: object{"FilterName": "other"},
			Repeated:    true,
		},
	)
}
