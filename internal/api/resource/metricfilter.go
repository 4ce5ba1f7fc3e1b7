package resource

import "sluice/internal/stack"

// metricFilter is AWS::Logs::MetricFilter. Its Ref is the filter's name.
func metricFilter() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::Logs::MetricFilter",
			Properties: fields{
				"ApplyOnTransformedLogs": flag(kept), "EmitSystemFieldDimensions": list(text(), kept), "FieldSelectionCriteria": text(kept),
				"FilterName": text(replaces), "FilterPattern": text(required), "LogGroupName": text(required, replaces),
				"MetricTransformations": list(object(fields{
					"DefaultValue": number(), "Dimensions": list(object(fields{"Key": text(required), "Value": text(required)})),
					"MetricName": text(required), "MetricNamespace": text(required), "MetricValue": text(required), "Unit": text(),
				}), required),
			},
		},
		create: func(t *task) (*stack.Made, error) { return t.putFilter(t.name("FilterName", maxLogName)) },
		update: func(t *task) (*stack.Made, error) { return t.putFilter(t.PhysicalID) },
		delete: func(t *task) error {
			_, err := t.call(logs, "DeleteMetricFilter", with(t.lowered("LogGroupName"), members{"filterName": t.PhysicalID}))
			return err
		},
	}
}

// putFilter puts the filter, whose transformations have their dimensions in a map where the template has a list.
func (t *task) putFilter(name string) (*stack.Made, error) {
	in := with(t.lowered("FilterPattern", "LogGroupName", "MetricTransformations"), members{"filterName": name})
	for _, each := range listOf(in["metricTransformations"]) {
		transformation, _ := each.(map[string]any)
		if given, there := transformation["dimensions"]; there {
			dimensions := members{}
			for _, each := range listOf(given) {
				pair := objectOf(each)
				dimensions[textOf(pair["key"])] = pair["value"]
			}
			transformation["dimensions"] = dimensions
		}
	}
	_, err := t.call(logs, "PutMetricFilter", in)
	return unless(err, &stack.Made{PhysicalID: name})
}
