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

// OnDelete has told called with each function that has been deleted or has lost a version or an alias, before the deletion is answered.
// Rooms that keep in memory what goes with either need it. It must be called before the first request.
func (s *Service) OnDelete(told func(context.Context, ID)) { s.deleted = append(s.deleted, told) }

// OnLost has told called when a write is stored that what is in memory could not follow, since the store could not be read:
// the function's processes may have been stopped, those that are provisioned too, until somebody calls it. told must not
// call the Service. It must be set before the first request.
func (s *Service) OnLost(told func(context.Context, ID, error)) { s.table.lost = told }

func (s *Service) tellDeleted(ctx context.Context, id ID) {
	for _, told := range s.deleted {
		told(ctx, id)
	}
}

// now is the time as records keep it: to the microsecond, so that it is the same after it was stored.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// newRevision returns a fresh revision ID.
func newRevision() string { return uuid.NewString() }
