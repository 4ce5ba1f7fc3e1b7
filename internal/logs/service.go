package logs

import (
	"context"
	"log/slog"

	"sluice/internal/clock"
	"sluice/internal/metric"
)

// Metrics takes what metric filters make. internal/metric's Service implements it.
type Metrics interface {
	Put(ctx context.Context, data []metric.Datum) error
}

// Config says what a Service works with. Store and Files are needed.
type Config struct {
	Store   Store
	Files   Files
	Metrics Metrics      // nil drops what metric filters make
	Scale   clock.Scale  // of the minute that a filter's default value is for
	Logger  *slog.Logger // hears what nobody else is told; nil means nobody
}

// Service keeps log groups, streams and events. Its methods may be called by many goroutines at once.
//
// Errors: fault.NotFound and fault.Conflict about "group", "stream", "filter" or "policy"; fault.Invalid about "name",
// "class", "retention", "tags", "events", "token", "query", "pattern", "filter" or "policy"; fault.Limit about "tags",
// "filter" or "policy"; fault.Conflict "protected group" for the deletion of one. Messages are AWS's where a recording or
// a report tells them.
type Service struct {
	cfg Config
}
