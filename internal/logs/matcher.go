package logs

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"sluice/internal/metric"
)

// queueBytes is how much of a group's events may wait to be matched. What comes then is not matched: neither a function
// that prints nor a client may wait for a filter.
const queueBytes = 16 << 20

// matcher makes metrics of a group's events, away from those who append them. It has a goroutine of its own, so that a
// group with many events or slow patterns holds nobody else up.
type matcher struct {
	metrics Metrics
	logger  *slog.Logger

	mu      sync.Mutex
	filters []*extractor
	queue   []*batch
	waiting int // bytes in the queue
	missed  int // events that found no place in the queue, since the last take
	stopped bool

	wake chan struct{}

	// of the goroutine alone
	refused, unmatched tally
}

// batch are events that came while the filters were the same. Their messages lie one after the other, so that an event
// costs no allocation.
type batch struct {
	filters  []*extractor
	times    []time.Time
	ends     []int // of each message
	messages []byte
}

// watch starts, changes or ends a group's matcher, as its record wants it. changing is held.
func (s *Service) watch(e *entry, g *Group) {
	m := e.matcher.Load()
	switch {
	case s.closed():
		// nobody would end it
	case len(g.Filters) > 0 && m == nil:
		m = &matcher{metrics: s.cfg.Metrics, logger: s.cfg.Logger.With("group", g.ID.Name), wake: make(chan struct{}, 1)}
		m.use(s.extractors(g, nil))
		s.matching.Go(m.run)
		e.matcher.Store(m)
	case len(g.Filters) > 0:
		m.use(s.extractors(g, m.filters))
	case m != nil:
		e.matcher.Store(nil)
		m.stop()
	}
}

// extractors are for a group's filters. Those of filters that stay the same are kept, with what they know of the present
// minute.
func (s *Service) extractors(g *Group, known []*extractor) (all []*extractor) {
	for _, f := range g.Filters {
		i := slices.IndexFunc(known, func(x *extractor) bool { return x.filter == f })
		if i >= 0 {
			all = append(all, known[i])
			continue
		}
		x, err := newExtractor(g.ID.Scope, f, s.cfg.Scale.Here(time.Minute))
		if err != nil { // it was compiled when it was put
			s.cfg.Logger.Error("a metric filter can't be used", "group", g.ID.Name, "filter", f.Name, "error", err)
			continue
		}
		all = append(all, x)
	}
	return all
}

// use gives the matcher other filters, for events that are added from now on. A filter that is not among them any more
// sees no event from now on, whatever waits.
func (m *matcher) use(filters []*extractor) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, x := range m.filters {
		if !slices.Contains(filters, x) {
			x.gone.Store(true)
		}
	}
	m.filters = filters
}

// add hands an event over. It copies the message, and never waits for a filter.
func (m *matcher) add(at time.Time, message []byte) {
	if m.enqueue(at, message) {
		m.poke()
	}
}

func (m *matcher) enqueue(at time.Time, message []byte) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.stopped {
		return false
	}
	if m.waiting >= queueBytes {
		m.missed++
		return false
	}
	b := m.last()
	b.times = append(b.times, at)
	b.messages = append(b.messages, message...)
	b.ends = append(b.ends, len(b.messages))
	m.waiting += len(message) + eventOverhead
	return true
}

// poke lets the goroutine look at the queue.
func (m *matcher) poke() {
	select {
	case m.wake <- struct{}{}:
	default:
	}
}

// last is the batch that an event goes into. mu is held.
func (m *matcher) last() *batch {
	if n := len(m.queue); n > 0 && slices.Equal(m.queue[n-1].filters, m.filters) {
		return m.queue[n-1]
	}
	b := &batch{filters: m.filters}
	m.queue = append(m.queue, b)
	return b
}

// stop ends the matcher with what waits unmatched, and does not wait: Service.Close does. The goroutine finishes the
// event that it is at.
func (m *matcher) stop() {
	m.use(nil)
	m.mu.Lock()
	m.queue, m.stopped = nil, true
	m.mu.Unlock()
	m.poke()
}

// take empties the queue.
func (m *matcher) take() (queue []*batch, filters []*extractor, stopped bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.unmatched.count += m.missed
	queue = m.queue
	m.queue, m.waiting, m.missed = nil, 0, 0
	return queue, m.filters, m.stopped
}

// run matches what is added until stop.
func (m *matcher) run() {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		queue, filters, stopped := m.take()
		if m.unmatched.due(time.Now()) {
			m.logger.Warn("metric filters are too slow for what is written: events were not matched", "count", m.unmatched.tell())
		}
		if stopped {
			return
		}
		var data []metric.Datum
		for _, b := range queue {
			data = append(data, b.match()...)
			m.warn(b.filters)
		}
		for _, x := range filters {
			data = append(data, x.settle(time.Now())...)
		}
		m.publish(data)
		if len(queue) > 0 {
			continue // something may have come meanwhile
		}
		if wait, ok := nextPeriod(filters, time.Now()); ok {
			timer.Reset(wait)
		} else {
			timer.Stop()
		}
		select {
		case <-m.wake:
		case <-timer.C:
		}
	}
}

// warn tells which filters found more than they may make metrics of.
func (m *matcher) warn(filters []*extractor) {
	for _, x := range filters {
		if refused := &x.combinations.refused; refused.due(time.Now()) {
			m.logger.Warn("a metric filter has too many values of its dimensions in this hour: events gave no metric",
				"filter", x.filter.Name, "limit", maxCombinations, "count", refused.tell())
		}
	}
}

// publish hands over what metrics take of data. Metrics take all of a batch or nothing, and one odd event must not lose
// what the others measured.
func (m *matcher) publish(data []metric.Datum) {
	now := time.Now()
	taken := slices.DeleteFunc(data, func(d metric.Datum) bool {
		err := d.Check(now)
		if err != nil {
			m.refused.count++
			if m.refused.due(now) {
				m.logger.Debug("what metric filters found is no metric's", "count", m.refused.tell(), "last", err)
			}
		}
		return err != nil
	})
	if len(taken) == 0 || m.metrics == nil {
		return
	}
	if err := m.metrics.Put(context.Background(), taken); err != nil {
		m.logger.Error("publish what metric filters found", "error", err)
	}
}

// match shows each event to each filter.
func (b *batch) match() (data []metric.Datum) {
	now := time.Now()
	for _, x := range b.filters {
		x.begin(now)
		start := 0
		for i, end := range b.ends {
			if x.gone.Load() {
				break
			}
			x.see(b.times[i], b.messages[start:end])
			start = end
		}
		if !x.gone.Load() {
			data = append(data, x.collect(now)...)
		}
	}
	return data
}

// nextPeriod is how long it takes until a filter's minute is over.
func nextPeriod(filters []*extractor, now time.Time) (wait time.Duration, ok bool) {
	for _, x := range filters {
		if end, open := x.periodEnd(); open && (!ok || end.Sub(now) < wait) {
			wait, ok = end.Sub(now), true
		}
	}
	return wait, ok
}
