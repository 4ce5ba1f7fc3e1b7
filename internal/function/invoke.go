package function

import (
	"context"
	"time"

	"sluice/internal/fault"
)

// MaxPayload is the longest payload of a synchronous invocation in bytes (AWS's page "Lambda quotas").
const MaxPayload = 6_291_456

// Invocation asks to run a function.
type Invocation struct {
	Function  ID
	Qualifier string // nothing, $LATEST, a number or an alias
	Call      Call   // without InvokedARN, which Invoke fills in
}

// Answer is how an invocation ended, and where it went.
type Answer struct {
	*Outcome
	Executed Number // the version that ran
	// Weight is the additional version's share at the moment of the choice; 0 if the qualifier is not an alias that
	// points to two versions. Whoever counts answers can check the split with it.
	Weight Weight
}

// Invoke chooses a version and runs one call in it. The answer says which version was chosen even with an error.
// Errors: fault.NotFound "function", for a missing version or alias too; and those of Pool.Invoke;
// fault.Throttled "reserved concurrency" if as many calls of the function run as may, and "concurrency" if the account has no
// room for another.
func (s *Service) Invoke(ctx context.Context, inv *Invocation) (Answer, error) {
	way, err := s.table.find(ctx, inv.Function, inv.Qualifier)
	if err != nil {
		return Answer{}, err
	}
	target, weight := way.next()
	inv.Call.InvokedARN = way.arn
	sample := Sample{Function: inv.Function, Qualifier: inv.Qualifier, Executed: target.version.Number, Began: time.Now()}
	outcome, err := way.entry.run(ctx, target, &inv.Call, &sample)
	sample.Ended, sample.Concurrent = time.Now(), inv.Call.concurrent
	switch {
	case err == nil:
		sample.Duration, sample.Failed, sample.First, sample.Provisioned = outcome.Duration, outcome.Failed, outcome.First, outcome.Provisioned
		s.meter.Record(sample)
	case fault.Is(err, fault.Throttled, ""):
		sample.Throttled = true
		s.meter.Record(sample)
	}
	return Answer{outcome, sample.Executed, weight}, err
}

// run runs a call if it may run beside those that do.
func (e *entry) run(ctx context.Context, to *target, call *Call, sample *Sample) (*Outcome, error) {
	place, err := e.admit(to)
	if err != nil {
		return nil, err
	}
	defer place.leave()
	place.measure(to, sample)
	call.running, call.concurrent = &e.running, 0
	call.Provisioned = place.covered != nil
	call.Reserved, _ = e.quota.reservation()
	return to.pool.Invoke(ctx, call)
}

// Invocable reports why an invocation could not begin. It runs nothing, and has no part in an alias's split.
// Errors: fault.NotFound "function", for a missing version or alias too.
func (s *Service) Invocable(ctx context.Context, id ID, qualifier string) error {
	_, err := s.table.find(ctx, id, qualifier)
	return err
}
