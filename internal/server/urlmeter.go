package server

import (
	"context"
	"log/slog"
	"maps"
	"math"
	"slices"
	"sync"
	"time"

	"sluice/internal/clock"
	"sluice/internal/function"
	"sluice/internal/gateway"
	"sluice/internal/metric"
)

// publishEvery is how long a visit of a function URL may wait until its metrics show it.
const publishEvery = time.Second

// finestSlot is the shortest time whose visits are counted together: at great time scales a second of the cloud is none here.
const finestSlot = 10 * time.Millisecond

// urlMeter counts visits of function URLs, and publishes each second what it has counted. It implements gateway.Meter.
type urlMeter struct {
	metrics interface {
		Put(ctx context.Context, data []metric.Datum) error
	}
	slot   time.Duration // visits of one second of the cloud are counted together
	logger *slog.Logger

	mu     sync.Mutex
	counts map[visitKey]*visitCounts // guarded by mu

	closing chan struct{}
	running sync.WaitGroup
}

// visitKey says of what visits are counted together.
type visitKey struct {
	function  function.ID
	qualifier string
	at        int64 // nanoseconds since 1970
}

// visitCounts are the visits of a slot. Each list of values has how often they were measured.
type visitCounts struct {
	requests, refused, failed float64
	latencies                 map[float64]float64 // by milliseconds
}

func newURLMeter(metrics *metric.Service, scale clock.Scale, logger *slog.Logger) *urlMeter {
	return &urlMeter{
		metrics: metrics, slot: max(finestSlot, scale.Here(time.Second)), logger: logger, counts: map[visitKey]*visitCounts{},
		closing: make(chan struct{}),
	}
}

// start begins to publish, until close.
func (m *urlMeter) start() { m.running.Go(m.run) }

// close publishes what has been counted until now, and returns when nothing runs any more.
func (m *urlMeter) close() {
	close(m.closing)
	m.running.Wait()
	m.publish()
}

func (m *urlMeter) run() {
	tick := time.NewTicker(publishEvery)
	defer tick.Stop()
	for {
		select {
		case <-m.closing:
			return
		case <-tick.C:
			m.publish()
		}
	}
}

// Record implements gateway.Meter.
func (m *urlMeter) Record(v gateway.Sample) {
	key := visitKey{v.Function, v.Qualifier, v.Ended.Truncate(m.slot).UnixNano()}
	m.mu.Lock()
	defer m.mu.Unlock()
	c := m.counts[key]
	if c == nil {
		c = &visitCounts{latencies: map[float64]float64{}}
		m.counts[key] = c
	}
	c.requests++
	switch v.Status / 100 {
	case 4:
		c.refused++
	case 5:
		c.failed++
	}
	c.latencies[rounded(v.Latency)]++
}

// rounded is a latency in milliseconds, to tenths below ten and whole above, so that there are few different ones.
func rounded(latency time.Duration) float64 {
	milliseconds := float64(latency) / float64(time.Millisecond)
	if milliseconds < 10 {
		return math.Round(milliseconds*10) / 10
	}
	return math.Round(milliseconds)
}

func (m *urlMeter) publish() {
	m.mu.Lock()
	counts := m.counts
	m.counts = map[visitKey]*visitCounts{}
	m.mu.Unlock()
	var data []metric.Datum
	for key, c := range counts {
		data = append(data, c.data(key)...)
	}
	if len(data) == 0 {
		return
	}
	if err := m.metrics.Put(context.Background(), data); err != nil {
		m.logger.Warn("metrics of function URLs could not be kept", "error", err)
	}
}

// data are the visits as AWS's metrics (Lambda Developer Guide, "Monitoring Lambda function URLs"). Those of errors have a 0
// for each visit that was none, as Errors of invocations have, so that their average is a rate.
func (c *visitCounts) data(key visitKey) (data []metric.Datum) {
	for _, dimensions := range visitDimensions(key) {
		put := func(name, unit string, values, counts []float64) {
			data = append(data, metric.Datum{
				ID:   metric.ID{Scope: key.function.Scope, Namespace: "AWS/Lambda", Name: name, Dimensions: dimensions},
				Time: time.Unix(0, key.at), Unit: unit, Values: values, Counts: counts, Fine: true,
			})
		}
		put("UrlRequestCount", "Count", []float64{1}, []float64{c.requests})
		put("Url4xxCount", "Count", []float64{0, 1}, []float64{c.requests - c.refused, c.refused})
		put("Url5xxCount", "Count", []float64{0, 1}, []float64{c.requests - c.failed, c.failed})
		for latencies := range slices.Chunk(slices.Sorted(maps.Keys(c.latencies)), metric.MaxValues) {
			often := make([]float64, len(latencies))
			for i, latency := range latencies {
				often[i] = c.latencies[latency]
			}
			put("UrlRequestLatency", "Milliseconds", latencies, often)
		}
	}
	return data
}

func visitDimensions(key visitKey) [][]metric.Dimension {
	name := metric.Dimension{Name: "FunctionName", Value: key.function.Name}
	resource := metric.Dimension{Name: "Resource", Value: key.function.Name}
	if key.qualifier != "" {
		resource.Value += ":" + key.qualifier
	}
	return [][]metric.Dimension{{name}, {name, resource}}
}
