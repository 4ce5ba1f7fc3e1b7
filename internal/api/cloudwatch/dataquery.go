package cloudwatch

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	shape "sluice/internal/api/shape/cloudwatch"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/metric"
	"sluice/internal/metric/expression"
)

// Bounds of GetMetricData (the API's page of it).
const (
	maxQueries  = 500
	maxPageSize = 100_800
)

// invalidData complains as GetMetricData does; each sentence ends in a new line's character where AWS joins several.
func invalidData(format string, args ...any) error {
	return fault.Errorf(fault.Invalid, "query", format, args...)
}

func readData(in *shape.GetMetricDataInput) (*dataRequest, error) {
	q := &dataRequest{start: in.StartTime.Time, end: in.EndTime.Time}
	switch {
	case len(in.MetricDataQueries) == 0:
		return nil, invalidData("The collection MetricDataQueries must not be empty.")
	case len(in.MetricDataQueries) > maxQueries:
		return nil, invalidData("The collection MetricDataQueries must not have a size greater than %d.", maxQueries)
	case !q.start.Before(q.end):
		return nil, invalidData("The parameter StartTime must be less than the parameter EndTime.")
	}
	if err := checkQueries(in.MetricDataQueries); err != nil {
		return nil, err
	}
	for i := range in.MetricDataQueries {
		q.queries = append(q.queries, readQuery(&in.MetricDataQueries[i]))
	}
	var err error
	if q.zone, err = readZone(in.LabelOptions); err != nil {
		return nil, err
	}
	if q.page, err = readPage(in); err != nil {
		return nil, err
	}
	return q, q.compile()
}

var idPattern = regexp.MustCompile(`^[a-z][a-zA-Z0-9_]*$`)

// checkQueries lists what is wrong with queries one by one, as AWS does (reported: quota-monitor-for-aws issue 200).
func checkQueries(queries []shape.MetricDataQuery) error {
	var wrong []string
	complain := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	seen := map[string]bool{}
	twice := false
	for i := range queries {
		q := &queries[i]
		at := fmt.Sprintf("MetricDataQueries.member.%d", i+1)
		if !idPattern.MatchString(*q.Id) {
			complain("The value %s for parameter %s.Id is not matching the expected pattern %s.", *q.Id, at, idPattern)
		}
		twice = twice || seen[*q.Id]
		seen[*q.Id] = true
		checkQuery(q, at, complain)
		checkLabel(q.Label, at, complain)
	}
	if twice {
		complain("The values for parameter id in MetricDataQueries are not unique.")
	}
	if wrong != nil {
		return invalidData("%s", strings.Join(wrong, "\n"))
	}
	return nil
}

func checkQuery(q *shape.MetricDataQuery, at string, complain func(string, ...any)) {
	switch {
	case q.MetricStat != nil && q.Expression != nil:
		complain("The parameters %s.MetricStat and %s.Expression are mutually exclusive and you have specified both.", at, at)
	case q.MetricStat == nil && q.Expression == nil:
		complain("The parameter %s.MetricStat is required.\n", at)
	case q.MetricStat != nil:
		checkStat(q.MetricStat, at+".MetricStat", complain)
	case q.Period != nil && !served(*q.Period):
		complain(periodText, *q.Period, at)
	}
}

const periodText = "The value %d for parameter %s.Period is not in the set [1, 5, 10, 20, 30] and no multiple of 60."

func checkStat(s *shape.MetricStat, at string, complain func(string, ...any)) {
	if s.Metric.Namespace == nil {
		complain("The parameter %s.Metric.Namespace is required.", at)
	}
	if s.Metric.MetricName == nil {
		complain("The parameter %s.Metric.MetricName is required.", at)
	}
	if _, err := metric.ParseStatistic(*s.Stat); err != nil {
		complain("The value %s for parameter %s.Stat is not a valid statistic.", *s.Stat, at)
	}
	if !served(*s.Period) {
		complain(periodText, *s.Period, at)
	}
}

// readQuery reads a query that was checked.
func readQuery(in *shape.MetricDataQuery) dataQuery {
	q := dataQuery{
		id: *in.Id, account: wire.Value(in.AccountId), label: in.Label, hidden: in.ReturnData != nil && !*in.ReturnData,
		period: seconds(in.Period), text: wire.Value(in.Expression),
	}
	if s := in.MetricStat; s != nil {
		q.stat = &metric.Query{
			ID: metric.ID{
				Namespace: *s.Metric.Namespace, Name: *s.Metric.MetricName, Dimensions: dimensions(s.Metric.Dimensions),
			},
			Statistic: metric.Statistic(*s.Stat), Unit: wire.Value(s.Unit), Period: seconds(s.Period),
		}
	}
	return q
}

// compile makes the set of the queries' expressions.
func (q *dataRequest) compile() (err error) {
	var items []expression.Item
	for _, query := range q.queries {
		item := expression.Item{ID: query.id, Expression: query.text, Period: query.period, Hidden: query.hidden}
		if query.stat != nil {
			item.Period = query.stat.Period
		} else {
			q.math = true
		}
		items = append(items, item)
	}
	q.set, err = expression.Compile(items)
	return err
}

var zonePattern = regexp.MustCompile(`^[+-](0[0-9]|1[0-4])[0-5][0-9]$`)

// readZone reads how far the times in labels are from UTC, such as +0130.
func readZone(options *shape.LabelOptions) (*time.Location, error) {
	if options == nil || options.Timezone == nil {
		return time.UTC, nil
	}
	if !zonePattern.MatchString(*options.Timezone) {
		return nil, invalidData("The value %s for parameter LabelOptions.Timezone is no offset such as +0130.", *options.Timezone)
	}
	t, err := time.Parse("-0700", *options.Timezone)
	if err != nil {
		return nil, invalidData("The value %s for parameter LabelOptions.Timezone is invalid.", *options.Timezone)
	}
	_, offset := t.Zone()
	return time.FixedZone(*options.Timezone, offset), nil
}
