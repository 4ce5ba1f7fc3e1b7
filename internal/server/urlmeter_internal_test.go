package server

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/function"
	"sluice/internal/gateway"
	"sluice/internal/metric"
)

// kept is a metric.Service that only keeps what is put.
type kept struct {
	data []metric.Datum
	err  error
}

func (k *kept) Put(_ context.Context, data []metric.Datum) error {
	k.data = append(k.data, data...)
	return k.err
}

// of returns what was put of a metric under so many dimensions.
func (k *kept) of(name string, dimensions int) (found []metric.Datum) {
	for _, d := range k.data {
		if d.Name == name && len(d.Dimensions) == dimensions {
			found = append(found, d)
		}
	}
	return found
}

func newTestMeter(k *kept, logger *slog.Logger) *urlMeter {
	m := newURLMeter(nil, 1, logger)
	m.metrics = k
	return m
}

var visited = function.ID{Scope: function.Scope{Account: "000000000000", Region: "us-east-1"}, Name: "f"}

func visitOf(status int, at time.Time, latency time.Duration) gateway.Sample {
	return gateway.Sample{Function: visited, Qualifier: "live", Status: status, Ended: at, Latency: latency}
}

func TestVisitsOfASecondArePublishedTogether(t *testing.T) {
	k := &kept{}
	m := newTestMeter(k, slog.New(slog.DiscardHandler))
	at := time.Date(2026, 1, 1, 0, 0, 0, 100, time.UTC)
	for _, v := range []gateway.Sample{
		visitOf(200, at, 1230*time.Microsecond), visitOf(204, at, 1190*time.Microsecond), visitOf(404, at, 12300*time.Microsecond),
		visitOf(502, at.Add(999*time.Millisecond), time.Millisecond), visitOf(200, at.Add(time.Second), time.Millisecond),
	} {
		m.Record(v)
	}
	m.publish()
	for _, dimensions := range []int{1, 2} {
		for name, want := range map[string][2][]float64{
			"UrlRequestCount":   {{1}, {4}},
			"Url4xxCount":       {{0, 1}, {3, 1}},
			"Url5xxCount":       {{0, 1}, {3, 1}},
			"UrlRequestLatency": {{1, 1.2, 12}, {1, 2, 1}},
		} {
			found := k.of(name, dimensions)
			first := slices.IndexFunc(found, func(d metric.Datum) bool { return d.Time.Equal(at.Truncate(time.Second)) })
			if len(found) != 2 || first < 0 || !slices.Equal(found[first].Values, want[0]) || !slices.Equal(found[first].Counts, want[1]) {
				t.Errorf("%s: %+v, want values %v as often as %v", name, found, want[0], want[1])
			}
		}
	}
	resource := k.of("UrlRequestCount", 2)[0].Dimensions[1]
	if resource != (metric.Dimension{Name: "Resource", Value: "f:live"}) || k.data[0].Namespace != "AWS/Lambda" || k.data[0].Scope != visited.Scope {
		t.Errorf("published as %+v", k.data[0])
	}
}

func TestManyLatenciesAreSeveralData(t *testing.T) {
	k := &kept{}
	m := newTestMeter(k, slog.New(slog.DiscardHandler))
	for i := range metric.MaxValues + 1 {
		m.Record(visitOf(200, time.Unix(1, 0), time.Duration(100+i)*time.Millisecond))
	}
	m.publish()
	if found := k.of("UrlRequestLatency", 1); len(found) != 2 || len(found[0].Values) != metric.MaxValues || len(found[1].Values) != 1 {
		t.Errorf("%d data", len(found))
	}
}

func TestVisitsArePublishedEachSecondAndAtTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := &kept{}
		m := newTestMeter(k, slog.New(slog.DiscardHandler))
		m.start()
		m.Record(visitOf(200, time.Now(), 0))
		time.Sleep(publishEvery)
		synctest.Wait()
		if n := len(k.of("UrlRequestCount", 1)); n != 1 {
			t.Errorf("%d data after a second", n)
		}
		m.Record(visitOf(200, time.Now(), 0))
		m.close()
		if n := len(k.of("UrlRequestCount", 1)); n != 2 {
			t.Errorf("%d data at the end", n)
		}
	})
}

func TestNothingIsPublishedOfNothing(t *testing.T) {
	k := &kept{}
	newTestMeter(k, slog.New(slog.DiscardHandler)).publish()
	if k.data != nil {
		t.Errorf("published %+v", k.data)
	}
}

func TestMetricsThatAreNotKeptAreToldToTheOperator(t *testing.T) {
	var said strings.Builder
	m := newTestMeter(&kept{err: errors.New("too many")}, slog.New(slog.NewTextHandler(&said, nil)))
	m.Record(visitOf(200, time.Unix(1, 0), 0))
	m.publish()
	if !strings.Contains(said.String(), "too many") {
		t.Errorf("said %q", said.String())
	}
}
