package alarm

import (
	"context"
	"fmt"
	"time"
)

// maxPending bounds how many changes wait for their actions, when an alarm changes faster than its actions run.
const maxPending = 50

// change brings an alarm into a status, stores it with its history, tells of it and has its actions run. The alarm's busy
// is held; what depends on the alarm is for the caller to reconsider when it is not. Status's times, and what holds
// actions back, are set here.
func (s *Service) change(ctx context.Context, e *entry, to Verdict) error {
	r, at := e.current.Load(), now()
	next := *r.Alarm
	before := r.Status
	next.Status = before
	next.Status.State, next.Status.Reason, next.Status.ReasonData, next.Status.Updated = to.State, to.Reason, to.ReasonData, at
	if to.State == before.State {
		return s.save(ctx, e, &next)
	}
	next.Status.Transitioned = at
	if to.State == Ringing {
		next.Status.Rang = at
	}
	s.settle(&next, &before, at)
	item := next.note(at, StateUpdate, fmt.Sprintf("Alarm updated from %s to %s", before.State, to.State))
	item.Transition = &Transition{before, next.Status}
	if err := s.save(ctx, e, &next, item); err != nil {
		return err
	}
	if s.cfg.Changed != nil {
		s.cfg.Changed(Change{Alarm: &next, Before: before})
	}
	return nil
}

// settle decides which actions are to run: those of the change from before, unless they are held back, and those that
// are not held back any longer. before is nil if the state has not changed.
func (s *Service) settle(a *Alarm, before *Status, at time.Time) {
	due := &Pending{After: a.Status}
	if a.Composite == nil {
		if before == nil {
			return
		}
		due.Before = *before
	} else {
		held := a.Status.Suppressed.after(a.Composite, before, s.suppressorRings(a), at, s.cfg.Scale)
		due, a.Status.Suppressed = held.released(a.Status)
	}
	if due == nil || s.cfg.Actions == nil || !a.Actions.Enabled {
		return
	}
	if due.Actions = a.Actions.Of(due.After.State); len(due.Actions) == 0 {
		return
	}
	a.Pending = append(a.Pending[:len(a.Pending):len(a.Pending)], *due)
	if len(a.Pending) > maxPending {
		s.cfg.Logger.Warn("actions of an alarm are dropped, since it changes faster than they run", "alarm", a.Name)
		a.Pending = a.Pending[1:]
	}
}

func (s *Service) suppressorRings(a *Alarm) bool {
	name, ok := nameOf(a.Scope, a.Composite.Suppressor)
	if !ok || name == "" {
		return false
	}
	suppressor := s.book.find(key{a.Scope, name})
	return suppressor != nil && suppressor.Status.State == Ringing
}

// save stores another state of an alarm whose definition stays, with history, and publishes it. busy is held.
func (s *Service) save(ctx context.Context, e *entry, next *Alarm, items ...*HistoryItem) error {
	r := *e.current.Load()
	r.Alarm = next
	return s.publish(ctx, e, &r, items...)
}

// publish stores an alarm and its history, and then shows it. busy is held.
func (s *Service) publish(ctx context.Context, e *entry, r *record, items ...*HistoryItem) error {
	err := s.cfg.Store.WriteAlarms(ctx, func(tx Tx) error {
		for _, item := range items {
			if err := tx.AddAlarmHistory(item, keep); err != nil {
				return err
			}
		}
		return tx.PutAlarm(r.Alarm)
	})
	if err != nil {
		return err
	}
	s.book.set(e, r)
	s.scheduleRelease(e, r)
	if len(r.Pending) > 0 {
		s.errands.add(e)
	}
	return nil
}

// note begins an item of the alarm's history.
func (a *Alarm) note(at time.Time, kind HistoryKind, summary string) *HistoryItem {
	return &HistoryItem{Scope: a.Scope, Alarm: a.Name, Composite: a.Composite != nil, Time: at, Kind: kind, Summary: summary}
}

// now is the time as records keep it: to the microsecond, so that it is the same after it was stored.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }
