package metric

import (
	"context"
	"log/slog"

	"sluice/internal/clock"
)

// Config says what a Service works with. The zero Config keeps metrics in memory, at the pace of the wall clock.
type Config struct {
	Scale clock.Scale
	// Journal keeps data over a restart. Nil means that metrics end with the process.
	Journal Journal
	// Meter is where invocations are recorded; the Service publishes what it measured. Nil means none.
	Meter *Meter
	// Logger hears of what the Meter measured and the Journal could not take. Nil means nobody.
	Logger *slog.Logger
}

// Service keeps metrics and answers questions about them. Its methods may be called by many goroutines at once.
type Service struct {
	config Config
}

// NewService makes a Service. It starts nothing.
func NewService(config Config) *Service { return &Service{config: config} }

// Start takes up what the journal has and begins to publish what the Meter measures. Without Journal and Meter there is
// no need to call it. Close must be called after it.
func (s *Service) Start(context.Context) error { return nil }

// Close publishes and stores what the Meter has measured until now, and returns when nothing of the Service runs any
// more. It may be called again.
func (s *Service) Close() error { return nil }

// Put stores data and returns when they are in the journal; a query that is made later sees them. All are stored, or
// none. Errors: fault.Invalid and fault.Limit (see Datum.Check), and those of the journal.
func (s *Service) Put(ctx context.Context, data []Datum) error { return nil }

// Points answers a query: a point for each period that has samples, oldest first. A period without samples has none, nor
// has one whose samples don't say the statistic (the percentile of a Summary). What the Meter recorded before the call
// is in it. Errors: fault.Invalid "statistic", "period" and "time".
func (s *Service) Points(ctx context.Context, q Query) ([]Point, error) { return nil, nil }

// List names the metrics that fit a filter, in a stable order, dimensions in the order in which they first came. next is
// the position to go on from (Filter.After); empty if there are no more. A metric is listed as soon as it has data, and
// until two weeks after its newest (AWS: ListMetrics).
func (s *Service) List(ctx context.Context, f Filter) (ids []ID, next string, err error) {
	return nil, "", nil
}
