package cloudwatch

import (
	"context"
	"fmt"
	"time"

	"sluice/internal/metric"
	"sluice/internal/metric/expression"
	"sluice/internal/metric/search"
)

// Bounds of searches (the CloudWatch User Guide, "Search expression limits").
const (
	maxSearches = 100
	maxFound    = 500 // metrics of one search
)

// search finds the metrics that the request's SEARCH functions ask for, and fetches limit of their points at most. What
// is found joins the request's queries under made-up ids, so that labels can speak of it.
func (a *api) search(ctx context.Context, q *dataRequest, limit int) (map[expression.Search][]expression.Found, error) {
	asked := q.set.Searches()
	if len(asked) > maxSearches {
		return nil, invalidData("The request has more than %d searches.", maxSearches)
	}
	all := map[expression.Search][]expression.Found{}
	for i, each := range asked {
		found, err := a.find(ctx, q, each)
		if err != nil {
			return nil, err
		}
		for j := range found {
			found[j].id = fmt.Sprintf("%d.%d", i, j)
			points, err := a.points(ctx, q, &found[j])
			if err != nil {
				return nil, err
			}
			if limit -= len(points); limit < 0 {
				return nil, tooMuch()
			}
			all[each] = append(all[each], expression.Found{Name: found[j].id, Points: points})
		}
		q.found = append(q.found, found)
	}
	return all, nil
}

// find lists the metrics that one search asks for.
func (a *api) find(ctx context.Context, q *dataRequest, wanted expression.Search) ([]dataQuery, error) {
	query, err := search.Parse(wanted.Query)
	if err != nil {
		return nil, err
	}
	if _, err := metric.ParseStatistic(string(wanted.Statistic)); err != nil {
		return nil, invalidData("The value %s in a SEARCH is not a valid statistic.", wanted.Statistic)
	}
	if period := int64(wanted.Period / time.Second); !served(period) {
		return nil, invalidData(periodText, period, "SEARCH")
	}
	ids, _, err := a.metrics.List(ctx, metric.Filter{Scope: q.scope, Namespace: query.Namespace()})
	if err != nil {
		return nil, err
	}
	var found []dataQuery
	for _, id := range ids {
		if len(found) < maxFound && query.Match(id) {
			found = append(found, dataQuery{stat: &metric.Query{ID: id, Statistic: wanted.Statistic, Period: wanted.Period}})
		}
	}
	return found, nil
}
