package function

import (
	"context"
	"time"

	"sluice/internal/fault"
)

// Invocation asks to run a function.
type Invocation struct {
	Function  ID
	Qualifier string // nothing, $LATEST, a number or an alias
	Call      Call   // without InvokedARN, which Invoke fills in
}

// Invoke chooses a version and runs one call in it. It returns the version that ran.
// Errors: fault.NotFound "function", for a missing version or alias too; and those of Pool.Invoke.
func (s *Service) Invoke(ctx context.Context, inv *Invocation) (*Outcome, Number, error) {
	entry, target, err := s.table.route(ctx, inv.Function, inv.Qualifier)
	if err != nil {
		return nil, 0, err
	}
	inv.Call.InvokedARN = inv.Function.Qualified(inv.Qualifier)
	sample := Sample{
		Function: inv.Function, Qualifier: inv.Qualifier, Executed: target.version.Number,
		Concurrent: int(entry.inFlight.Add(1)),
	}
	outcome, err := target.pool.Invoke(ctx, &inv.Call)
	entry.inFlight.Add(-1)
	sample.Ended = time.Now()
	switch {
	case err == nil:
		sample.Duration, sample.Failed = outcome.Duration, outcome.Failed
		s.meter.Record(sample)
	case fault.Is(err, fault.Throttled, ""):
		sample.Throttled = true
		s.meter.Record(sample)
	}
	return outcome, sample.Executed, err
}

// Invocable reports why an invocation could not begin, and runs nothing.
// Errors: fault.NotFound "function", for a missing version or alias too.
func (s *Service) Invocable(ctx context.Context, id ID, qualifier string) error {
	_, _, err := s.table.route(ctx, id, qualifier)
	return err
}
