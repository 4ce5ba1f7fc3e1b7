package stack

import (
	"time"

	"sluice/internal/function"
)

// Stack is a set of resources that a template describes, or described.
type Stack struct {
	Scope function.Scope
	Name  string
	ID    string // its ARN. One that is deleted keeps it, and is found by it alone
	Settings
	Status Status
	Reason string `json:",omitempty"`
	// Created is when it was asked for. Updated is zero before the first update, or before a change set was executed. Deleted is
	// when its deletion began, or the rollback of its creation. All are to the microsecond, in UTC.
	Created          time.Time
	Updated, Deleted time.Time `json:",omitzero"`
	Outputs          []Output  `json:",omitempty"`
	// DisableRollback leaves what was made where it is when the creation or an update fails.
	DisableRollback bool   `json:",omitempty"`
	Protected       bool   `json:",omitempty"` // from deletion
	ChangeSetID     string `json:",omitempty"` // of the change set that was executed last
	Parent, Root    string `json:",omitempty"` // the stacks it is nested in: IDs
	TimeoutMinutes  int    `json:",omitempty"` // of the creation, in the cloud's minutes; 0: none
	Policy          string `json:",omitempty"` // of the stack: JSON
	Token           string `json:",omitempty"` // of the client that asked for the operation that was last
	// Setback is why the last operation was rolled back, if it was.
	Setback string   `json:",omitempty"`
	Imports []string `json:",omitempty"` // the exports of others that it uses, sorted
	// Goal numbers the goal in force; 0: none yet.
	Goal int `json:",omitempty"`
	// Goals is how many goals there ever were.
	Goals     int        `json:",omitempty"`
	Operation *Operation `json:",omitempty"` // that is being carried out, or that failed and can be continued
}

// Settings are what goes with a template.
type Settings struct {
	Description   string            `json:",omitempty"`
	Parameters    []Parameter       `json:",omitempty"` // sorted by key
	Capabilities  []string          `json:",omitempty"`
	Tags          map[string]string `json:",omitempty"`
	Notifications []string          `json:",omitempty"` // ARNs of topics, kept without effect
	Role          string            `json:",omitempty"` // ARN
	Rollback      Rollback          `json:",omitzero"`
}

// Parameter is a template's parameter and its value.
type Parameter struct {
	Key, Value string
	Resolved   string `json:",omitempty"` // what SSM has under the name that Value is
	Hidden     bool   `json:",omitempty"` // NoEcho: nobody is shown the value
}

// Rollback says which alarms roll an operation back ("Rollback triggers").
type Rollback struct {
	// Minutes for which the alarms are watched after the operation, in the cloud's time: 0 to 180.
	Minutes  int       `json:",omitempty"`
	Triggers []Trigger `json:",omitempty"` // at most five
}

// Trigger is an alarm that rolls an operation back.
type Trigger struct{ ARN, Type string }

// Output is what a stack tells.
type Output struct {
	Key, Value  string
	Description string `json:",omitempty"`
	Export      string `json:",omitempty"` // the name that other stacks import it by
}

// Goal is what a stack is to become: a template and its settings. Goals are numbered from 1 on and never change.
type Goal struct {
	Stack  string // ID
	Number int
	Text   string // the template as it came
	// Processed is the template that the transforms made of it, as JSON; empty if it has none.
	Processed string `json:",omitempty"`
	Settings
}

// Operation is the creation, update or deletion of a stack.
type Operation struct {
	// Goal is what the stack is to become, Before what it was; 0: nothing.
	Goal, Before int `json:",omitempty"`
	Began        time.Time
	Failure      string `json:",omitempty"` // why it has to be rolled back
	// Cancelled is set when a client asked for the end of an update, Delete when it asked for the stack's deletion meanwhile.
	Cancelled, Delete bool     `json:",omitempty"`
	OnFailure         string   `json:",omitempty"` // of a creation: OnFailureDelete, OnFailureNothing or OnFailureRollback
	Retain            []string `json:",omitempty"` // resources that a deletion leaves alone
	Force             bool     `json:",omitempty"` // a deletion leaves alone whatever can't be deleted
	Skip              []string `json:",omitempty"` // resources that a rollback takes as rolled back
	// DeleteCreated lets a rollback delete what a DeletionPolicy would keep, since this operation made it.
	DeleteCreated bool      `json:",omitempty"`
	Policy        string    `json:",omitempty"` // the stack's policy during this update: JSON
	Until         time.Time `json:",omitzero"`  // alarms are watched after an operation until then
	// Held is set for an update of a nested stack: before its cleanup it waits until its parent commits it or takes it back.
	// Prior is what the stack told before an update that was held.
	Held  bool   `json:",omitempty"`
	Prior *Prior `json:",omitempty"`
}

// Prior is what a stack told, and used of others, before an update.
type Prior struct {
	Outputs []Output `json:",omitempty"`
	Imports []string `json:",omitempty"`
}

// What becomes of a stack whose creation failed.
const (
	OnFailureRollback = "ROLLBACK"
	OnFailureDelete   = "DELETE"
	OnFailureNothing  = "DO_NOTHING"
)
