package remote

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
)

// Errors returns how many invocations of a version behind an alias failed, and how many there were, since a time, counted
// from the beginning of the period that it lies in (Config.Resolution). It asks for the metrics that Lambda keeps for a
// version behind an alias: dimensions FunctionName, Resource and ExecutedVersion ("Lambda metrics").
func (e *Endpoint) Errors(ctx context.Context, function, alias, version string, since time.Time) (failures, invoked int, err error) {
	period := e.period(time.Since(since))
	dimensions := []types.Dimension{
		{Name: new("FunctionName"), Value: &function},
		{Name: new("Resource"), Value: new(function + ":" + alias)},
		{Name: new("ExecutedVersion"), Value: &version},
	}
	end := time.Now().Add(period)
	if !end.After(since) { // by another machine's clock
		end = since.Add(period)
	}
	sums, err := e.sums(ctx, &cloudwatch.GetMetricDataInput{
		StartTime: new(since.Truncate(period)),
		EndTime:   &end,
		MetricDataQueries: []types.MetricDataQuery{
			sum("errors", "Errors", dimensions, period), sum("invocations", "Invocations", dimensions, period),
		},
	})
	if err != nil {
		return 0, 0, failed(err, "metric", "read the errors of %s:%s, version %s", function, alias, version)
	}
	return int(sums["errors"]), int(sums["invocations"]), nil
}

// period is the finest in which what is that old is still kept: seconds for three hours, minutes for 15 days, five minutes
// for 63 days, then hours ("GetMetricData", Period).
func (e *Endpoint) period(age time.Duration) time.Duration {
	const day = 24 * time.Hour
	switch {
	case age > 63*day:
		return time.Hour
	case age > 15*day:
		return 5 * time.Minute
	case age > 3*time.Hour:
		return time.Minute
	}
	return e.resolution
}

func sum(id, metric string, dimensions []types.Dimension, period time.Duration) types.MetricDataQuery {
	return types.MetricDataQuery{Id: &id, MetricStat: &types.MetricStat{
		Metric: &types.Metric{Namespace: new("AWS/Lambda"), MetricName: &metric, Dimensions: dimensions},
		Period: seconds(period),
		Stat:   new("Sum"),
	}}
}

func (e *Endpoint) sums(ctx context.Context, in *cloudwatch.GetMetricDataInput) (map[string]float64, error) {
	sums := map[string]float64{}
	pages := cloudwatch.NewGetMetricDataPaginator(e.cloudwatch, in)
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for _, result := range page.MetricDataResults {
			for _, value := range result.Values {
				sums[text(result.Id)] += value
			}
		}
	}
	return sums, nil
}
