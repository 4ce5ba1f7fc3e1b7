package cloudwatch

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/cloudwatch"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/metric"
)

// maxData is how many measurements one PutMetricData has (the API's page of it).
const maxData = 1000

// putMetricData does not look at the entities that metrics are about: nothing here explores them.
func (a *api) putMetricData(ctx context.Context, r *wire.Request, in *shape.PutMetricDataInput) (*apishape.Nothing, error) {
	if strings.HasPrefix(wire.Value(in.Namespace), "AWS/") {
		return nil, badValue("The value AWS/ for parameter Namespace is invalid.")
	}
	given := in.MetricData
	for _, entity := range in.EntityMetricData {
		given = append(given, entity.MetricData...)
	}
	switch {
	case len(given) == 0:
		return nil, fault.Errorf(fault.Invalid, "required", "The parameter MetricData is required.")
	case len(given) > maxData:
		return nil, badValue("The collection MetricData must not have a size greater than %d.", maxData)
	}
	now := time.Now()
	data := make([]metric.Datum, 0, len(given))
	for i := range given {
		d, err := datum(&given[i], fmt.Sprintf("MetricData.member.%d", i+1), now)
		if err != nil {
			return nil, err
		}
		d.Scope, d.Namespace = scope(r), wire.Value(in.Namespace)
		data = append(data, d)
	}
	return nil, a.metrics.Put(ctx, data)
}

func badValue(format string, args ...any) error {
	return fault.Errorf(fault.Invalid, "parameter", format, args...)
}

// datum reads one measurement; at is what messages call it.
func datum(in *shape.MetricDatum, at string, now time.Time) (metric.Datum, error) {
	d := metric.Datum{
		ID:   metric.ID{Name: wire.Value(in.MetricName), Dimensions: dimensions(in.Dimensions)},
		Time: now, Unit: wire.Value(in.Unit), Values: in.Values, Counts: in.Counts, Fine: wire.Value(in.StorageResolution) == 1,
	}
	for _, check := range []error{
		combinations(in, at), checkNames(d.Dimensions), checkResolution(in.StorageResolution, at), checkValues(in, at),
	} {
		if check != nil {
			return d, check
		}
	}
	if in.Timestamp != nil {
		d.Time = in.Timestamp.Time
		if err := checkTime(d.Time, now, at); err != nil {
			return d, err
		}
	}
	if in.Value != nil {
		d.Values, d.Counts = []float64{*in.Value}, nil
	}
	if s := in.StatisticValues; s != nil {
		d.Summary = &metric.Summary{Count: *s.SampleCount, Sum: *s.Sum, Min: *s.Minimum, Max: *s.Maximum}
	}
	return d, nil
}

// combinations checks that a measurement is told in exactly one way. The texts are AWS's
// (recorded: test_put_metric_data_validation).
func combinations(in *shape.MetricDatum, at string) error {
	both := func(a, b string) error {
		return fault.Errorf(fault.Invalid, "combination", "The parameters %s.%s and %s.%s are mutually exclusive and you have specified both.", at, a, at, b)
	}
	single, list, summary := in.Value != nil, len(in.Values) > 0, in.StatisticValues != nil
	switch {
	case single && list:
		return both("Value", "Values")
	case single && summary:
		return both("StatisticValues", "Value")
	case list && summary:
		return both("StatisticValues", "Values")
	case !single && !list && !summary:
		return fault.Errorf(fault.Invalid, "required", "At least one of the parameters %s.Value, %s.Values and %s.StatisticValues must be specified.", at, at, at)
	case len(in.Counts) > 0 && len(in.Counts) != len(in.Values):
		return badValue("The parameters %s.Values and %s.Counts must be of the same size.", at, at)
	case len(in.Values) > metric.MaxValues:
		return badValue("The collection %s.Values must not have a size greater than %d.", at, metric.MaxValues)
	}
	return nil
}

func checkNames(dimensions []metric.Dimension) error {
	seen := map[string]bool{}
	for _, d := range dimensions {
		if seen[d.Name] {
			return badValue("No metric may specify the same dimension name twice.")
		}
		seen[d.Name] = true
	}
	return nil
}

func checkResolution(given *int64, at string) error {
	if given != nil && *given != 1 && *given != 60 {
		return badValue("The value %d for parameter %s.StorageResolution is invalid: use 1 or 60.", *given, at)
	}
	return nil
}

func checkTime(t, now time.Time, at string) error {
	if t.Before(now.Add(-metric.MaxAge)) {
		return badValue("The parameter %s.Timestamp must specify a time within the past two weeks.", at)
	}
	if t.After(now.Add(metric.MaxAhead)) {
		return badValue("The parameter %s.Timestamp must specify a time no more than two hours in the future.", at)
	}
	return nil
}

// checkValues checks each number that is there.
func checkValues(in *shape.MetricDatum, at string) error {
	if in.Value != nil {
		return checkValue(*in.Value, at+".Value")
	}
	for i, v := range in.Values {
		if err := checkValue(v, fmt.Sprintf("%s.Values.member.%d", at, i+1)); err != nil {
			return err
		}
	}
	for i, v := range in.Counts {
		name := fmt.Sprintf("%s.Counts.member.%d", at, i+1)
		if err := checkValue(v, name); err != nil {
			return err
		}
		if v < 0 {
			return badValue("The parameter %s must be greater than or equal to 0.", name)
		}
	}
	if in.StatisticValues != nil {
		return checkSummary(in.StatisticValues, at+".StatisticValues")
	}
	return nil
}

func checkSummary(s *shape.StatisticSet, at string) error {
	for _, part := range []struct {
		name  string
		value float64
	}{{"SampleCount", *s.SampleCount}, {"Sum", *s.Sum}, {"Minimum", *s.Minimum}, {"Maximum", *s.Maximum}} {
		if err := checkValue(part.value, at+"."+part.name); err != nil {
			return err
		}
	}
	if *s.SampleCount < 0 {
		return badValue("The parameter %s.SampleCount must be greater than or equal to 0.", at)
	}
	if *s.Minimum > *s.Maximum {
		return badValue("The parameter %s.Minimum must be less than or equal to the parameter %s.Maximum.", at, at)
	}
	return nil
}

func checkValue(v float64, name string) error {
	if !metric.Measurable(v) {
		text := strconv.FormatFloat(v, 'g', -1, 64)
		if math.IsInf(v, 0) {
			text = strings.Replace(strings.TrimPrefix(text, "+"), "Inf", "Infinity", 1)
		}
		return badValue("The value %s for parameter %s is invalid.", text, name)
	}
	return nil
}
