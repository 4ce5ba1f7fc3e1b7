package stack

import "time"

// Event is one line of a stack's history.
type Event struct {
	Stack     string // ID
	StackName string
	Number    int64 `json:"-"` // rises within a stack
	// ID is unique: LOGICALID-STATUS-TIME for resources, a UUID for the stack.
	ID         string
	LogicalID  string
	PhysicalID string
	Type       string
	Status     string // a Status or ResourceStatus
	Reason     string `json:",omitempty"`
	Properties Values `json:",omitempty"` // nil for the stack's own
	Token      string `json:",omitempty"` // of the client that asked for the operation
	Time       time.Time
}
