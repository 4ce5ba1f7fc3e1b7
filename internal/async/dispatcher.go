package async

import (
	"container/heap"
	"sync"
	"time"

	"sluice/internal/function"
)

// dispatcher says which event is run when. It knows events by their numbers alone, so a long backlog is little memory.
//
// Each function has a queue of events whose time has come. A function may have as many events running as there are free
// slots left: one that is alone gets half of all, n that always want more get a share each of n+1, and whoever comes
// new finds a slot free. So functions that are stuck do not hold up the others. See queue for one that is throttled.
type dispatcher struct {
	run  func(function.ID, int64) progress
	each int // how many events of one function run at once

	mu      sync.Mutex
	agenda  agenda                 // guarded by mu: events whose time has not come
	queues  map[function.ID]*queue // guarded by mu: of the functions that have any event
	ready   []*queue               // guarded by mu: those that may have an event begun, in turn
	free    int                    // guarded by mu: how many more events may run
	closing bool                   // guarded by mu

	changed chan struct{} // holds a token when an event came that is earlier than the others
	stop    chan struct{}
	running sync.WaitGroup
}

// progress is what a try says of its function.
type progress struct {
	ran bool // it could run
	// refused is when the event is tried again that the function could not run; zero if none was refused.
	refused time.Time
}

func newDispatcher(slots, each int, run func(function.ID, int64) progress) *dispatcher {
	return &dispatcher{
		run: run, each: each, free: slots, queues: map[function.ID]*queue{},
		changed: make(chan struct{}, 1), stop: make(chan struct{}),
	}
}

// add has a new event run as soon as there is a slot for it.
func (d *dispatcher) add(id function.ID, number int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	q := d.queue(id)
	q.fresh = append(q.fresh, number)
	d.enqueue(q)
	d.dispatch()
}

// later has an event run when its time has come.
func (d *dispatcher) later(id function.ID, number int64, at time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	q := d.queue(id)
	q.later++
	heap.Push(&d.agenda, appointment{at.UnixNano(), number, q})
	if d.agenda[0].number == number {
		select {
		case d.changed <- struct{}{}:
		default:
		}
	}
}

// watch has events run whose time comes, until the dispatcher is closed.
func (d *dispatcher) watch() {
	timer := time.NewTimer(idle)
	defer timer.Stop()
	for {
		timer.Reset(d.due(time.Now()))
		select {
		case <-timer.C:
		case <-d.changed:
		case <-d.stop:
			return
		}
	}
}

// idle is how long to wait while there is nothing to wait for.
const idle = time.Hour

// due puts the events into their queues whose time has come, and says how long it is until the next one's.
func (d *dispatcher) due(now time.Time) time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	for len(d.agenda) > 0 && d.agenda[0].at <= now.UnixNano() {
		next := heap.Pop(&d.agenda).(appointment)
		next.queue.recall(next.number, now)
		d.enqueue(next.queue)
	}
	d.dispatch()
	if len(d.agenda) == 0 {
		return idle
	}
	return time.Duration(d.agenda[0].at - now.UnixNano())
}

// close begins nothing more, and returns when nothing runs.
func (d *dispatcher) close() {
	d.mu.Lock()
	d.closing = true
	close(d.stop)
	d.mu.Unlock()
	d.running.Wait()
}

func (d *dispatcher) queue(id function.ID) *queue {
	q := d.queues[id]
	if q == nil {
		q = &queue{id: id, allowed: d.each}
		d.queues[id] = q
	}
	return q
}

// enqueue puts a queue among those that are ready, if it is.
func (d *dispatcher) enqueue(q *queue) {
	if !q.ready && !q.paused() && q.length() > 0 {
		q.ready = true
		d.ready = append(d.ready, q)
	}
}

// dispatch begins as many events as may be, one of each function in turn.
func (d *dispatcher) dispatch() {
	for passed := 0; passed < len(d.ready) && d.free > 0 && !d.closing; {
		q := d.ready[0]
		d.ready, q.ready = d.ready[1:], false
		switch {
		case q.paused():
		case q.running >= min(d.free, q.allowed):
			d.enqueue(q)
			passed++ // each of these has a slot, so they are few
		default:
			d.begin(q)
			passed = 0
		}
	}
}

// begin runs a queue's next event, and puts the queue at the end of those that are ready.
func (d *dispatcher) begin(q *queue) {
	number := q.next()
	d.enqueue(q)
	q.running++
	d.free--
	d.running.Go(func() { d.done(q, d.run(q.id, number)) })
}

// done gives an event's slot back.
func (d *dispatcher) done(q *queue, p progress) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.free++
	if q.learn(p, d.each, time.Now()); q.running+q.later+q.length() == 0 {
		delete(d.queues, q.id)
	}
	d.dispatch()
}
