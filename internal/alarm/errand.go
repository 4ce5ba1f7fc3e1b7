package alarm

import (
	"context"
	"slices"
	"sync"
	"time"
)

// errandsAtOnce bounds how many actions run at once, and errandTime how long each may take.
const (
	errandsAtOnce = 16
	errandTime    = time.Minute
)

// errands runs the pending actions of alarms, those of one alarm one by one. It never holds an evaluation up.
type errands struct {
	service *Service

	mu      sync.Mutex
	queue   []*entry            // guarded by mu
	marked  map[*entry]struct{} // guarded by mu: those in the queue and those being worked on
	workers int                 // guarded by mu
	closed  bool                // guarded by mu: no more workers are started
}

// add has an alarm's pending actions run.
func (d *errands) add(e *entry) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, marked := d.marked[e]; marked || d.closed || d.service.cfg.Actions == nil {
		return // who works on it goes on until nothing is pending, and the next start takes up what is left
	}
	d.marked[e] = struct{}{}
	d.queue = append(d.queue, e)
	if d.workers < errandsAtOnce {
		d.workers++
		d.service.running.Go(d.work)
	}
}

// close keeps new workers from being started.
func (d *errands) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
}

func (d *errands) work() {
	for e := d.next(); e != nil; e = d.next() {
		for d.goesOn(e, d.service.runNext(e)) {
		}
	}
}

// goesOn reports whether an alarm has more actions to run, and takes its mark off if it has not, or if one could not be
// dealt with: then the alarm's next change, or the next start, tries again.
func (d *errands) goesOn(e *entry, dealt bool) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	r := e.current.Load() // whoever adds pending actions shows them before it calls add
	if dealt && !d.closed && r != nil && len(r.Pending) > 0 {
		return true
	}
	delete(d.marked, e)
	return false
}

// next takes an alarm off the queue. With none left, or when the service is being closed, it ends the worker.
func (d *errands) next() *entry {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.queue) == 0 || d.closed {
		d.workers--
		return nil
	}
	e := d.queue[0]
	d.queue = d.queue[1:]
	return e
}

// runNext runs the first of an alarm's pending actions, and notes what became of it. It returns false if it could not.
func (s *Service) runNext(e *entry) (dealt bool) {
	r := e.current.Load()
	if r == nil || len(r.Pending) == 0 {
		return true
	}
	pending := r.Pending[0]
	as := *r.Alarm // as it was when it changed
	as.Status, as.Pending = pending.After, nil
	action := pending.Actions[0]
	ctx, cancel := context.WithTimeout(s.stopping, errandTime)
	failed := s.cfg.Actions.Run(ctx, action, Change{Alarm: &as, Before: pending.Before})
	cancel()
	if failed != nil && s.stopping.Err() != nil {
		return false // it was broken off
	}
	if err := s.noteAction(context.WithoutCancel(s.stopping), e, pending, action, failed); err != nil {
		s.cfg.Logger.Warn("an action's outcome could not be stored", "alarm", e.name, "action", action, "error", err)
		return false
	}
	return true
}

// noteAction takes an action off the pending ones and writes its outcome into the history.
func (s *Service) noteAction(ctx context.Context, e *entry, pending Pending, action string, failed error) error {
	e.busy.Lock()
	defer e.busy.Unlock()
	r := e.current.Load()
	if r == nil || len(r.Pending) == 0 || r.Pending[0].After.Transitioned != pending.After.Transitioned {
		return nil // the alarm was deleted, or the change dropped
	}
	next := *r.Alarm
	next.Pending = slices.Clone(r.Pending)
	if rest := pending.Actions[1:]; len(rest) > 0 {
		next.Pending[0].Actions = rest
	} else {
		next.Pending = next.Pending[1:]
	}
	item := next.note(now(), ActionUpdate, "Successfully executed action "+action)
	item.Execution = &Execution{Action: action, State: pending.After.State, Since: pending.After.Transitioned}
	if failed != nil {
		item.Summary, item.Execution.Error = "Failed to execute action "+action, failed.Error()
	}
	return s.save(ctx, e, &next, item)
}
