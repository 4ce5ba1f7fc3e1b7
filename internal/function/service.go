package function

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Service creates, publishes, aliases and invokes functions. Its methods may be called by many goroutines at once.
type Service struct {
	store    Store
	packages Packages
	meter    Meter
	table    *table
	deleted  []func(context.Context, ID)
}

// NewService returns a Service. It starts nothing; processes belong to the host.
func NewService(store Store, packages Packages, host Host, meter Meter) *Service {
	return &Service{store: store, packages: packages, meter: meter, table: newTable(store, host)}
}

// OnDelete has told called with each function that has been deleted or has lost an alias, before the deletion is answered.
// Rooms that keep in memory what goes with either need it. It must be called before the first request.
func (s *Service) OnDelete(told func(context.Context, ID)) { s.deleted = append(s.deleted, told) }

func (s *Service) tellDeleted(ctx context.Context, id ID) {
	for _, told := range s.deleted {
		told(ctx, id)
	}
}

// now is the time as records keep it: to the microsecond, so that it is the same after it was stored.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// newRevision returns a fresh revision ID.
func newRevision() string { return uuid.NewString() }
