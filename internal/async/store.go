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

// Tx reads and writes. The function of what is added or put must be there when the closure ends.
type Tx interface {
	Reader
	// AddEvent creates an event. Its number must be new.
	AddEvent(e *Event) error
	// UpdateEvent changes all of an event but its payload. Errors: fault.NotFound "event", if it has gone with its function.
	UpdateEvent(e *Event) error
	// DeleteEvent deletes an event. Errors: as UpdateEvent's.
	DeleteEvent(number int64) error
	// PutEventConfig creates or replaces the configuration of a qualifier.
	PutEventConfig(c *Config) error
	DeleteEventConfig(id function.ID, qualifier string) error
}
