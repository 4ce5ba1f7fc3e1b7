package rollout

import (
	"context"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// driver takes a deployment from state to state. What a state asks for is done after the state is stored, and again
// until it succeeds.
type driver struct {
	controller *controller

	mu         sync.Mutex
	deployment *Deployment // as it is stored; replaced and never modified
	todo       []Action    // what the state asks for and has not been done
	inbox      []Event     // what has happened and the state does not know
	failures   int         // in a row, of the store or of an alias's move
	moved      bool        // since the last wake-up began
	comparing  *comparing  // nil until the target has traffic, or for ever

	queued  time.Time   // for which the agenda has the driver, because of its state
	alarmed atomic.Bool // an alarm has changed since the driver looked
}

const (
	leaseTime  = time.Minute // beyond the next wake-up
	firstRetry = 100 * time.Millisecond
	lastRetry  = 10 * time.Second
)

// wake goes on, and tells the deployment that time has passed if it waits for that.
func (d *driver) wake() {
	d.mu.Lock()
	defer d.mu.Unlock()
	due := d.deployment.State.Due
	passed := !due.IsZero() && !time.Now().Before(due)
	d.moved = false
	if !d.queued.After(time.Now()) {
		d.queued = time.Time{}
	}
	if passed {
		d.inbox = append(d.inbox, Event{Kind: TimePassed})
	}
	if d.alarmed.Swap(false) && d.deployment.State.Claimed { // before that, the look after the claim is early enough
		d.hear(d.controller.lookAtAlarms(d.controller.stopping, d.deployment))
	}
	d.hear(d.compare())
	d.advance()
	if passed && d.moved && d.failures == 0 {
		d.controller.Late(time.Since(due))
	}
}

// hear puts an event before all others, if there is one.
func (d *driver) hear(e *Event) {
	if e != nil {
		d.inbox = slices.Insert(d.inbox, 0, *e)
	}
}

// post tells of an event and returns the deployment as it stands then. A stop comes before all else: what is to do may
// be what can't be done.
func (d *driver) post(e Event) *Deployment {
	d.mu.Lock()
	defer d.mu.Unlock()
	if e.Kind == Stop {
		d.hear(&e)
	} else {
		d.inbox = append(d.inbox, e)
		d.hear(d.compare())
	}
	d.advance()
	return d.deployment
}

// postIf posts an event if the deployment is as it has to be, and returns it as it stands then.
func (d *driver) postIf(e Event, ready func(*Deployment) bool) (posted bool, after *Deployment) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !ready(d.deployment) {
		return false, d.deployment
	}
	d.inbox = append(d.inbox, e)
	d.hear(d.compare())
	d.advance()
	return true, d.deployment
}

// look returns the deployment as it stands.
func (d *driver) look() *Deployment {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.deployment
}

// advance does what can be done now and sees to the next wake-up. A closed controller's drivers finish their step.
func (d *driver) advance() {
	for {
		done, err := d.step(context.WithoutCancel(d.controller.stopping))
		switch {
		case err != nil:
			d.retry(err)
			return
		case !done:
			d.failures = 0
			continue
		}
		d.keepComparing(time.Now())
		if due := d.deployment.State.Due; !due.IsZero() && !due.Equal(d.queued) {
			d.queued = due
			d.controller.agenda.add(due, d)
		}
		return
	}
}

// step does one thing. It reports done if there is nothing to do now.
func (d *driver) step(ctx context.Context) (done bool, err error) {
	switch {
	case len(d.todo) > 0 && !d.stopAsked():
		event, err := d.perform(ctx, d.todo[0])
		if err != nil {
			return false, err
		}
		d.todo = d.todo[1:]
		d.hear(event)
		if event != nil && event.Kind == Refused { // the rest is for a state that can't be reached
			d.todo = nil
		}
		return false, nil
	case len(d.inbox) > 0:
		if err := d.take(ctx, d.inbox[0]); err != nil {
			return false, err
		}
		d.inbox = d.inbox[1:]
		return false, nil
	case d.deployment.State.Status.Ended() && !d.deployment.Released:
		return false, d.release(ctx)
	case d.evidenceDue():
		return false, d.save(ctx, now(), func(*Deployment) {})
	}
	return true, nil
}

// stopAsked reports whether a stop waits that still changes something.
func (d *driver) stopAsked() bool {
	return len(d.inbox) > 0 && d.inbox[0].Kind == Stop && !d.deployment.State.Status.Ended()
}

// take stores the state after an event.
func (d *driver) take(ctx context.Context, e Event) error {
	at := now()
	state, actions := Next(d.deployment.State, e, at, d.controller.Scale)
	if len(actions) == 0 && reflect.DeepEqual(state, d.deployment.State) { // the event came late or twice
		return nil
	}
	err := d.save(ctx, at, func(next *Deployment) {
		next.State = state
		if state.RollsBack && next.RollbackID == "" {
			next.RollbackID = newID()
		}
	})
	if err == nil && len(actions) > 0 {
		d.todo = actions
	}
	return err
}

// release stores that the deployment has let its alias go, together with the rollback deployment that takes it. Only now
// does it show that it has ended.
func (d *driver) release(ctx context.Context) error {
	var back *Deployment
	if d.deployment.RollbackID != "" {
		back = d.deployment.rollback()
		back.Scale, back.Owner, back.Lease = d.controller.Scale, d.controller.Owner, back.Created.Add(leaseTime)
	}
	err := d.save(ctx, now(), func(next *Deployment) { next.Released = true }, func(tx Tx, saved *Deployment) error {
		if back == nil {
			return nil
		}
		back.Application, back.Group = saved.Application, saved.Group
		return tx.PutDeployment(back)
	})
	if err != nil {
		return err
	}
	d.controller.forget(d)
	if back != nil {
		d.controller.drive(back)
	}
	return nil
}

// save stores the deployment after a change, and what else belongs into the same transaction.
func (d *driver) save(ctx context.Context, at time.Time, change func(*Deployment), also ...func(Tx, *Deployment) error) error {
	next := *d.deployment
	change(&next)
	next.Scale = d.controller.Scale
	if d.comparing != nil {
		test := d.comparing.test
		next.Comparison = &test
		d.comparing.stored = at
	}
	next.Owner, next.Lease = d.controller.Owner, at.Add(leaseTime)
	if next.State.Due.After(at) {
		next.Lease = next.State.Due.Add(leaseTime)
	}
	err := d.controller.Store.WriteRollouts(ctx, func(tx Tx) error {
		// Its group may have been renamed since it was read.
		stored, err := tx.Deployment(next.Scope, next.ID)
		if err != nil {
			return err
		}
		next.Application, next.Group = stored.Application, stored.Group
		for _, write := range also {
			if err := write(tx, &next); err != nil {
				return err
			}
		}
		return tx.PutDeployment(&next)
	})
	if err == nil {
		d.deployment = &next
	}
	return err
}

// retry comes back later, and later each time.
func (d *driver) retry(err error) {
	delay := min(firstRetry<<min(d.failures, 10), lastRetry)
	d.failures++
	d.controller.Logger.Warn("a deployment is held up", "deployment", d.deployment.ID, "again in", delay, "error", err)
	d.controller.agenda.add(time.Now().Add(delay), d)
}
