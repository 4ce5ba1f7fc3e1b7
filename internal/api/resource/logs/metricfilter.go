package logs

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// metricFilter is AWS::Logs::MetricFilter. Its Ref is the filter's name.
func metricFilter() *resource.Type {
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::Logs::MetricFilter",
			Properties: schema.Fields{
				"ApplyOnTransformedLogs": schema.Boolean(schema.Kept), "EmitSystemFieldDimensions": schema.List(schema.String(), schema.Kept), "FieldSelectionCriteria": schema.String(schema.Kept),
				"FilterName": schema.String(schema.Replaces), "FilterPattern": schema.String(schema.Required), "LogGroupName": schema.String(schema.Required, schema.Replaces),
				"MetricTransformations": schema.List(schema.Object(schema.Fields{
					"DefaultValue": schema.Number(), "Dimensions": schema.List(schema.Object(schema.Fields{"Key": schema.String(schema.Required), "Value": schema.String(schema.Required)})),
					"MetricName": schema.String(schema.Required), "MetricNamespace": schema.String(schema.Required), "MetricValue": schema.String(schema.Required), "Unit": schema.String(),
				}), schema.Required),
			},
		},
		Create: func(t *task) (*stack.Made, error) { return putFilter(t, t.Name("FilterName", maxName)) },
		Update: func(t *task) (*stack.Made, error) { return putFilter(t, t.PhysicalID) },
		Delete: func(t *task) error {
			_, err := t.Call(service, "DeleteMetricFilter", resource.With(t.Lowered("LogGroupName"), members{"filterName": t.PhysicalID}))
			return err
		},
	}
}

// putFilter puts the filter, whose transformations have their dimensions in a map where the template has a list.
func putFilter(t *task, name string) (*stack.Made, error) {
	in := resource.With(t.Lowered("FilterPattern", "LogGroupName", "MetricTransformations"), members{"filterName": name})
	for _, each := range resource.ListOf(in["metricTransformations"]) {
		transformation, _ := each.(map[string]any)
		if given, there := transformation["dimensions"]; there {
			dimensions := members{}
			for _, each := range resource.ListOf(given) {
				pair := resource.ObjectOf(each)
				dimensions[resource.TextOf(pair["key"])] = pair["value"]
			}
			transformation["dimensions"] = dimensions
		}
	}
	_, err := t.Call(service, "PutMetricFilter", in)
	return resource.Unless(err, &stack.Made{PhysicalID: name})
}
