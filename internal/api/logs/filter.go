package logs

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/logs"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/logs"
	"sluice/internal/logs/pattern"
)

func (a *api) putMetricFilter(ctx context.Context, r *wire.Request, in *shape.PutMetricFilterRequest) (*apishape.Nothing, error) {
	t := in.MetricTransformations[0] // the model wants exactly one
	return nil, metricPattern(a.logs.PutMetricFilter(ctx, named(r, in.LogGroupName), &logs.MetricFilter{
		Name: wire.Value(in.FilterName), Pattern: wire.Value(in.FilterPattern), Selected: wire.Value(in.FieldSelectionCriteria),
		Emitted: in.EmitSystemFieldDimensions, Transformed: wire.Value(in.ApplyOnTransformedLogs),
		Metric: logs.Transformation{
			Namespace: wire.Value(t.MetricNamespace), Name: wire.Value(t.MetricName), Value: wire.Value(t.MetricValue),
			Default: t.DefaultValue, Dimensions: t.Dimensions, Unit: wire.Value(t.Unit),
		},
	}))
}

func (a *api) deleteMetricFilter(ctx context.Context, r *wire.Request, in *shape.DeleteMetricFilterRequest) (*apishape.Nothing, error) {
	return nil, a.logs.DeleteMetricFilter(ctx, named(r, in.LogGroupName), wire.Value(in.FilterName))
}

func (a *api) describeMetricFilters(
	ctx context.Context, r *wire.Request, in *shape.DescribeMetricFiltersRequest,
) (*shape.DescribeMetricFiltersResponse, error) {
	found, next, err := a.logs.MetricFilters(ctx, logs.MetricFilterQuery{
		Scope: scope(r), Group: wire.Value(in.LogGroupName), Prefix: wire.Value(in.FilterNamePrefix),
		Namespace: wire.Value(in.MetricNamespace), Metric: wire.Value(in.MetricName), Token: wire.Value(in.NextToken), Limit: pageSize(in.Limit),
	})
	if err != nil {
		return nil, err
	}
	out := &shape.DescribeMetricFiltersResponse{MetricFilters: []shape.MetricFilter{}, NextToken: wire.Optional(next)}
	for _, f := range found {
		out.MetricFilters = append(out.MetricFilters, metricFilterShape(f))
	}
	return out, nil
}

func metricFilterShape(f logs.GroupFilter) shape.MetricFilter {
	return shape.MetricFilter{
		FilterName: &f.Name, FilterPattern: &f.Pattern, CreationTime: millis(f.Created), LogGroupName: &f.Group.Name,
		ApplyOnTransformedLogs: &f.Transformed, FieldSelectionCriteria: wire.Optional(f.Selected), EmitSystemFieldDimensions: f.Emitted,
		MetricTransformations: []shape.MetricTransformation{{
			MetricName: &f.Metric.Name, MetricNamespace: &f.Metric.Namespace, MetricValue: &f.Metric.Value,
			DefaultValue: f.Metric.Default, Dimensions: f.Metric.Dimensions, Unit: wire.Optional(f.Metric.Unit),
		}},
	}
}

// testMetricFilter tells which messages a pattern matches, counting from 1.
func (a *api) testMetricFilter(ctx context.Context, _ *wire.Request, in *shape.TestMetricFilterRequest) (*shape.TestMetricFilterResponse, error) {
	compiled, err := pattern.Compile(wire.Value(in.FilterPattern))
	if err != nil {
		return nil, metricPattern(err)
	}
	out := &shape.TestMetricFilterResponse{Matches: []shape.MetricFilterMatchRecord{}}
	for i, message := range in.LogEventMessages {
		if err := ctx.Err(); err != nil { // nobody waits for what may take seconds a message
			return nil, err
		}
		if m, ok := compiled.Match([]byte(message)); ok {
			out.Matches = append(out.Matches, shape.MetricFilterMatchRecord{
				EventNumber: new(int64(i + 1)), EventMessage: &in.LogEventMessages[i], ExtractedValues: m.Values(),
			})
		}
	}
	return out, nil
}

// metricPattern begins an error about a pattern as AWS does for metric filters.
func metricPattern(err error) error {
	if !fault.Is(err, fault.Invalid, "pattern") {
		return err
	}
	return fault.Errorf(fault.Invalid, "pattern", "Invalid metric filter pattern: %w", err)
}
