package alarm

import (
	"time"

	"sluice/internal/function"
)

// HistoryItem is something that happened to an alarm. Items are kept for two weeks, a thousand or 4 MB of each alarm at
// most, whether or not the alarm is still there.
type HistoryItem struct {
	Scope     function.Scope
	Alarm     string // name
	Composite bool   // whether it was a composite alarm
	Time      time.Time
	Number    int64 // counts the items of one name from 1 on
	Kind      HistoryKind
	Summary   string // for people
	// Of these, the Kind's is set.
	Transition    *Transition    `json:",omitempty"`
	Configuration *Configuration `json:",omitempty"`
	Execution     *Execution     `json:",omitempty"`
}

// Large reports whether an item may have more than a few kilobytes.
func (h *HistoryItem) Large() bool {
	return h.Configuration != nil ||
		h.Transition != nil && len(h.Transition.Before.ReasonData)+len(h.Transition.After.ReasonData) > 4*maxReasonData
}

// HistoryKind is the sort of a HistoryItem.
type HistoryKind string

// The kinds of history items.
const (
	StateUpdate         HistoryKind = "StateUpdate"         // has a Transition
	ConfigurationUpdate HistoryKind = "ConfigurationUpdate" // has a Configuration
	ActionUpdate        HistoryKind = "Action"              // has an Execution
)

// Transition is a change of state.
type Transition struct{ Before, After Status }

// Configuration is a change of definition. Before is nil for a new alarm, After for a deleted one.
type Configuration struct {
	Before *Alarm `json:",omitempty"`
	After  *Alarm `json:",omitempty"`
}

// definition is the alarm as history keeps it: without the actions that are still to run.
func (a *Alarm) definition() *Alarm {
	definition := *a
	definition.Pending = nil
	return &definition
}

// Execution is what became of an action.
type Execution struct {
	Action string    // ARN
	State  State     // what the alarm came into
	Since  time.Time // when it did
	Error  string    // why the action failed; empty if it succeeded
}

// HistoryQuery asks for history. Zero fields ask for all.
type HistoryQuery struct {
	Scope     function.Scope
	Alarm     string // name
	Types     []Type
	Kind      HistoryKind
	From, To  time.Time // both included
	Ascending bool      // the oldest first; otherwise the newest
	After     *HistoryCursor
	Limit     int // at most so many; 0 means all
}

// HistoryCursor is the place of the last item of a page.
type HistoryCursor struct {
	Time   time.Time
	Alarm  string
	Number int64
}

// Cursor returns the item's place.
func (h *HistoryItem) Cursor() *HistoryCursor { return &HistoryCursor{h.Time, h.Alarm, h.Number} }

const historyTime = 14 * 24 * time.Hour // real time, as all that users ask about

// keep bounds the history of one alarm: a definition can have 400 KB.
var keep = Keep{Items: 1000, Bytes: 4 << 20}
