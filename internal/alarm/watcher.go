package alarm

import (
	"context"
	"errors"
	"time"
)

// evaluationsAtOnce bounds how many alarms are evaluated in the same moment. An evaluation takes microseconds unless the
// state changes; then it waits for the store, which commits what comes together at once.
const evaluationsAtOnce = 256

// sweep is how often history that is too old is dropped.
const sweep = time.Hour

// run looks at alarms when their time has come, until the service is closed.
func (s *Service) run() {
	timer, sweeper := time.NewTimer(0), time.NewTicker(sweep)
	defer timer.Stop()
	defer sweeper.Stop()
	for {
		list, next := s.schedule.due(time.Now())
		s.reconsiderSoon(list)
		for _, d := range list {
			if !s.dispatch(d) {
				return
			}
		}
		timer.Reset(time.Until(next)) // from now on, since the dispatch of many may have taken a while
		select {
		case <-timer.C:
		case <-s.schedule.changed:
		case <-sweeper.C:
			s.dropHistory()
		case <-s.stopping.Done():
			return
		}
	}
}

// reconsiderSoon puts composite alarms whose turn has come into one wave, as they may depend on each other.
func (s *Service) reconsiderSoon(list []due) {
	for _, d := range list {
		if r := d.entry.current.Load(); r != nil && r.Composite != nil && !d.timer {
			s.waves.addAgain(d.entry)
		}
	}
}

// dispatch has an alarm looked at when there is a slot for it. It returns false if the service is being closed. An alarm
// whose last evaluation has not ended is passed over if its turn comes again, and else looked at later.
func (s *Service) dispatch(d due) bool {
	if !d.entry.queued.CompareAndSwap(false, true) {
		switch {
		case d.timer:
			s.schedule.at(d.entry, time.Now().Add(retryTime))
		case d.slot.IsZero():
			s.schedule.soon(d.entry)
		}
		return true
	}
	select {
	case s.slots <- struct{}{}:
	case <-s.stopping.Done():
		return false
	}
	s.running.Go(func() {
		if err := s.look(context.WithoutCancel(s.stopping), d); err != nil {
			s.held(d.entry, err)
		}
		d.entry.queued.Store(false)
		<-s.slots
	})
	return true
}

const retryTime = 10 * time.Millisecond

// look does what an alarm's time has come for.
func (s *Service) look(ctx context.Context, d due) error {
	r := d.entry.current.Load()
	switch {
	case r == nil: // it was deleted
		return nil
	case d.timer:
		d.entry.busy.Lock()
		defer d.entry.busy.Unlock()
		if r = d.entry.current.Load(); r == nil || r.Composite == nil {
			return nil
		}
		return s.resettle(ctx, d.entry)
	case r.Composite != nil:
		s.roll(ctx)
		return nil
	}
	changed, err := s.evaluate(ctx, d)
	if changed {
		s.follow(ctx, d.entry)
	}
	return err
}

// evaluate evaluates a metric alarm. Nothing waits for it but the alarm's next evaluation. It ends when the service is
// closed; what it comes to is stored even then.
func (s *Service) evaluate(ctx context.Context, d due) (changed bool, err error) {
	began := time.Now()
	r := s.evaluable(d.entry, began)
	if r == nil {
		return false, nil
	}
	window := r.Watch.Window(began, s.cfg.Scale)
	points, err := r.Watch.points(s.stopping, s.cfg.Metrics, r.math, r.Scope, window, s.cfg.Scale)
	if s.stopping.Err() != nil {
		return false, nil
	}
	verdict := Verdict{State: r.Status.State}
	if err == nil {
		verdict = Evaluate(r.Watch, window, points, r.Status.State, began)
	}
	changed, applies := s.conclude(ctx, d.entry, r, verdict, began)
	if err = errors.Join(err, applies); err != nil || !changed {
		return false, err
	}
	if s.cfg.Late != nil && !d.slot.IsZero() {
		s.cfg.Late(time.Since(d.slot))
	}
	return true, nil
}

// evaluable returns what an alarm's evaluation is to look at; nil if it is not to be evaluated now.
func (s *Service) evaluable(e *entry, at time.Time) *record {
	e.busy.Lock()
	defer e.busy.Unlock()
	r := e.current.Load()
	if r == nil || r.Watch == nil || at.Before(e.rests) || s.setLately(e, r, at) {
		return nil
	}
	return r
}

// setLately reports whether an alarm's state was set by hand so short ago that who did must have time to see it. busy is
// held.
func (s *Service) setLately(e *entry, r *record, at time.Time) bool {
	return at.Sub(e.byHand) < s.cfg.Scale.Here(r.Watch.cadence())
}

// restFactor is how many times as long as its evaluation took an alarm is let be, so that none takes a core.
const restFactor = 10

// conclude brings an alarm into the state that an evaluation came to, unless the alarm is another by now.
func (s *Service) conclude(ctx context.Context, e *entry, evaluated *record, v Verdict, began time.Time) (changed bool, err error) {
	e.busy.Lock()
	defer e.busy.Unlock()
	r := e.current.Load()
	if r == nil || r.Watch != evaluated.Watch {
		return false, nil // whoever changed it has it looked at
	}
	at := time.Now()
	e.rests = at.Add(restFactor * at.Sub(began))
	if r.Status.State != evaluated.Status.State || v.State == r.Status.State || s.setLately(e, r, began) {
		return false, nil
	}
	err = s.change(ctx, e, v)
	return err == nil, err
}

// scheduleRelease has a composite alarm looked at when what holds its actions back is over. Its busy is held.
func (s *Service) scheduleRelease(e *entry, r *record) {
	if r.Composite != nil {
		s.schedule.at(e, r.Status.Suppressed.until(r.Composite, s.cfg.Scale))
	}
}

// held tells of an alarm that could not be evaluated or stored, and has it evaluated again soon.
func (s *Service) held(e *entry, err error) {
	s.cfg.Logger.Warn("an alarm is held up", "alarm", e.name, "account", e.Account, "region", e.Region, "error", err)
	s.schedule.soon(e)
}

func (s *Service) dropHistory() {
	err := s.cfg.Store.WriteAlarms(context.WithoutCancel(s.stopping), func(tx Tx) error {
		return tx.DropAlarmHistory(now().Add(-historyTime))
	})
	if err != nil {
		s.cfg.Logger.Warn("old history of alarms could not be dropped", "error", err)
	}
}
