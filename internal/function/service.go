package function

import (
	"time"

	"github.com/google/uuid"
)

// Service creates, publishes, aliases and invokes functions. Its methods may be called by many goroutines at once.
type Service struct {
	store    Store
	packages Packages
	meter    Meter
	table    *table
}

// NewService returns a Service. It starts nothing; processes belong to the host.
func NewService(store Store, packages Packages, host Host, meter Meter) *Service {
	return &Service{store: store, packages: packages, meter: meter, table: newTable(store, host)}
}

// now is the time as records keep it: to the microsecond, so that it is the same after it was stored.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// newRevision returns a fresh revision ID.
func newRevision() string { return uuid.NewString() }
