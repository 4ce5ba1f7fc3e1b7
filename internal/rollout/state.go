package rollout

import "time"

// State is where a deployment stands. The zero State is one that has only been created.
type State struct {
	Status    Status // empty means Created
	Started   time.Time
	Completed time.Time
	// Plan is fixed when the deployment is created, so that a later change of the configuration does not touch it.
	Plan []Shift
	Step int // index of the shift that has been made last, meaningful once Begun
	// Begun says that the first shift has been made.
	Begun bool
	// Percent is the target's share of the traffic that was asked for last, or that it had from the start.
	Percent int
	// Claimed says that the alias is the deployment's.
	Claimed bool
	// Reached is the share that was in effect last. It is kept for a gradual rollback alone, which begins from it.
	Reached int
	// Due is when the machine wants to hear that time has passed; zero if it waits for something else.
	Due    time.Time
	Phases [3]Phase // BeforeAllowTraffic, AllowTraffic, AfterAllowTraffic
	// Paused holds the traffic where it is until it is resumed or promoted.
	Paused bool
	// Left is how much of the wait for the next shift, in the cloud's time, was left when it was paused.
	Left    time.Duration
	Failure *Failure
	// RollbackOn are the causes after which a rollback deployment follows.
	RollbackOn []Cause
	// Gradual leaves the traffic where it is when a rollback deployment follows, which then brings it back in steps.
	Gradual bool
	// RollsBack says that the deployment has failed, and that a rollback deployment follows.
	RollsBack bool
	// Return says that the deployment is a rollback: if it fails, all of the traffic goes to its target all the same,
	// since that is the version to trust.
	Return bool
}

// Phase is a lifecycle event of a deployment.
type Phase struct {
	Status     Status // empty means Pending
	Start, End time.Time
	// Hook is the function that decides whether the phase succeeds; empty if nobody is asked.
	Hook string
	// Execution is what the hook names its run by when it reports. It is the same however often the run is begun.
	Execution string
	// Tail is the end of the hook's log, at most 4 KB, once it has ended while its report is still waited for.
	Tail string
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

// phase returns the phase that is under way, or -1.
func (s State) phase() PhaseName {
	for i, p := range s.Phases {
		if p.Status == InProgress {
			return PhaseName(i)
		}
	}
	return -1
}

// Shifting reports whether the target's share grows by and by.
func (s State) Shifting() bool { return s.phase() == AllowTraffic }
