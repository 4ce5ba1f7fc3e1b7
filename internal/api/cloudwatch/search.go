package cloudwatch

import (
	"context"
	"fmt"
	"time"

	"sluice/internal/fault"
	"sluice/internal/metric"
	"sluice/internal/metric/expression"
	"sluice/internal/metric/search"
)

// Bounds of searches (the CloudWatch User Guide, "Search expression limits").
const (
	maxSearches = 100
	maxFound    = 500 // metrics of one search
	// maxMatched bounds how often one request's searches look at a metric, for each term that they have: a second or so.
	maxMatched = 1_000_000
)

// search finds the metrics that the request's SEARCH functions ask for, and fetches limit of their points at most. What
// is found joins the request's queries under made-up ids, so that labels can speak of it.
func (a *api) search(ctx context.Context, q *dataRequest, limit int) (map[expression.Search][]expression.Found, error) {
	asked := q.set.Searches()
	if len(asked) > maxSearches {
		return nil, invalidData("The request has more than %d searches.", maxSearches)
	}
	if len(asked) == 0 {
		return nil, nil
	}
	known, _, err := a.metrics.List(ctx, metric.Filter{Scope: q.scope})
	if err != nil {
		return nil, err
	}
	catalog := &catalog{known: known, left: maxMatched}
	all := map[expression.Search][]expression.Found{}
	for i, each := range asked {
		found, err := catalog.find(ctx, each)
		if err != nil {
			return nil, err
		}
		for j := range found {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
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

// catalog is the metrics that all searches of a request look through.
type catalog struct {
	known []metric.ID
	left  int // looks that may still be taken
}

// find lists the metrics that one search asks for.
func (c *catalog) find(ctx context.Context, wanted expression.Search) ([]dataQuery, error) {
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
	var found []dataQuery
	for _, id := range c.known {
		if query.Namespace() != "" && query.Namespace() != id.Namespace {
			continue
		}
		if len(found) == maxFound {
			break
		}
		if c.left -= query.Terms(); c.left < 0 {
			return nil, fault.Errorf(fault.Limit, "datapoints", "The searches look at too many metrics: name a namespace, or search less at once")
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if query.Match(id) {
			found = append(found, dataQuery{stat: &metric.Query{ID: id, Statistic: wanted.Statistic, Period: wanted.Period}})
		}
	}
	return found, nil
}
