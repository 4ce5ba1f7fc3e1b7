package release

import (
	"context"
	"time"

	"sluice/internal/fault"
)

// hold keeps the run's leases from running out while something takes its time: an upload, a hook, a check. Should
// somebody else take an alias over, or pause or abort the release, the context of what is done ends, and the error says
// who did.
func (r *run) hold(ctx context.Context, do func(context.Context) error) error {
	ctx, end := context.WithCancelCause(ctx)
	var lost error
	over := make(chan struct{})
	go func() {
		defer close(over)
		if lost = r.renew(ctx); lost != nil {
			end(lost)
		}
	}()
	err := do(ctx)
	end(nil)
	<-over
	if lost != nil {
		return lost
	}
	return err
}

// renew renews all leases, each time that half of one has passed, until the context ends.
func (r *run) renew(ctx context.Context) error {
	for sleep(ctx, r.config.Lease/2) == nil {
		held := r.those(func(m *member) bool { return m.tried != "" && !m.record.Lease.IsZero() })
		if err := each(ctx, r.config.Parallel, held, r.renewOne); err != nil {
			return err
		}
	}
	return nil
}

// renewOne writes to the end what it began: a write whose answer is not waited for would leave the revision unknown.
func (r *run) renewOne(ctx context.Context, m *member) error {
	fresh, cancel := afterwards(ctx)
	defer cancel()
	record, claimed := m.record, m.tried == m.claim
	record.Lease = r.lease(0)
	if record.Lease.Sub(m.record.Lease) < time.Second {
		return nil // it lasts longer
	}
	err := r.write(fresh, m, m.stays(), record)
	if claimed {
		m.claim = m.tried
	}
	if err == nil || fault.Is(err, fault.Conflict, "") {
		return err
	}
	if alias, unread := r.endpoint.Alias(fresh, m.Function.Name, m.Function.Alias); unread == nil && alias != nil && alias.Description == m.tried {
		m.alias, m.record, m.wrote = alias, record, m.tried
	}
	return nil // the next turn tries again
}
