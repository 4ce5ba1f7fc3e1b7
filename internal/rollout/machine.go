package rollout

import (
	"time"

	"sluice/internal/clock"
)

// State is where a deployment stands. The zero State is one that has only been created.
type State struct {
	Status    Status // empty means Created
	Started   time.Time
	Completed time.Time
	// Plan is fixed when the deployment is created, so that a later change of the configuration does not touch it.
	Plan []Shift
	Step int // index of the shift that has been made last, meaningful from the first shift on
	// Percent is the target's share of the traffic that was asked for last.
	Percent int
	// Due is when the machine wants to hear that time has passed; zero if it waits for something else.
	Due    time.Time
	Phases [3]Phase // BeforeAllowTraffic, AllowTraffic, AfterAllowTraffic
	// HookBefore and HookAfter say which phases wait for a hook's report.
	HookBefore, HookAfter bool
	Failure               *Failure
}

// Phase is a lifecycle event of a deployment.
type Phase struct {
	Status     Status // empty means Pending
	Start, End time.Time
}

// PhaseName tells a phase. It is its index in a state's phases.
type PhaseName int

// The phases, in their order.
const (
	BeforeAllowTraffic PhaseName = iota
	AllowTraffic
	AfterAllowTraffic
)

// String returns the field's name for the phase.
func (p PhaseName) String() string {
	return [...]string{"BeforeAllowTraffic", "AllowTraffic", "AfterAllowTraffic"}[p]
}

// Cause is why a deployment ended without success.
type Cause string

// The causes. Each is a code of its own on the wire.
const (
	BadConfiguration Cause = "configuration" // the AppSpec, or what it names, can't be used
	MissingFunction  Cause = "function"      // the function or the alias is not there, or went away
	HookFailed       Cause = "hook"
	HookTimedOut     Cause = "timeout"
	AlarmRang        Cause = "alarm"
	StopAsked        Cause = "stop"
)

// Failure is why a deployment ended without success, and what to tell of it.
type Failure struct {
	Cause   Cause
	Message string
}

// EventKind is what happened.
type EventKind int

// The events.
const (
	Start   EventKind = iota // somebody drives the deployment from now on
	Claimed                  // the alias is the deployment's
	Refused                  // the alias could not be claimed, or a move was refused; with a Failure
	Moved                    // the traffic is where the state wants it
	TimePassed
	HookSucceeded
	HookFailure // with a Failure
	Stop        // with a Failure: asked for, or an alarm
)

// Event is something that happened to a deployment.
type Event struct {
	Kind    EventKind
	Failure *Failure
}

// ActionKind is what has to be done.
type ActionKind int

// The actions. Each can be done twice without harm.
const (
	Claim ActionKind = iota // make the alias the deployment's
	Move                    // give the target Percent of the traffic; Last lets the alias go
	Hook                    // invoke the hook of the phase
)

// Action is something to do.
type Action struct {
	Kind    ActionKind
	Percent int
	Last    bool
	Phase   PhaseName
}

// hookTime is how long a hook has to report, in the cloud (AWS's page "AppSpec hooks section").
const hookTime = time.Hour

// Next returns the state after an event, and what has to be done then. An event that does not fit the state changes
// nothing: each may come late or twice. Times are real; the scale says how long the plan's waits take here.
func Next(s State, e Event, now time.Time, scale clock.Scale) (State, []Action) {
	switch {
	case s.Status.Ended():
		return s, nil
	case e.Kind == Start:
		return s.start(now)
	case e.Kind == Stop:
		return s.fail(Stopped, e.Failure, now)
	case e.Kind == Refused || e.Kind == HookFailure:
		return s.fail(Failed, e.Failure, now)
	case s.Status != InProgress:
		return s, nil
	}
	switch phase := s.phase(); {
	case phase < 0 && e.Kind == Claimed:
		return s.enter(BeforeAllowTraffic, now, scale)
	case phase == AllowTraffic && e.Kind == TimePassed && !s.Due.IsZero() && !now.Before(s.Due):
		return s.shift(s.Step+1, now, scale)
	case phase == AllowTraffic && e.Kind == Moved && s.Percent == 100:
		return s.leave(AllowTraffic, now, scale)
	case phase == BeforeAllowTraffic && e.Kind == HookSucceeded:
		return s.leave(BeforeAllowTraffic, now, scale)
	case phase == AfterAllowTraffic && e.Kind == HookSucceeded:
		return s.leave(AfterAllowTraffic, now, scale)
	case (phase == BeforeAllowTraffic || phase == AfterAllowTraffic) && e.Kind == TimePassed && !now.Before(s.Due):
		return s.fail(Failed, &Failure{HookTimedOut, hookTimedOutText}, now)
	}
	return s, nil
}

// hookTimedOutText is AWS's text (its page "Troubleshoot Amazon ECS deployment issues").
const hookTimedOutText = "The deployment timed out while waiting for a status callback. CodeDeploy expects a status callback within one hour after a deployment hook is invoked."

// Pending returns what a state asks for that may not have been done: after a crash all of it is done again.
func (s State) Pending() []Action {
	switch phase := s.phase(); {
	case s.Status.Ended():
		return []Action{{Kind: Move, Percent: s.Percent, Last: true}}
	case s.Status != InProgress:
		return nil
	case phase < 0:
		return []Action{{Kind: Claim}}
	case phase == BeforeAllowTraffic:
		return []Action{{Kind: Claim}, {Kind: Hook, Phase: phase}}
	case phase == AfterAllowTraffic:
		return []Action{{Kind: Move, Percent: s.Percent}, {Kind: Hook, Phase: phase}}
	}
	return []Action{{Kind: Move, Percent: s.Percent}}
}

func (s State) start(now time.Time) (State, []Action) {
	if s.Status == InProgress {
		return s, nil
	}
	s.Status, s.Started = InProgress, now
	return s, []Action{{Kind: Claim}}
}

// phase returns the phase that is under way, or -1.
func (s State) phase() PhaseName {
	for i, p := range s.Phases {
		if p.Status == InProgress {
			return PhaseName(i)
		}
	}
	return -1
}

// enter begins a phase, and passes through it if it has nothing to wait for.
func (s State) enter(phase PhaseName, now time.Time, scale clock.Scale) (State, []Action) {
	s.Phases[phase] = Phase{Status: InProgress, Start: now}
	hooked := (phase == BeforeAllowTraffic && s.HookBefore) || (phase == AfterAllowTraffic && s.HookAfter)
	switch {
	case phase == AllowTraffic:
		s.Due = now
		return s.shift(0, now, scale)
	case hooked:
		s.Due = now.Add(scale.Here(hookTime))
		return s, []Action{{Kind: Hook, Phase: phase}}
	}
	return s.leave(phase, now, scale)
}

// leave ends a phase with success and begins the next.
func (s State) leave(phase PhaseName, now time.Time, scale clock.Scale) (State, []Action) {
	s.Phases[phase].Status, s.Phases[phase].End = Succeeded, now
	s.Due = time.Time{}
	if phase < AfterAllowTraffic {
		return s.enter(phase+1, now, scale)
	}
	s.Status, s.Completed = Succeeded, now
	return s, []Action{{Kind: Move, Percent: s.Percent, Last: true}}
}

// shift makes a shift of the plan. A wait begins when the shift before was due, so that lateness does not add up; if
// the server was away for longer than a wait, it begins now: each share is looked at for its whole time.
func (s State) shift(step int, now time.Time, scale clock.Scale) (State, []Action) {
	s.Step, s.Percent = step, s.Plan[step].Percent
	if wait := scale.Here(s.Plan[step].Wait); wait == 0 {
		s.Due = time.Time{} // the last: Moved ends it
	} else if s.Due = s.Due.Add(wait); !s.Due.After(now) {
		s.Due = now.Add(wait)
	}
	return s, []Action{{Kind: Move, Percent: s.Percent}}
}

// fail ends the deployment with all of the traffic where it came from. What is under way has failed, and what has not
// begun is skipped (recorded in a run of 2026-08-08; see docs/aws-compatibility.md).
func (s State) fail(status Status, why *Failure, now time.Time) (State, []Action) {
	s.Status, s.Completed, s.Failure, s.Percent, s.Due = status, now, why, 0, time.Time{}
	for i := range s.Phases {
		switch p := &s.Phases[i]; p.Status {
		case InProgress:
			p.Status, p.End = Failed, now
		case "":
			p.Status = Skipped
		}
	}
	return s, []Action{{Kind: Move, Last: true}}
}
