package metric_test

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"sluice/internal/metric"
)

const manyMetrics = 10_000

// tick is what each of many metrics measured in a second, twenty to a Put as agents send them.
func tick(i int) []metric.Datum {
	data := make([]metric.Datum, 20)
	for j := range data {
		data[j] = value(name(fmt.Sprint("metric", (i*20+j)%manyMetrics), metric.Dimension{Name: "host", Value: "one"}), time.Time{}, 0)
	}
	return data
}

// BenchmarkPut puts a datum a second into each of 10 000 metrics, on all cores, long enough that seconds are folded.
func BenchmarkPut(b *testing.B) {
	s := metric.NewService(metric.Config{})
	requests := make([][]metric.Datum, manyMetrics/20)
	for i := range requests {
		requests[i] = tick(i)
	}
	began := time.Now().Add(-time.Hour).Truncate(time.Hour)
	var next atomic.Int64
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		data := make([]metric.Datum, 20)
		for pb.Next() {
			n := int(next.Add(1)) - 1
			copy(data, requests[n%len(requests)])
			second := n / len(requests)
			for i := range data {
				data[i].Time = began.Add(time.Duration(second) * time.Second)
				data[i].Values = []float64{float64(second*7919%1000 + i)}
			}
			put(b, s, data...)
		}
	})
	b.ReportMetric(float64(b.N)*20/b.Elapsed().Seconds(), "data/s")
}

// BenchmarkMemory says what metrics cost that had a different value each second of some time, in bytes a metric.
func BenchmarkMemory(b *testing.B) {
	for _, tt := range []struct {
		what    string
		metrics int
		seconds int
	}{
		{"of one sample", 10_000, 1}, {"of 17 minutes", 500, 1024}, {"of a day", 4, 86_400}, {"of half an hour, among many", 2100, 1800},
	} {
		b.Run(tt.what, func(b *testing.B) {
			for b.Loop() {
				before := heap()
				s := metric.NewService(metric.Config{})
				began := time.Now().Add(-time.Duration(tt.seconds) * time.Second)
				for second := range tt.seconds {
					data := make([]metric.Datum, tt.metrics)
					for i := range data {
						data[i] = value(name(fmt.Sprint("metric", i)), began.Add(time.Duration(second)*time.Second), float64(100+second*7919%1000))
					}
					put(b, s, data...)
				}
				b.ReportMetric(float64(heap()-before)/float64(tt.metrics), "bytes/metric")
				runtime.KeepAlive(s)
			}
		})
	}
}

// BenchmarkLabelledMemory says what a metric of one sample costs that has two dimensions, as metric filters and agents
// make them, when there are as many as can be.
func BenchmarkLabelledMemory(b *testing.B) {
	for b.Loop() {
		before := heap()
		s := metric.NewService(metric.Config{})
		at := time.Now()
		for i := range metric.MaxMetrics {
			put(b, s, value(name("orders.latency", metric.Dimension{Name: "customer", Value: fmt.Sprintf("customer-%016d", i)},
				metric.Dimension{Name: "endpoint", Value: "/api/v1/orders"}), at, 1))
		}
		b.ReportMetric(float64(heap()-before)/metric.MaxMetrics, "bytes/metric")
		runtime.KeepAlive(s)
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkPoints asks as an alarm does: five periods of a minute, of a metric that is measured each second.
func BenchmarkPoints(b *testing.B) {
	s := metric.NewService(metric.Config{})
	at := recent()
	for i := range 1000 {
		put(b, s, value(name("m"), at.Add(time.Duration(i)*time.Second), float64(i%100)))
	}
	for _, statistic := range []metric.Statistic{metric.Sum, "p99"} {
		b.Run(string(statistic), func(b *testing.B) {
			q := metric.Query{ID: name("m"), Statistic: statistic, Period: time.Minute, From: at.Add(10 * time.Minute), To: at.Add(15 * time.Minute)}
			for b.Loop() {
				points(b, s, q)
			}
		})
	}
}
