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
	now      func() time.Time
}

// Packages keeps deployment packages.
type Packages interface {
	// Put returns after the package is on disk. One that can't be unpacked is fault.Invalid "package".
	Put(ctx context.Context, zip []byte) (Code, error)
	// Check reports what Put would refuse, and keeps nothing.
	Check(ctx context.Context, zip []byte) (Code, error)
}

// Meter is told of each invocation when it has ended. It must not block.
type Meter interface {
	Record(Sample)
}

// Sample is what is measured of one invocation.
type Sample struct {
	Function ID
	// Qualifier is what the caller asked for: an alias, a number, $LATEST, or nothing.
	Qualifier string
	Executed  Number
	Ended     time.Time
	// Duration is zero if the call was throttled.
	Duration  time.Duration
	Failed    bool // the function failed
	Throttled bool // it did not run, since no process came free
	// Concurrent is how many calls of the function were in flight, this one included, when it began.
	Concurrent int
}

// NewService returns a Service. It starts nothing; processes belong to the host.
func NewService(store Store, packages Packages, host Host, meter Meter) *Service {
	return &Service{store: store, packages: packages, meter: meter, table: newTable(store, host), now: now}
}

// now is the time as records keep it: to the microsecond, so that it is the same after it was stored.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// newRevision returns a fresh revision ID.
func newRevision() string { return uuid.NewString() }
