package cloudwatch

import (
	"context"
	"slices"
	"strings"
	"time"

	shape "sluice/internal/api/shape/cloudwatch"
	"sluice/internal/api/wire"
	"sluice/internal/metric"
)

// metricPage is how many metrics a page of ListMetrics has (the API's page of it).
const metricPage = 500

// recent is how young data of a metric are that is listed as recently active; the API knows no other span.
const recent = 3 * time.Hour

func (a *api) listMetrics(ctx context.Context, r *wire.Request, in *shape.ListMetricsInput) (*shape.ListMetricsOutput, error) {
	out := &shape.ListMetricsOutput{Metrics: []shape.Metric{}}
	f := metric.Filter{Scope: scope(r), Namespace: wire.Value(in.Namespace), Name: wire.Value(in.MetricName), Limit: metricPage}
	for _, d := range in.Dimensions {
		f.Dimensions = append(f.Dimensions, metric.DimensionFilter{Name: wire.Value(d.Name), Value: wire.Value(d.Value), Any: d.Value == nil})
	}
	if in.RecentlyActive != nil {
		f.Active = recent
	}
	if err := readToken(metricPages, in.NextToken, &f.After); err != nil {
		return nil, err
	}
	if owner := wire.Value(in.OwningAccount); owner != "" && owner != r.Account {
		return out, nil // no accounts are linked
	}
	ids, next, err := a.metrics.List(ctx, f)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		out.Metrics = append(out.Metrics, listedMetric(id))
		if wire.Value(in.IncludeLinkedAccounts) {
			out.OwningAccounts = append(out.OwningAccounts, r.Account)
		}
	}
	if next != "" {
		out.NextToken, err = writeToken(metricPages, next)
	}
	return out, err
}

// listedMetric shows a metric with its dimensions by name (recorded: TestCloudwatch.test_multiple_dimensions_statistics).
func listedMetric(id metric.ID) shape.Metric {
	m := shape.Metric{Namespace: &id.Namespace, MetricName: &id.Name, Dimensions: []shape.Dimension{}}
	for _, d := range id.Dimensions {
		m.Dimensions = append(m.Dimensions, shape.Dimension{Name: &d.Name, Value: &d.Value})
	}
	slices.SortFunc(m.Dimensions, func(a, b shape.Dimension) int { return strings.Compare(*a.Name, *b.Name) })
	return m
}
