package rollout

import (
	"context"
	"sync"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
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
}

const (
	leaseTime  = time.Minute // beyond the next wake-up
	warmTime   = 10 * time.Second
	firstRetry = 100 * time.Millisecond
	lastRetry  = 10 * time.Second
)

// wake goes on, and tells the deployment that time has passed if it waits for that.
func (d *driver) wake() {
	d.mu.Lock()
	defer d.mu.Unlock()
	due := d.deployment.State.Due
	passed := !due.IsZero() && !time.Now().Before(due)
	if passed {
		d.inbox = append(d.inbox, Event{Kind: TimePassed})
	}
	d.advance()
	if passed && d.failures == 0 {
		d.controller.Late(time.Since(due))
	}
}

// post tells of an event and returns the deployment as it stands then.
func (d *driver) post(e Event) *Deployment {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.inbox = append(d.inbox, e)
	d.advance()
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
		if due := d.deployment.State.Due; !due.IsZero() {
			d.controller.agenda.add(due, d)
		}
		return
	}
}

// step does one thing. It reports done if there is nothing to do now.
func (d *driver) step(ctx context.Context) (done bool, err error) {
	switch {
	case len(d.todo) > 0:
		event, err := d.perform(ctx, d.todo[0])
		if err != nil {
			return false, err
		}
		d.todo = d.todo[1:]
		if event != nil { // the rest of what is to do was for a state that is over
			d.todo, d.inbox = nil, append([]Event{*event}, d.inbox...)
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
	}
	return true, nil
}

// take stores the state after an event.
func (d *driver) take(ctx context.Context, e Event) error {
	at := now()
	state, actions := Next(d.deployment.State, e, at, d.controller.Scale)
	if len(actions) == 0 { // the event came late or twice
		return nil
	}
	if err := d.save(ctx, at, func(next *Deployment) { next.State = state }); err != nil {
		return err
	}
	d.todo = actions
	return nil
}

// release stores that the deployment has let its alias go. Only now does it show that it has ended.
func (d *driver) release(ctx context.Context) error {
	err := d.save(ctx, now(), func(next *Deployment) { next.Released = true })
	if err == nil {
		d.controller.forget(d)
	}
	return err
}

func (d *driver) save(ctx context.Context, at time.Time, change func(*Deployment)) error {
	next := *d.deployment
	change(&next)
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
		return tx.PutDeployment(&next)
	})
	if err == nil {
		d.deployment = &next
	}
	return err
}

// perform does what a state asks for. The event says how it ended, if the state has to know; an error, that it has to be
// tried again.
func (d *driver) perform(ctx context.Context, a Action) (*Event, error) {
	switch {
	case a.Kind == Claim:
		return d.claim(ctx)
	case a.Kind == Hook:
		return &Event{HookFailure, &Failure{HookFailed, "Sluice does not invoke hooks yet."}}, nil
	case d.deployment.SpecError != "":
		return nil, nil // there is no alias
	}
	err := d.controller.Traffic.Move(ctx, d.deployment.move(a.Percent, a.Last))
	switch {
	case a.Last && fault.Is(err, fault.NotFound, ""):
		return nil, nil // it went away with its alias
	case fault.Is(err, fault.NotFound, ""):
		return &Event{Refused, &Failure{MissingFunction, "The deployment failed because its alias was deleted. " + err.Error()}}, nil
	case fault.Is(err, fault.Conflict, ""):
		return &Event{Refused, &Failure{BadConfiguration, err.Error()}}, nil
	}
	return nil, err
}

// claim makes the alias the deployment's and starts a process of the target version, so that its first request does not
// wait for one. When it runs, or does not in the time that a start may take, the deployment goes on.
func (d *driver) claim(ctx context.Context) (*Event, error) {
	if d.deployment.SpecError != "" {
		return &Event{Refused, &Failure{BadConfiguration, d.deployment.SpecError}}, nil
	}
	err := d.controller.Traffic.Claim(ctx, d.deployment.move(0, false))
	if err != nil {
		return refusal(err)
	}
	id, target := d.deployment.Function(), d.deployment.Spec.Target
	d.controller.running.Go(func() {
		warming, cancel := context.WithTimeout(d.controller.stopping, warmTime)
		defer cancel()
		if err := d.controller.Traffic.Warm(warming, id, target); err != nil {
			d.controller.Logger.Info("a version could not be started ahead of its traffic",
				"function", id.Qualified(target.String()), "error", err)
		}
		if d.controller.stopping.Err() == nil {
			d.post(Event{Kind: Claimed})
		}
	})
	return nil, nil
}

// refusal turns what claiming an alias met with into the deployment's failure.
func refusal(err error) (*Event, error) {
	failure := &Failure{BadConfiguration, invalidSpec + " " + err.Error()}
	switch {
	case fault.Is(err, fault.NotFound, ""):
		failure = &Failure{MissingFunction,
			"The deployment failed because the AppSpec file names a function, an alias or a version that does not exist. " + err.Error()}
	case fault.Is(err, fault.Conflict, "alias"):
		failure.Message = invalidSpec + movedAlias
	case fault.Is(err, fault.Conflict, "deployment"):
		failure.Message = "The deployment failed because another one was faster. " + err.Error()
	case !fault.Is(err, fault.Invalid, ""):
		return nil, err
	}
	return &Event{Refused, failure}, nil
}

// movedAlias is AWS's text (reported in aws/serverless-application-model#291).
const movedAlias = " The Lambda function alias version does not match the current version in AppSpec file."

// retry comes back later, and later each time.
func (d *driver) retry(err error) {
	delay := min(firstRetry<<min(d.failures, 10), lastRetry)
	d.failures++
	d.controller.Logger.Warn("a deployment is held up", "deployment", d.deployment.ID, "again in", delay, "error", err)
	d.controller.agenda.add(time.Now().Add(delay), d)
}

var _ Traffic = (*function.Service)(nil)
