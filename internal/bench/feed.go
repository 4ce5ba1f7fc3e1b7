package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"sluice/internal/clock"
)

// feed is a load of metrics: each of some gets a datum a second, in calls of several data.
type feed struct {
	metrics, perCall int // the first is a multiple of the second, which PutMetricData limits to 1000
	length           time.Duration
	scale            clock.Scale // of the server; the data keep their pace
}

// fed is what a server did with a feed.
type fed struct {
	alarms   int           // on as many of the metrics
	late     time.Duration // the latest answer, from when the call should have been made
	p99      time.Duration // of the same
	cores    float64       // that the server had busy
	resident int64         // bytes, after it
	grown    int64         // bytes, since there were none of the metrics
}

// feedings is a server's work without alarms, and then with one on each metric.
type feedings struct {
	feed
	without, with fed
	watched       watched
}

func measureFeed(ctx context.Context, t tools, f feed) (r feedings, err error) {
	r.feed = f
	s, err := startSluice(ctx, t, filepath.Join(t.folder, "feed"), "--time-scale", strconv.FormatFloat(float64(f.scale), 'g', -1, 64))
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	empty, err := s.resident()
	if err != nil {
		return r, err
	}
	if r.without, err = s.feed(ctx, f, 0); err != nil {
		return r, err
	}
	if err := s.watch(ctx, f.metrics); err != nil {
		return r, err
	}
	began := time.Now()
	if r.with, err = s.feed(ctx, f, breachEvery); err != nil {
		return r, err
	}
	r.with.alarms = f.metrics
	r.without.grown, r.with.grown = r.without.resident-empty, r.with.resident-empty
	r.watched, err = s.readWatched(ctx, f, began)
	return r, err
}

// feed makes the calls, each at its time. With breaching, every metric whose number is a multiple of it breaches its
// alarm's threshold in all of them; with 0, none does.
func (s *instance) feed(ctx context.Context, f feed, breaching int) (r fed, err error) {
	before, err := s.processorTime()
	if err != nil {
		return r, err
	}
	var late []time.Duration
	began, each := time.Now(), time.Second*time.Duration(f.perCall)/time.Duration(f.metrics)
	for call := range int(f.length / each) {
		due := began.Add(time.Duration(call) * each)
		time.Sleep(time.Until(due))
		data := f.data(call*f.perCall%f.metrics, breaching, time.Now())
		if err := s.client.CloudWatch(ctx, "PutMetricData", data, nil); err != nil {
			return r, err
		}
		late = append(late, time.Since(due))
	}
	time.Sleep(time.Until(began.Add(f.length)))
	elapsed := time.Since(began)
	after, err := s.processorTime()
	if err != nil {
		return r, err
	}
	slices.Sort(late)
	r.late, r.p99, r.cores = late[len(late)-1], late[len(late)*99/100], (after-before).Seconds()/elapsed.Seconds()
	r.resident, err = s.resident()
	return r, err
}

const (
	fedNamespace = "bench"
	fedName      = "errors"
)

func fedDimensions(n int) []object { return []object{{"Name": "number", "Value": fmt.Sprint(n)}} }

// data is one call's request: of the metrics from first on, one datum each.
func (f feed) data(first, breaching int, at time.Time) object {
	data := make([]object, f.perCall)
	for i := range data {
		value := goodValue
		if breaching > 0 && (first+i)%breaching == 0 {
			value = badValue
		}
		data[i] = object{
			"MetricName": fedName, "Dimensions": fedDimensions(first + i), "Timestamp": float64(at.UnixMilli()) / 1e3,
			"Value": value, "StorageResolution": 1,
		}
	}
	return object{"Namespace": fedNamespace, "MetricData": data}
}
