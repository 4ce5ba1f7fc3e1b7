package alarm

import (
	"cmp"
	"context"
	"time"

	"sluice/internal/clock"
	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/metric"
	"sluice/internal/metric/expression"
)

// maxQueries is how many metrics and expressions an alarm may have (CloudWatch User Guide, "Using Amazon CloudWatch
// alarms").
const maxQueries = 10

// maxWork bounds one evaluation of an alarm's expressions, and so its time: to some tens of milliseconds.
const maxWork = 1_000_000

// compile checks an alarm's metric math and makes it ready to be evaluated. A watch of one metric needs none.
func (w *Watch) compile(scale clock.Scale) (*expression.Set, error) {
	if len(w.Queries) == 0 {
		return nil, nil
	}
	if len(w.Queries) > maxQueries {
		return nil, fault.Errorf(fault.Invalid, "alarm", "An alarm can have at most %d metrics and expressions; this one has %d", maxQueries, len(w.Queries))
	}
	set, err := expression.Compile(w.items(scale))
	if err != nil {
		return nil, fault.Errorf(fault.Invalid, "alarm", "%w", err)
	}
	if len(set.Searches()) > 0 {
		return nil, errAlarm("SEARCH is not supported on Metric Alarms.")
	}
	shown := ""
	for _, q := range w.Queries {
		switch {
		case q.Hidden:
			continue
		case shown != "":
			return nil, errAlarm("Exactly one element of the metrics list should return data; %s and %s do", shown, q.ID)
		}
		shown = q.ID
		if kind, ok := set.Kind(q.ID); ok && kind != expression.Series {
			return nil, errAlarm("The expression %s must come to a single time series", q.ID)
		}
	}
	if shown == "" {
		return nil, errAlarm("Exactly one element of the metrics list should return data; none does")
	}
	return set, w.checkQueries()
}

func (w *Watch) items(scale clock.Scale) (items []expression.Item) {
	for _, q := range w.Queries {
		items = append(items, expression.Item{
			ID: q.ID, Expression: q.Expression, Period: scale.Here(cmp.Or(q.Period, w.step())), Hidden: q.Hidden,
		})
	}
	return items
}

// checkQueries checks what an alarm's queries have to have beyond those of anybody else.
func (w *Watch) checkQueries() error {
	for _, q := range w.Queries {
		switch {
		case q.Period != 0 && q.Period != w.step():
			return errAlarm("All metrics of an alarm must have one period; %s has another", q.ID)
		case q.Expression != "":
			continue
		case q.Metric == "":
			return errAlarm("The element %s of the metrics list has neither a metric nor an expression", q.ID)
		}
		if err := checkStatistic(q.Statistic); err != nil {
			return err
		}
		if err := checkID(q.Namespace, q.Metric, q.Dimensions); err != nil {
			return err
		}
	}
	return nil
}

// points fetches what an evaluation looks at.
func (w *Watch) points(ctx context.Context, m Metrics, set *expression.Set, scope function.Scope, window Window, scale clock.Scale) ([]metric.Point, error) {
	ask := func(namespace, name string, dimensions []metric.Dimension, s metric.Statistic, unit string) ([]metric.Point, error) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		return m.Points(ctx, metric.Query{
			ID:        metric.ID{Scope: scope, Namespace: namespace, Name: name, Dimensions: dimensions},
			Statistic: s, Unit: unit, Period: window.Period, From: window.From, To: window.To,
		})
	}
	if set == nil {
		return ask(w.Namespace, w.Metric, w.Dimensions, w.Statistic, w.Unit)
	}
	data := expression.Data{
		Points: map[string][]metric.Point{}, From: window.From, To: window.To, Sliding: true, Scale: scale, Work: maxWork,
	}
	for _, q := range w.Queries {
		if q.Expression != "" || q.Account != "" && q.Account != scope.Account {
			continue
		}
		points, err := ask(q.Namespace, q.Metric, q.Dimensions, q.Statistic, q.Unit)
		if err != nil {
			return nil, err
		}
		data.Points[q.ID] = points
	}
	results, err := set.Evaluate(ctx, data)
	if err != nil || len(results) != 1 || len(results[0].Lines) != 1 {
		return nil, err
	}
	return results[0].Lines[0].Points, nil
}

// wholePeriods reports whether a duration is a period that alarms may have: 10, 20 or 30 s, or whole minutes.
func wholePeriods(d time.Duration) bool {
	return d == 10*time.Second || d == 20*time.Second || d == 30*time.Second || d > 0 && d%time.Minute == 0
}
