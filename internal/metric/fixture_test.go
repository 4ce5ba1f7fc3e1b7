package metric_test

import (
	"testing"
	"time"

	"sluice/internal/function"
	"sluice/internal/metric"
)

var scope = function.Scope{Account: "000000000000", Region: "us-east-1"}

func name(metricName string, dimensions ...metric.Dimension) metric.ID {
	return metric.ID{Scope: scope, Namespace: "app", Name: metricName, Dimensions: dimensions}
}

// value is one sample that keeps its second.
func value(id metric.ID, at time.Time, values ...float64) metric.Datum {
	return metric.Datum{ID: id, Time: at, Values: values, Fine: true}
}

func put(t testing.TB, s *metric.Service, data ...metric.Datum) {
	t.Helper()
	if err := s.Put(t.Context(), data); err != nil {
		t.Fatalf("Put: %v", err)
	}
}

func points(t testing.TB, s *metric.Service, q metric.Query) []metric.Point {
	t.Helper()
	points, err := s.Points(t.Context(), q)
	if err != nil {
		t.Fatalf("Points: %v", err)
	}
	return points
}

// single asks for one period and wants one point.
func single(t testing.TB, s *metric.Service, id metric.ID, statistic metric.Statistic, from time.Time, period time.Duration) metric.Point {
	t.Helper()
	all := points(t, s, metric.Query{ID: id, Statistic: statistic, Period: period, From: from, To: from.Add(period)})
	if len(all) != 1 {
		t.Fatalf("%s of %s: points %v, want one", statistic, id.Name, all)
	}
	return all[0]
}

// recent is a whole hour within the time for which seconds are kept.
func recent() time.Time { return time.Now().Add(-90 * time.Minute).Truncate(time.Hour) }
