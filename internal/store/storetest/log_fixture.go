package storetest

import "sluice/internal/logs"

// NewLogGroup returns a log group with every field of its record set.
func NewLogGroup(name string) *logs.Group {
	zero := 0.5
	return &logs.Group{
		ID: logs.GroupID{Scope: scope, Name: name}, Created: when, Class: logs.Standard, Retention: 7,
		KMSKey: "arn:aws:kms:eu-central-1:123456789012:key/1", Protected: true, Tags: map[string]string{"team": "payments", "empty": ""},
		Filters: []*logs.MetricFilter{
			{
				Name: "errors", Pattern: "?ERROR ?\"two words\"", Created: when, Selected: "@aws.account = 1", Emitted: []string{"@aws.account"},
				Transformed: true,
				Metric:      logs.Transformation{Namespace: "app", Name: "Errors", Value: "1", Default: &zero, Unit: "Count"},
			},
			{
				Name: "latency", Pattern: "{ $.latency = * }", Created: when,
				Metric: logs.Transformation{Namespace: "app", Name: "Latency", Value: "$.latency", Dimensions: map[string]string{"path": "$.path"}},
			},
		},
	}
}

// NewLogPolicy returns a resource policy with every field set.
func NewLogPolicy(name string) *logs.Policy {
	return &logs.Policy{Scope: scope, Name: name, Document: `{"Version": "2012-10-17"}`, Updated: when}
}
