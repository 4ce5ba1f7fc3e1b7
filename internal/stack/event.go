package stack

import "time"

// Event is one line of a stack's history.
type Event struct {
	Stack     string // ID
	StackName string
	Number    int64 `json:"-"` // rises within a stack
	// ID is unique: LOGICALID-STATUS-TIME for resources, LOGICALID-UUID for those that an update cleans up, and a UUID for the stack.
	ID         string
	LogicalID  string
	PhysicalID string
	Type       string
	Status     string // a Status or ResourceStatus
	Reason     string `json:",omitempty"`
	Properties Values `json:",omitempty"` // nil for the stack's own, and in an update's cleanup
	Token      string `json:",omitempty"` // of the client that asked for the operation
	Time       time.Time
}

// stackType is the type of a stack's own events.
const stackType = "AWS::CloudFormation::Stack"

// stackEvent tells that a stack has its status.
func stackEvent(s *Stack) *Event {
	return &Event{
		Stack: s.ID, StackName: s.Name, ID: newUUID(), LogicalID: s.Name, PhysicalID: s.ID, Type: stackType,
		Status: string(s.Status), Reason: s.Reason, Token: s.Token, Time: now(),
	}
}

// event gives a resource another status and tells so, with what is or was meant to be there. Its time and ID come when it is saved.
func (r *Resource) event(o *operation, status ResourceStatus, reason string, shown *Instance) *Event {
	r.Status, r.Reason = status, reason
	properties := shown.Properties
	if properties == nil {
		properties = Values{}
	}
	return &Event{
		Stack: r.Stack, StackName: o.name, LogicalID: r.LogicalID, PhysicalID: shown.PhysicalID, Type: shown.Type,
		Status: string(status), Reason: reason, Properties: properties, Token: o.token,
	}
}

// date gives an event of a resource its time and ID. Two of a resource are at least a millisecond apart, which their IDs have to tell.
func (r *Resource) date(o *operation, e *Event) {
	r.Changed = o.stamp(r.Changed.Add(time.Millisecond))
	e.Time = r.Changed
	if e.ID == "" {
		e.ID = r.LogicalID + "-" + e.Status + "-" + r.Changed.Format("2006-01-02T15:04:05.000Z")
	}
}

// latest is what was stamped last.
func (o *operation) latest() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.stamped
}

// plain makes an event one of an update's cleanup: those say nothing of properties (recorded: TestChangeSetRef.test_resource_deletion).
func (e *Event) plain() {
	e.ID, e.Properties = e.LogicalID+"-"+newUUID(), nil
}

// stamp is now, but not before a time or before what was stamped last: clients sort events by their times.
func (o *operation) stamp(after time.Time) time.Time {
	at := now()
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, least := range []time.Time{after, o.stamped} {
		if at.Before(least) {
			at = least
		}
	}
	o.stamped = at
	return at
}
