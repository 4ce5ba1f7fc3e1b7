package stack

import (
	"time"

	"sluice/internal/function"
)

// ChangeSet is an operation that waits for somebody to say yes.
type ChangeSet struct {
	Scope           function.Scope
	ID              string // ARN
	Name            string
	Stack           string // ID
	StackName       string
	Type            ChangeSetType
	Description     string `json:",omitempty"`
	Status          ChangeSetStatus
	Reason          string `json:",omitempty"`
	Execution       ExecutionStatus
	Created         time.Time
	Goal            Goal
	Changes         []Change                  `json:",omitempty"`
	Values          map[string]PropertyValues `json:",omitempty"` // of the resources that change, by logical ID
	OnFailure       string                    `json:",omitempty"` // as in DescribeChangeSet: empty if it was not given
	Nested          bool                      `json:",omitempty"` // IncludeNestedStacks: kept
	Token           string                    `json:",omitempty"`
	DisableRollback bool                      `json:",omitempty"`
}

// ChangeSetType is what a change set is for, in AWS's words.
type ChangeSetType string

// The types that there are; IMPORT is refused.
const (
	CreateSet ChangeSetType = "CREATE"
	UpdateSet ChangeSetType = "UPDATE"
)

// ChangeSetStatus is in AWS's words.
type ChangeSetStatus string

// The statuses that change sets here come to have: they are made at once.
const (
	ChangeSetComplete ChangeSetStatus = "CREATE_COMPLETE"
	ChangeSetFailed   ChangeSetStatus = "FAILED"
)

// ExecutionStatus is in AWS's words.
type ExecutionStatus string

// The execution statuses.
const (
	Unavailable     ExecutionStatus = "UNAVAILABLE"
	Available       ExecutionStatus = "AVAILABLE"
	Executing       ExecutionStatus = "EXECUTE_IN_PROGRESS"
	Executed        ExecutionStatus = "EXECUTE_COMPLETE"
	ExecutionFailed ExecutionStatus = "EXECUTE_FAILED"
	Obsolete        ExecutionStatus = "OBSOLETE"
)

// Change is what an operation does with a resource, as DescribeChangeSet shows it.
type Change struct {
	Action       Action
	LogicalID    string
	PhysicalID   string `json:",omitempty"`
	Type         string
	Replacement  string   `json:",omitempty"` // True, False or Conditional, of Modify alone
	PolicyAction string   `json:",omitempty"` // Delete, Retain, Snapshot, ReplaceAndDelete, ReplaceAndRetain ...
	Scope        []string `json:",omitempty"` // Properties, Metadata, UpdatePolicy, DeletionPolicy, UpdateReplacePolicy, Tags
	Details      []Detail `json:",omitempty"`
}

// Action is in AWS's words.
type Action string

// The actions.
const (
	Add    Action = "Add"
	Modify Action = "Modify"
	Remove Action = "Remove"
)

// Detail is why a resource changes.
type Detail struct {
	Attribute  string // an element of Change.Scope
	Name       string `json:",omitempty"` // of the property
	Recreation string // Never, Always or Conditionally
	Evaluation string // Static; Dynamic if the value is known only when the operation comes to it
	Source     string `json:",omitempty"` // DirectModification, ParameterReference, ResourceReference, ResourceAttribute
	Cause      string `json:",omitempty"` // what is referred to: "Parameter" or "Resource.Attribute"
}
