package rollout

// EventKind is what happened.
type EventKind int

// The events.
const (
	Start   EventKind = iota // somebody drives the deployment from now on
	Claimed                  // the alias is the deployment's
	Warmed                   // a process of the target is ready, or could not be made so
	Refused                  // the alias could not be claimed, or a move was refused; with a Failure
	Moved                    // the traffic is where the state wants it
	TimePassed
	HookSucceeded // with an Execution
	HookFailure   // with an Execution and a Failure
	HookEnded     // the hook's function has ended; with an Execution and a Tail
	Stop          // with a Failure: asked for, or an alarm
	Pause
	Resume
	Promote // all of the traffic is to move now, if the hooks let it
)

// Event is something that happened to a deployment.
type Event struct {
	Kind      EventKind
	Failure   *Failure
	Execution string
	Tail      string
	// Rollback says whether a rollback deployment follows a stop; nil leaves it to the deployment's settings.
	Rollback *bool
}

// ActionKind is what has to be done.
type ActionKind int

// The actions. Each can be done twice without harm.
const (
	Claim ActionKind = iota // make the alias the deployment's
	Look                    // see whether an alarm rings
	Warm                    // start a process of the target, so that its first request does not wait for one
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
