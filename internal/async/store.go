package async

import (
	"context"

	"sluice/internal/function"
)

// Store keeps events and configurations. internal/store implements it; storetest says what it must do.
//
// Read and Write run a closure in one transaction. Write returns after the changes are on disk; if the closure fails,
// nothing is changed. Both go with their function, and a configuration with its version or alias.
type Store interface {
	ReadEvents(ctx context.Context, read func(Reader) error) error
	WriteEvents(ctx context.Context, write func(Tx) error) error
}

// Reader reads one consistent state. A noun that does not exist is a fault.NotFound error about "event" or "event
// config", or one of function.Reader's.
type Reader interface {
	function.Reader
	Event(number int64) (*Event, error)
	// PendingEvents lists the events of all accounts by number, those behind after; a limit of 0 means no limit.
	PendingEvents(after int64, limit int) ([]Pending, error)
	EventConfig(id function.ID, qualifier string) (*Config, error)
	// EventConfigs lists a function's configurations by qualifier.
	EventConfigs(id function.ID) ([]*Config, error)
}

// Tx reads and writes. Put creates or replaces the record with the same key; the function must be there when the closure
// ends.
type Tx interface {
	Reader
	PutEvent(e *Event) error
	// DeleteEvent deletes an event. One that does not exist is no error: it may have gone with its function.
	DeleteEvent(number int64) error
	PutEventConfig(c *Config) error
	DeleteEventConfig(id function.ID, qualifier string) error
}
