package cloudwatch

import (
	"strings"
	"testing"
	"time"

	"sluice/internal/function"
	"sluice/internal/metric"
	"sluice/internal/metric/expression"
)

// asked is a query of a metric; dimensions are written name=value.
func asked(name, statistic string, period int, dimensions ...string) *dataQuery {
	q := &dataQuery{stat: &metric.Query{
		ID: metric.ID{Namespace: "n", Name: name}, Statistic: metric.Statistic(statistic), Period: time.Duration(period) * time.Second,
	}}
	for _, d := range dimensions {
		key, value, _ := strings.Cut(d, "=")
		q.stat.Dimensions = append(q.stat.Dimensions, metric.Dimension{Name: key, Value: value})
	}
	return q
}

func TestDefaultLabels(t *testing.T) {
	for _, tt := range []struct {
		name    string
		queries []*dataQuery
		want    string
	}{
		{"one metric", []*dataQuery{asked("m", "Sum", 60, "id=one")}, "m"},
		{"the same twice", []*dataQuery{asked("m", "Sum", 60), asked("m", "Sum", 60)}, "m|m"},
		{"other names", []*dataQuery{asked("m", "Sum", 60), asked("o", "Sum", 60)}, "m|o"},
		{"other statistics", []*dataQuery{asked("m", "Sum", 60), asked("m", "Minimum", 60)}, "m Sum|m Minimum"},
		{"other periods", []*dataQuery{asked("m", "Sum", 60), asked("m", "Sum", 30)}, "m 60|m 30"},
		{"both", []*dataQuery{asked("m", "Sum", 60), asked("m", "Minimum", 30)}, "m Sum 60|m Minimum 30"},
		{"other dimensions", []*dataQuery{asked("m", "Sum", 60, "id=one", "az=a"), asked("m", "Sum", 60, "id=two", "az=a")}, "one|two"},
		{"other names and dimensions", []*dataQuery{asked("m", "Sum", 60, "id=one"), asked("o", "Sum", 60, "id=two")}, "one m|two o"},
		{"a dimension that one has", []*dataQuery{asked("m", "Sum", 60, "id=one"), asked("m", "Sum", 60)}, "one|m"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for i, q := range tt.queries {
				q.id = string(rune('a' + i))
			}
			found := defaultLabels(tt.queries)
			var got []string
			for _, q := range tt.queries {
				got = append(got, found[q.id])
			}
			if text := strings.Join(got, "|"); text != tt.want {
				t.Errorf("labels %s, want %s", text, tt.want)
			}
		})
	}
}

func TestPlaceholders(t *testing.T) {
	noon := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	q := asked("Errors", "Sum", 60, "FunctionName=calculator")
	q.id = "m"
	l := labels{
		request: &dataRequest{scope: function.Scope{Account: "123456789012", Region: "eu-central-1"}, now: noon.Add(time.Hour), zone: time.FixedZone("", 5400)},
		queries: map[string]*dataQuery{"m": q, "e": {id: "e", text: "m * 2"}}, defaults: map[string]string{"m": "Errors"},
	}
	line := expression.Line{Source: "m", Points: []metric.Point{
		{Time: noon, Value: 2}, {Time: noon.Add(time.Minute), Value: 7.5}, {Time: noon.Add(2 * time.Minute), Value: 1}, {Time: noon.Add(3 * time.Minute), Value: 4},
	}}
	for label, want := range map[string]string{
		"${AVG}": "3.625", "${SUM}": "14.5", "${MIN}": "1", "${MAX}": "7.5", "${FIRST}": "2", "${LAST}": "4", "${DATAPOINT_COUNT}": "4",
		"${MIN_MAX_RANGE}": "6.5", "${FIRST_LAST_RANGE}": "2", "${MIN_MAX_TIME_RANGE}": "1m0s", "${FIRST_LAST_TIME_RANGE}": "3m0s",
		"${FIRST_TIME}": "2026-03-01 13:30:00", "${LAST_TIME}": "2026-03-01 13:33:00", "${MIN_TIME}": "2026-03-01 13:32:00",
		"${MAX_TIME}": "2026-03-01 13:31:00", "${MAX_TIME_RELATIVE}": "59m0s", "${MIN_TIME_RELATIVE}": "58m0s",
		"${FIRST_TIME_RELATIVE}": "1h0m0s", "${LAST_TIME_RELATIVE}": "57m0s",
		"[${LABEL}] max ${MAX}": "[Errors] max 7.5", "${PROP('MetricName')}": "Errors", "${PROP('Namespace')}": "n",
		"${PROP('Period')}": "60", "${PROP('Stat')}": "Sum", "${PROP('AccountId')}": "123456789012", "${PROP('Region')}": "eu-central-1",
		"${PROP('Dim.FunctionName')}": "calculator", "${PROP('Dim.Other')}": "", "${PROP('Other')}": "",
		"${OTHER} ${max} $MAX": "${OTHER} ${max} $MAX",
	} {
		t.Run(label, func(t *testing.T) {
			query := l.queries["m"]
			query.label = &label
			if got := l.of("m", line, false); got != want {
				t.Errorf("%s = %s, want %s", label, got, want)
			}
		})
	}
}

func TestPlaceholdersOfNothing(t *testing.T) {
	label := "${MAX} ${LAST_TIME} ${DATAPOINT_COUNT} ${PROP('MetricName')}"
	l := labels{request: &dataRequest{zone: time.UTC}, queries: map[string]*dataQuery{"e": {id: "e", label: &label}}}
	if got := l.of("e", expression.Line{}, false); got != "-- -- 0 " {
		t.Errorf("the label is %q", got)
	}
}

func TestLabelsAreBounded(t *testing.T) {
	long := asked(strings.Repeat("ä", 600), "Sum", 60)
	long.id = "m"
	l := (&dataRequest{queries: []dataQuery{*long}}).labels()
	if got := l.of("m", expression.Line{Source: "m"}, false); got != strings.Repeat("ä", 512) {
		t.Errorf("a label of %d bytes: %q", len(got), got)
	}
}
