package async

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"sluice/internal/function"
	"sluice/internal/metric"
)

// Metrics takes what was measured. *metric.Service implements it.
type Metrics interface {
	Put(ctx context.Context, data []metric.Datum) error
}

// What is measured of events. Source: Lambda Developer Guide, "Types of metrics for Lambda functions".
const (
	received    = "AsyncEventsReceived"
	ageMetric   = "AsyncEventAge" // milliseconds of the cloud, at the beginning of each try
	dropped     = "AsyncEventsDropped"
	deadLetters = "DeadLetterErrors"
	undelivered = "DestinationDeliveryFailures"
	recursive   = "RecursiveInvocationsDropped" // of the destination
)

// tally collects measurements and publishes them. While it publishes some others gather, so that under load there are
// many in one write, and a lone one is published at once.
type tally struct {
	metrics Metrics
	logger  *slog.Logger

	mu     sync.Mutex
	values map[measured]map[float64]float64 // guarded by mu: how often each value was measured
	closed bool                             // guarded by mu

	changed chan struct{} // holds a token when there are values, or the tally was closed
}

// measured is what a value was measured of.
type measured struct {
	function  function.ID
	qualifier string
	name      string
}

func newTally(metrics Metrics, logger *slog.Logger) *tally {
	return &tally{metrics: metrics, logger: logger, values: map[measured]map[float64]float64{}, changed: make(chan struct{}, 1)}
}

// count notes a value that was measured of a function's events.
func (t *tally) count(of Invocation, name string, value float64) {
	if t.metrics == nil {
		return
	}
	key := measured{of.Function, of.Qualifier, name}
	t.mu.Lock()
	if t.values[key] == nil {
		t.values[key] = map[float64]float64{}
	}
	t.values[key][value]++
	t.mu.Unlock()
	t.wake()
}

func (t *tally) wake() {
	select {
	case t.changed <- struct{}{}:
	default:
	}
}

// close has publish end when all is published.
func (t *tally) close() {
	t.mu.Lock()
	t.closed = true
	t.mu.Unlock()
	t.wake()
}

// publish publishes what was measured until the tally is closed.
func (t *tally) publish() {
	for closed := false; !closed; {
		<-t.changed
		t.mu.Lock()
		values := t.values
		t.values, closed = map[measured]map[float64]float64{}, t.closed
		t.mu.Unlock()
		if len(values) == 0 {
			continue
		}
		if err := t.metrics.Put(context.Background(), data(values, now())); err != nil {
			t.logger.Warn("metrics of events could not be kept", "error", err)
		}
	}
}

// data turns values into data, each under the dimensions that AWS gives it.
func data(values map[measured]map[float64]float64, at time.Time) (list []metric.Datum) {
	for key, counted := range values {
		unit := "Count"
		if key.name == ageMetric {
			unit = "Milliseconds"
		}
		for chunk := range slices.Chunk(slices.Sorted(maps.Keys(counted)), metric.MaxValues) {
			counts := make([]float64, len(chunk))
			for i, value := range chunk {
				counts[i] = counted[value]
			}
			for _, dimensions := range dimensionSets(key) {
				list = append(list, metric.Datum{
					ID:   metric.ID{Scope: key.function.Scope, Namespace: "AWS/Lambda", Name: key.name, Dimensions: dimensions},
					Time: at, Unit: unit, Values: chunk, Counts: counts, Fine: true,
				})
			}
		}
	}
	return list
}

// dimensionSets are the same that invocations have, without the version: which one runs is not known when an event comes.
func dimensionSets(key measured) [][]metric.Dimension {
	name := metric.Dimension{Name: "FunctionName", Value: key.function.Name}
	resource := metric.Dimension{Name: "Resource", Value: key.function.Name}
	if key.qualifier != "" {
		resource.Value += ":" + key.qualifier
	}
	return [][]metric.Dimension{nil, {name}, {name, resource}}
}
