package async

import (
	"container/heap"
	"sync"
	"time"

	"sluice/internal/function"
)

// dispatcher says which event is run when. It knows events by their numbers alone, so a long backlog is little memory.
//
// Each function has a line of events whose time has come. A function may have as many events running as there are free
// places left: one that is alone gets half of all, n that always want more get a share each of n+1, and whoever comes
// new finds a place free. So functions that are stuck do not hold up the others. See line for one that is throttled.
type dispatcher struct {
	run    func(function.ID, int64) progress
	places int // events that run at once
	each   int // events of one function that do

	mu      sync.Mutex
	agenda  agenda                // guarded by mu: events whose time has not come
	lines   map[function.ID]*line // guarded by mu: of the functions that have any event
	ready   []*line               // guarded by mu: those that may have an event begun, in turn
	free    int                   // guarded by mu
	closing bool                  // guarded by mu

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

func newDispatcher(places, each int, run func(function.ID, int64) progress) *dispatcher {
	return &dispatcher{
		run: run, places: places, each: each, free: places, lines: map[function.ID]*line{},
		changed: make(chan struct{}, 1), stop: make(chan struct{}),
	}
}

// add has a new event run as soon as there is a place for it.
func (d *dispatcher) add(id function.ID, number int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	l := d.line(id)
	l.fresh = append(l.fresh, number)
	d.enqueue(l)
	d.dispatch()
}

// later has an event run when its time has come.
func (d *dispatcher) later(id function.ID, number int64, at time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	l := d.line(id)
	l.later++
	heap.Push(&d.agenda, appointment{at.UnixNano(), number, l})
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

// due puts the events into their lines whose time has come, and says how long it is until the next one's.
func (d *dispatcher) due(now time.Time) time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	for len(d.agenda) > 0 && d.agenda[0].at <= now.UnixNano() {
		next := heap.Pop(&d.agenda).(appointment)
		next.line.recall(next.number, now)
		d.enqueue(next.line)
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

func (d *dispatcher) line(id function.ID) *line {
	l := d.lines[id]
	if l == nil {
		l = &line{id: id, allowed: d.each}
		d.lines[id] = l
	}
	return l
}

// enqueue puts a line among those that are ready, if it is.
func (d *dispatcher) enqueue(l *line) {
	if !l.ready && !l.paused() && l.length() > 0 {
		l.ready = true
		d.ready = append(d.ready, l)
	}
}

// dispatch begins as many events as may be, one of each function in turn.
func (d *dispatcher) dispatch() {
	for passed := 0; passed < len(d.ready) && d.free > 0 && !d.closing; {
		l := d.ready[0]
		d.ready, l.ready = d.ready[1:], false
		switch {
		case l.paused():
		case l.running >= min(d.free, l.allowed):
			d.enqueue(l)
			passed++ // each of these has a place, so they are few
		default:
			d.begin(l)
			passed = 0
		}
	}
}

// begin runs a line's next event, and puts the line at the end of those that are ready.
func (d *dispatcher) begin(l *line) {
	number := l.next()
	d.enqueue(l)
	l.running++
	d.free--
	d.running.Go(func() { d.done(l, d.run(l.id, number)) })
}

// done gives an event's place back.
func (d *dispatcher) done(l *line, p progress) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.free++
	if l.learn(p, d.each, time.Now()); l.running+l.later+l.length() == 0 {
		delete(d.lines, l.id)
	}
	d.dispatch()
}
