package stack

import (
	"context"
	"errors"
	"sync"
	"time"

	"sluice/internal/fault"
)

// maxTriggers and maxMinutes bound a Rollback (CloudFormation User Guide, "Rollback triggers").
const (
	maxTriggers = 5
	maxMinutes  = 180
)

// glance is how long, in the cloud's time, nobody looks at the alarms of rollback triggers.
const glance = 10 * time.Second

// errTooLate is the cause of a context that ends because a creation took too long.
var errTooLate = errors.New("the creation took longer than its timeout")

func checkTriggers(r Rollback, served bool) error {
	switch {
	case len(r.Triggers) > maxTriggers:
		return fault.Errorf(fault.Limit, "rollback trigger", "At most %d rollback triggers are allowed.", maxTriggers)
	case r.Minutes < 0 || r.Minutes > maxMinutes:
		return fault.Errorf(fault.Invalid, "rollback trigger", "MonitoringTimeInMinutes has to be from 0 to %d.", maxMinutes)
	case len(r.Triggers) > 0 && !served:
		return fault.Errorf(fault.Invalid, "rollback trigger", "Rollback triggers are not served here.")
	}
	return nil
}

// watch ends what is under way when a creation takes too long or an alarm of a rollback trigger rings. The function that it returns
// ends the watch.
func (o *operation) watch(ctx context.Context, stack *Stack, goal *Goal, stop context.CancelCauseFunc) (unwatch func()) {
	var running sync.WaitGroup
	watching, end := context.WithCancel(ctx)
	if stack.Status == CreateInProgress && stack.TimeoutMinutes > 0 {
		timer := o.deadline(stack, stop)
		context.AfterFunc(watching, func() { timer.Stop() })
	}
	if o.cfg.Alarms != nil && len(goal.Rollback.Triggers) > 0 {
		running.Go(func() { o.listen(watching, goal.Rollback.Triggers, stop) })
	}
	return func() {
		end()
		running.Wait()
	}
}

// listen looks at the alarms until ctx ends. One that rings, or is not there, fails the operation.
func (o *operation) listen(ctx context.Context, triggers []Trigger, stop context.CancelCauseFunc) {
	for {
		if failure := o.alarmed(ctx, triggers); failure != "" && ctx.Err() == nil {
			err := o.write(func(tx Tx) error {
				stack, err := tx.Stack(o.id)
				if err == nil && stack.Operation != nil {
					stack.Operation.Failure = failure
					err = tx.PutStack(stack)
				}
				return err
			})
			if err != nil {
				o.cfg.Logger.Error("an operation can't be rolled back for an alarm", "stack", o.id, "error", err)
			}
			stop(errCancelled)
			return
		}
		if !sleep(ctx, o.cfg.Scale.Here(glance)) {
			return
		}
	}
}

// alarmed says which alarm fails the operation, and why.
func (o *operation) alarmed(ctx context.Context, triggers []Trigger) string {
	for _, t := range triggers {
		ringing, err := o.cfg.Alarms.Ringing(ctx, t.ARN)
		switch {
		case fault.Is(err, fault.NotFound, ""):
			return "Rollback trigger " + t.ARN + " does not exist."
		case err != nil && ctx.Err() == nil:
			o.cfg.Logger.Error("the alarm of a rollback trigger can't be read", "stack", o.id, "alarm", t.ARN, "error", err)
		case ringing:
			return "Rollback trigger " + t.ARN + " is in ALARM."
		}
	}
	return ""
}

// monitor waits, after all is there, for as long as the alarms are to be watched.
func (o *operation) monitor(ctx context.Context, goal *Goal) error {
	if len(goal.Rollback.Triggers) == 0 || goal.Rollback.Minutes == 0 || ctx.Err() != nil {
		return nil
	}
	var until time.Time
	err := o.write(func(tx Tx) error {
		stack, err := tx.Stack(o.id)
		if err != nil {
			return err
		}
		if stack.Operation.Until.IsZero() {
			stack.Operation.Until = now().Add(o.cfg.Scale.Here(time.Duration(goal.Rollback.Minutes) * time.Minute))
		}
		until = stack.Operation.Until
		return tx.PutStack(stack)
	})
	if err == nil {
		sleep(ctx, time.Until(until))
	}
	return err
}

// sleep waits, or returns false as soon as ctx ends.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// deadline ends a creation that takes too long.
func (o *operation) deadline(stack *Stack, stop context.CancelCauseFunc) *time.Timer {
	left := time.Until(stack.Operation.Began.Add(o.cfg.Scale.Here(time.Duration(stack.TimeoutMinutes) * time.Minute)))
	return time.AfterFunc(left, func() { stop(errTooLate) })
}
