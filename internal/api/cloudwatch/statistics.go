package cloudwatch

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/cloudwatch"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/metric"
)

// maxDatapoints is how many periods GetMetricStatistics may be asked for.
const maxDatapoints = 1440

func (a *api) getMetricStatistics(ctx context.Context, r *wire.Request, in *shape.GetMetricStatisticsInput) (*shape.GetMetricStatisticsOutput, error) {
	statistics, err := statisticsOf(in)
	if err != nil {
		return nil, err
	}
	if err := checkSpan(in); err != nil {
		return nil, err
	}
	period := seconds(in.Period)
	q := metric.Query{
		ID:   metric.ID{Scope: scope(r), Namespace: wire.Value(in.Namespace), Name: wire.Value(in.MetricName), Dimensions: dimensions(in.Dimensions)},
		Unit: wire.Value(in.Unit), Apart: true, Period: period,
		From: beginning(in.StartTime.Time, period, time.Now()), To: in.EndTime.Time,
	}
	points := datapoints{}
	for _, statistic := range statistics {
		q.Statistic = statistic
		found, err := a.ask(ctx, q)
		if err != nil {
			return nil, err
		}
		points.add(statistic, found)
	}
	return &shape.GetMetricStatisticsOutput{Label: in.MetricName, Datapoints: points.sorted()}, nil
}

// statisticsOf reads which statistics are asked for: plain ones or extended ones.
func statisticsOf(in *shape.GetMetricStatisticsInput) ([]metric.Statistic, error) {
	plain, extended := len(in.Statistics) > 0, len(in.ExtendedStatistics) > 0
	if plain == extended {
		text := "Must specify either Statistics or ExtendedStatistics"
		if plain {
			text = "The parameters Statistics and ExtendedStatistics are mutually exclusive and you have specified both."
		}
		return nil, fault.Errorf(fault.Invalid, "combination", "%s", text)
	}
	var statistics []metric.Statistic
	for _, name := range in.Statistics {
		statistics = append(statistics, metric.Statistic(name))
	}
	for _, name := range in.ExtendedStatistics {
		s, err := metric.ParseStatistic(name)
		if err != nil || s.Plain() {
			return nil, badValue("The value %s for parameter ExtendedStatistics is not supported.", name)
		}
		statistics = append(statistics, metric.Statistic(name))
	}
	return slices.Compact(slices.Sorted(slices.Values(statistics))), nil
}

func checkSpan(in *shape.GetMetricStatisticsInput) error {
	start, end, period := in.StartTime.Time, in.EndTime.Time, *in.Period
	if !served(period) {
		return badValue("The parameter Period must be a value in the set [1, 5, 10, 20, 30] or a multiple of 60.")
	}
	if !start.Before(end) {
		return badValue("The parameter StartTime must be less than the parameter EndTime.")
	}
	// In seconds, because a Duration ends after 292 years.
	if count := (end.Unix() - start.Unix()) / period; count > maxDatapoints {
		return fault.Errorf(fault.Invalid, "combination", "You have requested up to %s datapoints, which exceeds the limit of 1,440. "+
			"You may reduce the datapoints requested by increasing Period, or decreasing the time range.", grouped(count))
	}
	return nil
}

// grouped writes a number with commas between its thousands.
func grouped(n int64) string {
	digits := strconv.FormatInt(n, 10)
	var out strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out.WriteByte(',')
		}
		out.WriteRune(d)
	}
	return out.String()
}

// datapoints collects the statistics of each period and unit.
type datapoints map[datapointKey]*shape.Datapoint

type datapointKey struct {
	at   int64 // milliseconds
	unit string
}

func (d datapoints) add(statistic metric.Statistic, found []metric.Point) {
	for _, p := range found {
		k := datapointKey{p.Time.UnixMilli(), p.Unit}
		if d[k] == nil {
			d[k] = &shape.Datapoint{Timestamp: apishape.At(p.Time), Unit: &p.Unit}
		}
		setStatistic(d[k], statistic, p.Value)
	}
}

// sorted lists the points by time and then by unit. AWS promises no order.
func (d datapoints) sorted() []shape.Datapoint {
	keys := make([]datapointKey, 0, len(d))
	for k := range d {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b datapointKey) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.unit, b.unit))
	})
	out := make([]shape.Datapoint, 0, len(d))
	for _, k := range keys {
		out = append(out, *d[k])
	}
	return out
}

// setStatistic gives a datapoint's member for a statistic its value.
func setStatistic(d *shape.Datapoint, statistic metric.Statistic, v float64) {
	switch statistic {
	case metric.SampleCount:
		d.SampleCount = &v
	case metric.Average:
		d.Average = &v
	case metric.Sum:
		d.Sum = &v
	case metric.Minimum:
		d.Minimum = &v
	case metric.Maximum:
		d.Maximum = &v
	default:
		if d.ExtendedStatistics == nil {
			d.ExtendedStatistics = map[string]float64{}
		}
		d.ExtendedStatistics[string(statistic)] = v
	}
}
