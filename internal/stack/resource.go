package stack

import "time"

// Resource is one of a stack's resources. The embedded Instance is what is there now.
type Resource struct {
	Stack     string // ID
	LogicalID string
	Instance
	Status  ResourceStatus
	Reason  string `json:",omitempty"`
	Changed time.Time
	Task    *Task `json:",omitempty"` // what is being done with it
	// Before is what was there before the operation that is being carried out, if that changed it. Fresh resources were made by
	// that operation. Both end with it.
	Before *Instance `json:",omitempty"`
	Fresh  bool      `json:",omitempty"`
	// Failed is set if the operation that is being carried out, or was last, failed at the resource.
	Failed bool `json:",omitempty"`
	// Ordered is set if a provider was asked to change or replace it since Before.
	Ordered bool `json:",omitempty"`
	// Moved is set if the provider itself put another in the place of Before.
	Moved bool `json:",omitempty"`
	// Leftovers are instances that were replaced and have to be deleted.
	Leftovers []Instance `json:",omitempty"`
}

// Instance is something that a provider made.
type Instance struct {
	Type       string
	PhysicalID string `json:",omitempty"` // empty: nothing is there
	Ref        string `json:",omitempty"` // what Ref returns, if not the physical ID
	Properties Values `json:",omitempty"`
	Attributes Values `json:",omitempty"` // what Fn::GetAtt returns
	// Metadata, UpdatePolicy and the policies are those of the template.
	Metadata            Values   `json:",omitempty"`
	UpdatePolicy        Values   `json:",omitempty"`
	DeletionPolicy      string   `json:",omitempty"`
	UpdateReplacePolicy string   `json:",omitempty"`
	DependsOn           []string `json:",omitempty"` // whatever it refers to: logical IDs
}

// Task is an order that was, or is about to be, given to a provider.
type Task struct {
	Verb  Verb
	Token string
	// Name is what a resource to be made may be called.
	Name string `json:",omitempty"`
	// Goal is what the resource becomes if the task succeeds; what goes, if it is to be deleted.
	Goal Instance
	// Old is what an update comes from, if not the resource's properties: an update that failed halfway.
	Old Values `json:",omitempty"`
	// Undo is set if the task takes an update back.
	Undo bool `json:",omitempty"`
}

// Verb says what an order asks for.
type Verb string

// The verbs.
const (
	ToCreate  Verb = "create"
	ToUpdate  Verb = "update"
	ToReplace Verb = "replace" // make another one, and delete this one later
	ToDelete  Verb = "delete"
)
