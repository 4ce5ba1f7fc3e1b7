package function

import "sluice/internal/fault"

// admission is a call's place among those that may run at once. It must be left once.
type admission struct {
	// covered is the gauge of the provisioned concurrency that covers the call; nil: none does, and the others count it.
	covered  *Gauge
	onDemand *Gauge
	share    *Gauge // nil if something is reserved for the function

	provisioned, unreserved int // how many calls its gauge had with it; 0 if it was not counted there
}

// admit finds a place for a call of one of the function's versions. Provisioned concurrency is used first (recording
// test_lambda_provisioned_concurrency_scheduling); a call that it has no place for is like one of any other version.
// Errors: fault.Throttled "reserved concurrency", "concurrency".
func (e *entry) admit(to *target) (admission, error) {
	q := e.quota
	if covered := to.covered.Load(); covered != nil {
		if n := covered.Enter(); n > 0 {
			return admission{covered: covered, provisioned: n}, nil
		}
	}
	a := admission{onDemand: &q.onDemand}
	if q.onDemand.Enter() == 0 {
		return a, throttled("reserved concurrency")
	}
	if _, reserved := q.reservation(); reserved {
		return a, nil
	}
	a.share = &q.share.unreserved
	if a.unreserved = a.share.Enter(); a.unreserved == 0 {
		q.onDemand.Leave()
		return a, throttled("concurrency")
	}
	return a, nil
}

// leave gives the place back.
func (a *admission) leave() {
	if a.covered != nil {
		a.covered.Leave()
		return
	}
	a.onDemand.Leave()
	if a.share != nil {
		a.share.Leave()
	}
}

// measure notes what the place says of how many calls run.
func (a *admission) measure(to *target, sample *Sample) {
	if covered := to.covered.Load(); covered != nil {
		sample.Provision, sample.Covered = covered.Limit(), a.provisioned
		if a.covered == nil {
			sample.Covered = covered.Running()
		}
	}
	if a.share != nil {
		sample.Unreserved = a.unreserved
		sample.Claimed = AccountConcurrency - a.share.Limit() + a.unreserved
	}
}

// throttled says that a call did not run because too many others do (recording test_reserved_concurrency).
func throttled(noun string) error { return fault.Errorf(fault.Throttled, noun, "Rate Exceeded.") }
