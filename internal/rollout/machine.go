package rollout

import (
	"slices"
	"time"

	"sluice/internal/clock"
)

// hookTime is how long a hook has to report, in the cloud (AWS's page "AppSpec hooks section").
const hookTime = time.Hour

// Next returns the state after an event, and what has to be done then. An event that does not fit the state changes
// nothing: each may come late or twice. Times are real; the scale says how long the plan's waits take here.
func Next(s State, e Event, now time.Time, scale clock.Scale) (State, []Action) {
	switch {
	case e.Kind == HookEnded:
		return s.noteTail(e), nil
	case s.Status.Ended():
		return s, nil
	case e.Kind == Start:
		return s.start(now)
	case e.Kind == Stop:
		return s.fail(Stopped, e, now)
	case e.Kind == Refused:
		return s.fail(Failed, e, now)
	case e.Kind == Pause:
		return s.pause(now, scale), nil
	case e.Kind == Resume:
		return s.resume(now, scale)
	case e.Kind == Promote:
		return s.promote(now, scale)
	case s.Status != InProgress:
		return s, nil
	}
	phase := s.phase()
	switch {
	case phase < 0 && e.Kind == Claimed && !s.Claimed:
		s.Claimed = true
		return s, []Action{{Kind: Look}, {Kind: Warm}}
	case phase < 0 && e.Kind == Warmed && s.Claimed:
		return s.enter(BeforeAllowTraffic, now, scale)
	case phase == AllowTraffic:
		return s.nextShift(e, now, scale)
	case phase >= 0:
		return s.nextOfHook(phase, e, now, scale)
	}
	return s, nil
}

// nextShift is Next while the traffic moves.
func (s State) nextShift(e Event, now time.Time, scale clock.Scale) (State, []Action) {
	switch {
	case e.Kind == TimePassed && !s.Due.IsZero() && !now.Before(s.Due):
		return s.shift(s.Step+1, now, scale)
	case e.Kind == Moved:
		if s.Gradual {
			s.Reached = s.Percent
		}
		if s.Percent == 100 {
			return s.leave(AllowTraffic, now, scale)
		}
	}
	return s, nil
}

// nextOfHook is Next while a hook runs. What another run reports changes nothing.
func (s State) nextOfHook(phase PhaseName, e Event, now time.Time, scale clock.Scale) (State, []Action) {
	switch own := s.Phases[phase].Execution == e.Execution; {
	case e.Kind == HookSucceeded && own:
		return s.leave(phase, now, scale)
	case e.Kind == HookFailure && own:
		return s.fail(Failed, e, now)
	case e.Kind == TimePassed && !now.Before(s.Due):
		return s.fail(Failed, Event{Failure: &Failure{Cause: HookTimedOut, Message: hookTimedOutText}}, now)
	}
	return s, nil
}

// Pending returns what a state asks for that may not have been done: after a crash all of it is done again.
func (s State) Pending() []Action {
	switch phase := s.phase(); {
	case s.Status.Ended():
		return []Action{{Kind: Move, Percent: s.Percent, Last: true}}
	case s.Status != InProgress:
		return nil
	case !s.Claimed:
		return []Action{{Kind: Claim}}
	case phase < 0:
		return []Action{{Kind: Look}, {Kind: Warm}}
	case phase == BeforeAllowTraffic:
		return []Action{{Kind: Look}, {Kind: Warm}, {Kind: Hook, Phase: phase}}
	case phase == AfterAllowTraffic:
		return []Action{{Kind: Look}, {Kind: Move, Percent: s.Percent}, {Kind: Hook, Phase: phase}}
	}
	return []Action{{Kind: Look}, {Kind: Move, Percent: s.Percent}}
}

// Renewed returns the state of a deployment that another server takes up. A hook is invoked again then, and has its whole
// time again; so has a share whose time was over while nobody looked at it.
func (s State) Renewed(now time.Time, scale clock.Scale) State {
	switch phase := s.phase(); {
	case phase >= 0 && s.Phases[phase].Hook != "":
		s.Due = now.Add(scale.Here(hookTime))
	case phase == AllowTraffic && !s.Due.IsZero() && !s.Due.After(now):
		s.Due = now.Add(scale.Here(s.Plan[s.Step].Wait))
	}
	return s
}

func (s State) start(now time.Time) (State, []Action) {
	if s.Status == InProgress {
		return s, nil
	}
	s.Status, s.Started = InProgress, now
	return s, []Action{{Kind: Claim}}
}

// enter begins a phase, and passes through it if it has nothing to wait for.
func (s State) enter(phase PhaseName, now time.Time, scale clock.Scale) (State, []Action) {
	s.Phases[phase].Status, s.Phases[phase].Start = InProgress, now
	switch {
	case phase == AllowTraffic && s.Paused:
		return s, nil
	case phase == AllowTraffic:
		s.Due = now
		return s.shift(0, now, scale)
	case s.Phases[phase].Hook != "":
		s.Due = now.Add(scale.Here(hookTime))
		return s, []Action{{Kind: Hook, Phase: phase}}
	}
	return s.leave(phase, now, scale)
}

// leave ends a phase with success and begins the next.
func (s State) leave(phase PhaseName, now time.Time, scale clock.Scale) (State, []Action) {
	s.Phases[phase].Status, s.Phases[phase].End = Succeeded, now
	s.Due = time.Time{}
	if phase == AllowTraffic { // there is nothing left to hold
		s.Paused = false
	}
	if phase < AfterAllowTraffic {
		return s.enter(phase+1, now, scale)
	}
	s.Status, s.Completed = Succeeded, now
	return s, []Action{{Kind: Move, Percent: s.Percent, Last: true}}
}

// shift makes a shift of the plan. A wait begins when the shift before was due, so that lateness does not add up; if
// the server was away for longer than a wait, it begins now: each share is looked at for its whole time.
func (s State) shift(step int, now time.Time, scale clock.Scale) (State, []Action) {
	s.Step, s.Begun, s.Percent = step, true, s.Plan[step].Percent
	if wait := scale.Here(s.Plan[step].Wait); wait == 0 {
		s.Due = time.Time{} // the last: Moved ends it
	} else if s.Due = s.Due.Add(wait); !s.Due.After(now) {
		s.Due = now.Add(wait)
	}
	return s, []Action{{Kind: Look}, {Kind: Move, Percent: s.Percent}}
}

// fail ends the deployment. Its traffic goes back to where it came from, unless a rollback deployment brings it back in
// steps, or the deployment is a rollback itself. No rollback follows a deployment that never had its alias: it has moved
// nothing. What is under way has failed, and what has not begun is skipped (recorded in a run of 2026-08-08; see
// docs/aws-compatibility.md).
func (s State) fail(status Status, why Event, now time.Time) (State, []Action) {
	s.Status, s.Completed, s.Failure, s.Due, s.Paused = status, now, why.Failure, time.Time{}, false
	follow := slices.Contains(s.RollbackOn, why.Failure.Cause)
	if why.Rollback != nil {
		follow = *why.Rollback
	}
	s.RollsBack = follow && s.Claimed && !s.Return
	switch {
	case s.Return:
		s.Percent = 100
	case s.RollsBack && s.Gradual:
		s.Percent = s.Reached
	default:
		s.Percent = 0
	}
	for i := range s.Phases {
		switch p := &s.Phases[i]; p.Status {
		case InProgress:
			p.Status, p.End = Failed, now
			if s.Failure.Tail == "" {
				s.Failure = s.Failure.with(p.Tail)
			}
		case "":
			p.Status = Skipped
		}
	}
	return s, []Action{{Kind: Move, Percent: s.Percent, Last: true}}
}

// noteTail adds the end of a hook's log to the failure that it caused, or keeps it for one that is to come.
func (s State) noteTail(e Event) State {
	for i := range s.Phases {
		p := &s.Phases[i]
		switch {
		case e.Execution == "" || p.Execution != e.Execution:
		case p.Status == InProgress:
			p.Tail = e.Tail
		case p.Status == Failed && s.Failure.Tail == "":
			s.Failure = s.Failure.with(e.Tail)
		}
	}
	return s
}
