package alarm

import (
	"time"

	"sluice/internal/function"
)

// Alarm is a definition and the state that it is in. One that Service returns is never modified: a change makes another.
type Alarm struct {
	Scope       function.Scope
	Name        string // 1 to 255 characters, unique in its scope
	Description string
	Actions     Actions
	Tags        map[string]string
	// Watch is what a metric alarm looks at, and Composite the rule of a composite alarm. One of them is nil.
	Watch     *Watch     `json:",omitempty"`
	Composite *Composite `json:",omitempty"`
	// Configured is when the definition was put.
	Configured time.Time
	Status     Status
	// Pending are the changes whose actions have not run. They are stored with the change, so an action whose server
	// is killed runs at the next start: once at least, and twice if the server was killed before it noted that it ran.
	Pending []Pending `json:",omitempty"`
}

// ARN returns the alarm's Amazon resource name.
func (a *Alarm) ARN() string { return arn(a.Scope, a.Name) }

func arn(scope function.Scope, name string) string {
	return "arn:aws:cloudwatch:" + scope.Region + ":" + scope.Account + ":alarm:" + name
}

// State is what an alarm says.
type State string

// The states, spelled as everybody in the field spells them.
const (
	OK               State = "OK"
	Ringing          State = "ALARM"
	InsufficientData State = "INSUFFICIENT_DATA" // the state of a new alarm
)

// Status is an alarm's state and why it is in it.
type Status struct {
	State  State
	Reason string // for people
	// ReasonData is the reason as JSON text for programs; empty if there is none. Service sets it as AWS does, a
	// caller of SetState to what it likes.
	ReasonData string
	// Updated is when State or Reason was last set, and Transitioned when State last became another.
	Updated, Transitioned time.Time
	// Rang is when it last began to ring, zero if it never did. It outlasts the ringing, so that one who looks seldom
	// misses none.
	Rang time.Time `json:",omitzero"`
	// Suppressed says whether a composite alarm's actions are being held back.
	Suppressed Suppression `json:",omitzero"`
}

// Change is one transition of an alarm, or its end.
type Change struct {
	Alarm   *Alarm // as it is after the change; as it was, if it was deleted
	Before  Status
	Deleted bool // it is no more; the state has not changed
}

// Pending is a change whose actions have not run yet.
type Pending struct {
	Before, After Status
	Actions       []string // ARNs that are left to run, in order
}
