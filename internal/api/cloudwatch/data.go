package cloudwatch

import (
	"context"
	"time"

	shape "sluice/internal/api/shape/cloudwatch"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/metric"
	"sluice/internal/metric/expression"
)

// maxFetched bounds the points that one GetMetricData holds in memory: about 100 MB of them.
const maxFetched = 2_000_000

// maxLines bounds the time series of an answer, ten times the queries that a request may have: each has a label.
const maxLines = 5000

func (a *api) getMetricData(ctx context.Context, r *wire.Request, in *shape.GetMetricDataInput) (*shape.GetMetricDataOutput, error) {
	q, err := readData(in)
	if err != nil {
		return nil, err
	}
	q.scope, q.now = scope(r), time.Now()
	lines, err := a.lines(ctx, q)
	if err != nil {
		return nil, err
	}
	results, next, err := q.page.cut(lines)
	if err != nil {
		return nil, err
	}
	return &shape.GetMetricDataOutput{MetricDataResults: results, NextToken: next, Messages: []shape.MessageData{}}, nil
}

// dataLine is one series of the reply.
type dataLine struct {
	id, label string
	points    []metric.Point // oldest first
	unread    bool           // the points were not fetched, because the page ends before them
}

// lines fetches, calculates and labels what a request asks for.
func (a *api) lines(ctx context.Context, q *dataRequest) ([]dataLine, error) {
	data, unread, err := a.fetch(ctx, q)
	if err != nil {
		return nil, err
	}
	results, err := q.set.Evaluate(ctx, data)
	if err != nil {
		return nil, err
	}
	labels := q.labels()
	var lines []dataLine
	for _, result := range results {
		kind, _ := q.set.Kind(result.ID)
		if len(lines)+len(result.Lines) > maxLines {
			return nil, fault.Errorf(fault.Limit, "datapoints", "The result has more than %d time series: ask for fewer", maxLines)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for _, line := range result.Lines {
			l := dataLine{id: result.ID, points: line.Points, unread: unread[result.ID]}
			l.label = labels.of(result.ID, line, kind == expression.Array)
			lines = append(lines, l)
		}
	}
	return lines, nil
}

// fetch asks for the points of the metrics and of what is searched for. A request without expressions is read only as
// far as its page goes; unread says which metrics were left out.
func (a *api) fetch(ctx context.Context, q *dataRequest) (data expression.Data, unread map[string]bool, err error) {
	data = expression.Data{Points: map[string][]metric.Point{}, From: q.from(), To: q.end, Sliding: true}
	unread = map[string]bool{}
	fetched, ready := 0, 0 // points: all, and those that the page surely has
	visible := -1
	for i := range q.queries {
		query := &q.queries[i]
		if query.hidden && !q.math {
			continue
		}
		visible++
		if query.stat == nil {
			continue
		}
		if !q.math && (visible < q.page.Line || ready > q.page.limit) {
			unread[query.id] = visible >= q.page.Line
			continue
		}
		points, err := a.points(ctx, q, query)
		if err != nil {
			return data, nil, err
		}
		data.Points[query.id] = points
		if fetched += len(points); fetched > maxFetched {
			return data, nil, tooMuch()
		}
		if visible > q.page.Line { // an earlier page may have had points of that line itself
			ready += len(points)
		}
	}
	data.Found, err = a.search(ctx, q, maxFetched-fetched)
	return data, unread, err
}

func tooMuch() error {
	return fault.Errorf(fault.Limit, "datapoints",
		"The request goes over more than %d datapoints: ask for a shorter time, a longer period or fewer metrics", maxFetched)
}

// points fetches one metric. Other accounts have none: no accounts are linked here.
func (a *api) points(ctx context.Context, q *dataRequest, query *dataQuery) ([]metric.Point, error) {
	if query.account != "" && query.account != q.scope.Account {
		return nil, nil
	}
	ask := *query.stat
	ask.Scope = q.scope
	ask.From, ask.To = beginning(q.start, ask.Period, q.now), q.end
	return a.ask(ctx, ask)
}

// ask queries metrics, in the part of the query's range in which there can be any.
func (a *api) ask(ctx context.Context, q metric.Query) ([]metric.Point, error) {
	if q.From, q.To = reachable(q.From), reachable(q.To); !q.From.Before(q.To) {
		return nil, nil
	}
	return a.metrics.Points(ctx, q)
}

// dataRequest is a GetMetricData that was checked.
type dataRequest struct {
	scope      function.Scope
	now        time.Time
	start, end time.Time
	queries    []dataQuery
	found      [][]dataQuery // by its searches, once they were made
	set        *expression.Set
	math       bool // it has expressions
	zone       *time.Location
	page       dataPage
}

// dataQuery is one of its queries: a metric or an expression.
type dataQuery struct {
	id      string
	account string
	label   *string
	hidden  bool
	period  time.Duration // of an expression; 0 if none is given
	stat    *metric.Query // nil for an expression
	text    string        // of an expression
}

// from is where the range of expressions begins: with the periods of the longest rounding among its metrics, so that all
// of them lie on it.
func (q *dataRequest) from() time.Time {
	first := beginning(q.start, time.Minute, q.now)
	longest := time.Duration(0)
	for _, query := range q.queries {
		if query.stat != nil {
			longest = max(longest, query.stat.Period)
		}
	}
	for _, search := range q.set.Searches() {
		longest = max(longest, search.Period)
	}
	if longest > 0 {
		first = beginning(q.start, longest, q.now)
	}
	return first
}
