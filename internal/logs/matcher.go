package logs

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"sluice/internal/metric"
)

// queueBytes is how much of a group's events may wait to be matched. Whoever appends more waits for the matcher.
const queueBytes = 4 << 20

// matcher makes metrics of a group's events, away from those who append them. It has a goroutine of its own, so that a
// group with many events or slow patterns holds nobody else up.
type matcher struct {
	metrics Metrics
	logger  *slog.Logger

	mu      sync.Mutex
	room    sync.Cond // told when the queue has become shorter
	filters []*extractor
	queue   []*batch
	waiting int // bytes in the queue
	closed  bool

	wake    chan struct{}
	working sync.WaitGroup

	refused refusals // of the goroutine alone
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
		m.room.L = &m.mu
		m.use(s.extractors(g, nil))
		m.working.Go(m.run)
		e.matcher.Store(m)
	case len(g.Filters) > 0:
		m.use(s.extractors(g, m.filters))
	case m != nil:
		e.matcher.Store(nil)
		m.close()
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

// use gives the matcher other filters, for events that are added from now on.
func (m *matcher) use(filters []*extractor) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.filters = filters
}

// add hands an event over. It copies the message, and waits while too much is waiting.
func (m *matcher) add(at time.Time, message []byte) {
	m.mu.Lock()
	for m.waiting >= queueBytes && !m.closed {
		m.room.Wait()
	}
	if m.closed {
		m.mu.Unlock()
		return
	}
	b := m.last()
	b.times = append(b.times, at)
	b.messages = append(b.messages, message...)
	b.ends = append(b.ends, len(b.messages))
	m.waiting += len(message) + eventOverhead
	m.mu.Unlock()
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

// close returns when all events that were added have been matched. Nothing is taken from then on.
func (m *matcher) close() {
	m.mu.Lock()
	m.closed = true
	m.room.Broadcast()
	m.mu.Unlock()
	select {
	case m.wake <- struct{}{}:
	default:
	}
	m.working.Wait()
}

// take empties the queue.
func (m *matcher) take() (queue []*batch, filters []*extractor, closed bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	queue = m.queue
	m.queue, m.waiting = nil, 0
	m.room.Broadcast()
	return queue, m.filters, m.closed
}

// run matches what is added until close.
func (m *matcher) run() {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		queue, filters, closed := m.take()
		var data []metric.Datum
		for _, b := range queue {
			data = append(data, b.match()...)
		}
		for _, x := range filters {
			data = append(data, x.settle(time.Now())...)
		}
		m.publish(data)
		if closed && len(queue) == 0 {
			return
		}
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

// publish hands over what metrics take of data. Metrics take all of a batch or nothing, and one odd event must not lose
// what the others measured.
func (m *matcher) publish(data []metric.Datum) {
	now := time.Now()
	taken := slices.DeleteFunc(data, func(d metric.Datum) bool {
		err := d.Check(now)
		if err != nil {
			m.refused.note(m.logger, now, err)
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

// refusals counts data that no metric takes. They are told once a minute at most, as each event may make one.
type refusals struct {
	count int
	told  time.Time
}

func (r *refusals) note(logger *slog.Logger, now time.Time, err error) {
	r.count++
	if now.Sub(r.told) < time.Minute {
		return
	}
	logger.Debug("what metric filters found is no metric's", "count", r.count, "last", err)
	r.count, r.told = 0, now
}

// match shows each event to each filter.
func (b *batch) match() (data []metric.Datum) {
	now := time.Now()
	for _, x := range b.filters {
		start := 0
		for i, end := range b.ends {
			x.see(b.times[i], b.messages[start:end])
			start = end
		}
		data = append(data, x.collect(now)...)
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
