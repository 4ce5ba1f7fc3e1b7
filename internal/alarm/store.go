package alarm

import (
	"context"
	"time"

	"sluice/internal/function"
)

// Store keeps alarms and their history. internal/store implements it.
//
// Read and Write run a closure in one transaction. Write returns after the changes are on disk; if the closure fails,
// nothing is changed. Write may run its closure again, so it must have no effects that a second run does not replace.
type Store interface {
	ReadAlarms(ctx context.Context, read func(Reader) error) error
	WriteAlarms(ctx context.Context, write func(Tx) error) error
}

// Reader reads one consistent state.
type Reader interface {
	// Alarms lists the alarms of all accounts and regions, in any order.
	Alarms() ([]*Alarm, error)
	// AlarmHistory lists what a query asks for. Items of one moment are in the order of their alarms' names and their
	// numbers, or, if the newest come first, in the reverse of it.
	AlarmHistory(q HistoryQuery) ([]*HistoryItem, error)
}

// Tx reads and writes.
type Tx interface {
	Reader
	// PutAlarm creates or replaces the alarm with the same scope and name.
	PutAlarm(a *Alarm) error
	// DeleteAlarm deletes an alarm, but not its history. Error: fault.NotFound "alarm".
	DeleteAlarm(scope function.Scope, name string) error
	// AddAlarmHistory stores an item under the number behind the highest of its alarm's name, which it sets in the item,
	// and deletes the oldest of the name until keep is met. The item itself stays.
	AddAlarmHistory(item *HistoryItem, keep Keep) error
	// DropAlarmHistory deletes the items of all alarms that are older than a time.
	DropAlarmHistory(before time.Time) error
}

// Keep bounds the history of one alarm.
type Keep struct {
	Items int
	Bytes int64 // of the items as they are stored; a few hundred kilobytes more may be kept
}
