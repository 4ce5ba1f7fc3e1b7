package cloudwatch

import (
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"sluice/internal/alarm"
	shape "sluice/internal/api/shape/cloudwatch"
	"sluice/internal/fault"
	"sluice/internal/metric"
)

func metricInput() *shape.PutMetricAlarmInput {
	return &shape.PutMetricAlarmInput{
		Namespace: new("n"), MetricName: new("m"), Dimensions: []shape.Dimension{{Name: new("d"), Value: new("v")}},
		Statistic: new("Sum"), Unit: new("Count"), Period: new(int64(60)), EvaluationPeriods: new(int64(3)),
		DatapointsToAlarm: new(int64(2)), Threshold: new(1.5), ComparisonOperator: new("GreaterThanThreshold"),
		TreatMissingData: new("breaching"), EvaluateLowSampleCountPercentile: new("ignore"),
	}
}

func TestWatchOfAMetric(t *testing.T) {
	got, err := watchOf(metricInput())
	want := &alarm.Watch{
		Namespace: "n", Metric: "m", Dimensions: []metric.Dimension{{Name: "d", Value: "v"}}, Statistic: metric.Sum, Unit: "Count",
		Period: time.Minute, Periods: 3, Datapoints: 2, Threshold: 1.5, Operator: alarm.Above, Missing: alarm.MissingIsBreaching,
		LowSamples: alarm.LowSamplesIgnored,
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestWatchOfMetricMath(t *testing.T) {
	got, err := watchOf(&shape.PutMetricAlarmInput{Metrics: []shape.MetricDataQuery{
		{Id: new("e"), Expression: new("100*m"), Label: new("rate"), Period: new(int64(60))},
		{Id: new("m"), ReturnData: new(false), AccountId: new("1"), MetricStat: &shape.MetricStat{
			Metric: &shape.Metric{Namespace: new("n"), MetricName: new("m")}, Period: new(int64(10)), Stat: new("p99"), Unit: new("Count")}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	want := []alarm.Query{
		{ID: "e", Expression: "100*m", Label: "rate", Period: time.Minute},
		{ID: "m", Hidden: true, Account: "1", Namespace: "n", Metric: "m", Statistic: "p99", Unit: "Count", Period: 10 * time.Second},
	}
	if !reflect.DeepEqual(got.Queries, want) || !math.IsNaN(got.Threshold) {
		t.Errorf("%+v", got)
	}
}

func TestWhatAnAlarmCannotHaveIsRefused(t *testing.T) {
	for want, change := range map[string]func(*shape.PutMetricAlarmInput){
		"ThresholdMetricId":   func(in *shape.PutMetricAlarmInput) { in.ThresholdMetricId = new("a") },
		"EvaluationCriteria":  func(in *shape.PutMetricAlarmInput) { in.EvaluationCriteria = &shape.EvaluationCriteria{} },
		"EvaluationInterval":  func(in *shape.PutMetricAlarmInput) { in.EvaluationInterval = new(int64(60)) },
		"WarmUpConfiguration": func(in *shape.PutMetricAlarmInput) { in.WarmUpConfiguration = &shape.WarmUpConfiguration{} },
		"WallClockWindow": func(in *shape.PutMetricAlarmInput) {
			in.EvaluationWindow = &shape.EvaluationWindow{WallClockWindow: &shape.WallClockWindow{}}
		},
		"ActionConfiguration": func(in *shape.PutMetricAlarmInput) { in.ActionConfiguration = &shape.ActionConfiguration{} },
	} {
		in := metricInput()
		change(in)
		if err := refuseUnserved(in); !fault.Is(err, fault.Invalid, "alarm") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
	sliding := metricInput()
	sliding.EvaluationWindow = &shape.EvaluationWindow{SlidingWindow: &shape.SlidingWindow{}}
	if err := refuseUnserved(sliding); err != nil {
		t.Errorf("a sliding window, which all have: %v", err)
	}
}

func TestMembersThatContradictEachOther(t *testing.T) {
	both := metricInput()
	both.ExtendedStatistic = new("p99")
	if _, err := watchOf(both); !fault.Is(err, fault.Invalid, "combination") {
		t.Errorf("two statistics: %v", err)
	}
	for name, q := range map[string]shape.MetricDataQuery{
		"neither": {Id: new("a")},
		"both":    {Id: new("a"), Expression: new("1"), MetricStat: &shape.MetricStat{Metric: &shape.Metric{}}},
	} {
		if _, err := queryOf(&q); !fault.Is(err, fault.Invalid, "alarm") {
			t.Errorf("%s of metric and expression: %v", name, err)
		}
	}
}

func TestSecondsAreChecked(t *testing.T) {
	for n, ok := range map[int64]bool{60: true, longest: true, longest + 1: false, -longest - 1: false, math.MinInt64: false} {
		if err := checkSeconds("Period", &n); (err == nil) != ok || err != nil && !fault.Is(err, fault.Invalid, "alarm") {
			t.Errorf("%d: %v", n, err)
		}
	}
	if err := checkSeconds("Period", nil); err != nil {
		t.Error(err)
	}
}

func TestSecondsFitADuration(t *testing.T) {
	for in, want := range map[int64]time.Duration{60: time.Minute, 0: 0, math.MaxInt64: longest * time.Second, math.MinInt64: -longest * time.Second} {
		if got := seconds(&in); got != want {
			t.Errorf("%d is %v, want %v", in, got, want)
		}
	}
}
