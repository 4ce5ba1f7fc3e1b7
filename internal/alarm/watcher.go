package alarm

import (
	"context"
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

// evaluate evaluates a metric alarm.
func (s *Service) evaluate(ctx context.Context, d due) (changed bool, err error) {
	d.entry.busy.Lock()
	defer d.entry.busy.Unlock()
	r := d.entry.current.Load()
	if r == nil || r.Watch == nil {
		return false, nil
	}
	at := time.Now()
	if at.Sub(d.entry.byHand) < s.cfg.Scale.Here(r.Watch.cadence()) { // who sets a state must have time to see it
		return false, nil
	}
	window := r.Watch.Window(at, s.cfg.Scale)
	points, err := r.Watch.points(ctx, s.cfg.Metrics, r.math, r.Scope, window, s.cfg.Scale)
	if err != nil {
		return false, err
	}
	verdict := Evaluate(r.Watch, window, points, r.Status.State, at)
	if verdict.State == r.Status.State {
		return false, nil
	}
	if err := s.change(ctx, d.entry, verdict); err != nil {
		return false, err
	}
	if s.cfg.Late != nil && !d.slot.IsZero() {
		s.cfg.Late(time.Since(d.slot))
	}
	return true, nil
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
