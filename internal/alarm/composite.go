package alarm

import "time"

// Composite is the rule of an alarm over other alarms.
type Composite struct {
	Rule string // as it was given; see ParseRule
	// Suppressor is the name or ARN of an alarm that holds the actions back while it rings. Empty means none.
	Suppressor string
	// Wait is how long, in the cloud's time, actions wait for the suppressor to ring, and Extension how long they wait
	// after it has stopped.
	Wait, Extension time.Duration
}

// Suppression says why, and since when, a composite alarm's actions are held back. The zero Suppression holds nothing.
type Suppression struct {
	By     Suppressor
	Reason string    // for people
	Since  time.Time // when By became what it is
	// Held is what the alarm's status was before the first change whose actions are held back; nil if none are.
	Held *Status `json:",omitempty"`
}

// Suppressor is what holds actions back.
type Suppressor string

// What can hold actions back.
const (
	NotSuppressed     Suppressor = ""
	SuppressedByWait  Suppressor = "WaitPeriod"
	SuppressedByAfter Suppressor = "ExtensionPeriod"
	SuppressedByAlarm Suppressor = "Alarm"
)
