package stack

import "sluice/internal/function"

// Request is what a client wants a stack to be.
type Request struct {
	Scope function.Scope
	// Name is the stack's; for an update its ID as well.
	Name string
	// Template is its text. With Previous it is the one in force.
	Template string
	Previous bool
	// Parameters are those that were given.
	Parameters   []Given
	Capabilities []string
	// Tags, Notifications, Role, Rollback and DisableRollback stay as they are in an update that gives nil, or an empty role.
	Tags            map[string]string
	Notifications   []string
	Role            string
	Rollback        *Rollback
	DisableRollback *bool
	Token           string // of the client; at most 128 letters, digits and dashes
	// DeleteCreated is RetainExceptOnCreate: what the operation made and rolls back is deleted, whatever its DeletionPolicy.
	DeleteCreated bool

	// For a creation alone.
	OnFailure      string // empty is OnFailureRollback
	TimeoutMinutes int    // 0: none
	Protected      bool
	Policy         string // JSON

	// Parent is the ID of the stack that it is nested in. An update that it asks for is Held.
	Parent string

	// PolicyDuringUpdate is in force for one update: JSON.
	PolicyDuringUpdate string
}

// Given is a parameter as a client gives it.
type Given struct {
	Key, Value string
	Previous   bool // the value in force
}

// ChangeSetRequest is what a client wants to see the changes of.
type ChangeSetRequest struct {
	Request
	ChangeSet   string // its name
	Type        ChangeSetType
	Description string
	Nested      bool
}

// Deletion is which stack a client wants to be deleted.
type Deletion struct {
	Scope  function.Scope
	Name   string   // or ID
	Retain []string // resources that are left alone; only for a stack whose deletion failed
	Force  bool     // leave alone what can't be deleted; likewise
	Role   string
	Token  string
	Parent string // the ID of the stack that it is nested in and that asks: an update that is Held does not matter then
}
