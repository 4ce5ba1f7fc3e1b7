package metric

import (
	"context"
	"iter"
	"log/slog"
	"maps"
	"math"
	"slices"
	"sync"
	"time"

	"sluice/internal/clock"
	"sluice/internal/function"
)

// shortestBatch is the shortest time whose values are counted together: at great time scales a second of the cloud is none
// here.
const shortestBatch = 10 * time.Millisecond

// Sink takes what a Batcher has counted. *Service implements it.
type Sink interface {
	Put(ctx context.Context, data []Datum) error
}

// Batcher counts values on the way of requests, and puts those of a second of the cloud together into a Sink when the second
// is over: a Put for each would be a write for each. Its methods may be called by many goroutines at once.
type Batcher struct {
	sink   Sink
	batch  time.Duration // here, whose values are counted together
	logger *slog.Logger

	mu     sync.Mutex
	values map[source]*tallies             // guarded by mu
	served map[serving]map[float64]float64 // guarded by mu: how often each value was measured

	counted chan struct{} // holds a token when there are values to put
	closing chan struct{}
	running sync.WaitGroup
}

// source says of what values are counted together.
type source struct {
	function  function.ID
	qualifier string
	at        int64 // nanoseconds since 1970
}

// tallies say how often each value was measured.
type tallies [measures]map[float64]float64

func (t *tallies) add(m Measure, value float64) {
	if t[m] == nil {
		t[m] = map[float64]float64{}
	}
	t[m][value]++
}

// NewBatcher returns a Batcher. It puts nothing before Start. The logger hears of what the Sink could not take.
func NewBatcher(sink Sink, scale clock.Scale, logger *slog.Logger) *Batcher {
	return &Batcher{
		sink: sink, batch: max(shortestBatch, scale.Here(time.Second)), logger: logger, values: map[source]*tallies{}, served: map[serving]map[float64]float64{},
		counted: make(chan struct{}, 1), closing: make(chan struct{}),
	}
}

// Start begins to put what is counted. Close must be called after it.
func (b *Batcher) Start() { b.running.Go(b.run) }

// Close puts what has been counted until now, and returns when nothing of the Batcher runs any more. It must be called once.
func (b *Batcher) Close() {
	close(b.closing)
	b.running.Wait()
	b.put()
}

func (b *Batcher) run() {
	for {
		select {
		case <-b.counted:
		case <-b.closing:
			return
		}
		select { // others gather meanwhile
		case <-time.After(b.batch):
			b.put()
		case <-b.closing:
			return
		}
	}
}

// Count notes that a value was measured now of a function, asked for by a qualifier or by none.
func (b *Batcher) Count(id function.ID, qualifier string, m Measure, value float64) {
	b.note(id, qualifier, time.Now(), func(t *tallies) { t.add(m, value) })
}

// Visit notes a request to a function URL, by the HTTP status of its answer. Those of errors have a 0 for each visit that was
// none, as Errors of invocations have, so that their average is a rate.
func (b *Batcher) Visit(id function.ID, qualifier string, status int, latency time.Duration, ended time.Time) {
	b.note(id, qualifier, ended, func(t *tallies) {
		t.add(urlRequest, 1)
		t.add(urlRefused, oneIf(status/100 == 4))
		t.add(urlFailed, oneIf(status/100 == 5))
		t.add(urlLatency, rounded(latency))
	})
}

func oneIf(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// rounded is a latency in milliseconds, to tenths below ten and whole above, so that there are few different ones.
func rounded(latency time.Duration) float64 {
	ms := milliseconds(latency)
	if ms < 10 {
		return math.Round(ms*10) / 10
	}
	return math.Round(ms)
}

func (b *Batcher) note(id function.ID, qualifier string, at time.Time, add func(*tallies)) {
	of := source{id, qualifier, at.Truncate(b.batch).UnixNano()}
	b.mu.Lock()
	defer b.mu.Unlock()
	t := b.values[of]
	if t == nil {
		t = &tallies{}
		b.values[of] = t
	}
	add(t)
	b.wake()
}

// wake says that there are values to put.
func (b *Batcher) wake() {
	select {
	case b.counted <- struct{}{}:
	default:
	}
}

// put puts what has been counted. What the Sink can't take is lost: nobody was told that it is stored.
func (b *Batcher) put() {
	b.mu.Lock()
	values, served := b.values, b.served
	b.values, b.served = map[source]*tallies{}, map[serving]map[float64]float64{}
	b.mu.Unlock()
	var data []Datum
	for of, t := range values {
		data = t.data(data, of)
	}
	for of, often := range served {
		data = of.data(data, often)
	}
	if len(data) == 0 {
		return
	}
	if err := b.sink.Put(context.Background(), data); err != nil {
		b.logger.Warn("metrics of events and function URLs could not be kept", "error", err)
	}
}

// data adds what was counted to a list, in as many data as there are dimension sets, and more if there are too many values.
func (t *tallies) data(list []Datum, of source) []Datum {
	for m, often := range t {
		sets := Measure(m).sets(of)
		for values, counts := range chunks(often) {
			for _, dimensions := range sets {
				list = append(list, Datum{
					ID:   ID{Scope: of.function.Scope, Namespace: invocationNamespace, Name: published[m].name, Dimensions: dimensions},
					Time: time.Unix(0, of.at), Unit: published[m].unit, Values: values, Counts: counts, Fine: true,
				})
			}
		}
	}
	return list
}

// chunks are values in their order and how often each was measured, as many at once as a Datum takes.
func chunks(often map[float64]float64) iter.Seq2[[]float64, []float64] {
	return func(yield func(values, counts []float64) bool) {
		for values := range slices.Chunk(slices.Sorted(maps.Keys(often)), MaxValues) {
			counts := make([]float64, len(values))
			for i, value := range values {
				counts[i] = often[value]
			}
			if !yield(values, counts) {
				return
			}
		}
	}
}
