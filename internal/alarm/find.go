package alarm

import (
	"sluice/internal/function"
)

// Type tells metric alarms from composite ones.
type Type string

// The types of alarms.
const (
	MetricAlarm    Type = "MetricAlarm"
	CompositeAlarm Type = "CompositeAlarm"
)

// Type returns what sort of alarm it is.
func (a *Alarm) Type() Type {
	if a.Composite != nil {
		return CompositeAlarm
	}
	return MetricAlarm
}

// Filter asks for alarms. Zero fields ask for all.
type Filter struct {
	Scope        function.Scope
	Names        []string // those of them that exist
	Prefix       string   // of the name
	Types        []Type
	State        State
	ActionPrefix string // of one of its actions
	ChildrenOf   string // the name of a composite alarm: the alarms that its rule names
	ParentsOf    string // the name of an alarm: the composite alarms whose rules name it
	After        string // the last name of the page before
	Limit        int    // at most so many; 0 means all
}
