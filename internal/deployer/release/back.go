package release

import (
	"context"
	"errors"
	"time"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// back sends all aliases of the release to where they came from. It is carried through also after Ctrl-C. The error is a
// Failed with this cause.
func (r *run) back(ctx context.Context, cause error) error {
	fresh, cancel := afterwards(ctx)
	defer cancel()
	r.tell(Event{Kind: GoesBack, Release: r.plan.Release, Detail: cause.Error()})
	errs := make([]error, len(r.members))
	there, away := r.standAndAway()
	for _, some := range [][]int{there, away} {
		_ = each(fresh, r.config.Parallel, some, func(ctx context.Context, i int) error {
			errs[i] = r.sendBack(ctx, r.members[i])
			return nil
		})
	}
	failed := &Failed{Release: r.plan.Release, Cause: cause, Standings: r.standings()}
	for i, err := range errs {
		if err != nil {
			failed.Elsewhere = append(failed.Elsewhere, r.members[i].key)
			failed.Standings[i].Known = false
			failed.Cause = errors.Join(failed.Cause, err)
		}
	}
	return failed
}

// standAndAway divides the members into those whose alias is where it came from, and those that have to move. The
// records of the first are written before: should the run be cut off between, what they say tells the next one that the
// others have to go back.
func (r *run) standAndAway() (there, away []int) {
	for i, m := range r.members {
		if m.alias != nil && m.alias.Stable() && m.alias.Version == m.from {
			there = append(there, i)
		} else {
			away = append(away, i)
		}
	}
	return there, away
}

// backTries bounds how often an alias is read again when somebody renews or pauses it meanwhile.
const backTries = 10

// sendBack points one alias to where it came from. One that is new has nowhere to go, so that its release is done.
func (r *run) sendBack(ctx context.Context, m *member) error {
	if !m.takesPart() || m.alias == nil && m.tried == "" {
		return nil
	}
	for try := 1; ; try++ {
		if err := r.reread(ctx, m); err != nil || m.alias == nil {
			return err
		}
		points, record := m.returned()
		err := r.write(ctx, m, points, record)
		if err == nil {
			r.tell(Event{Kind: WentBack, Release: r.plan.Release, Function: m.key, Alias: m.Function.Alias, Version: m.alias.Version})
			return nil
		}
		if !fault.Is(err, fault.Conflict, "") || try == backTries {
			return err
		}
	}
}

// reread looks where the alias is. An alias that another release has by now is left to it.
func (r *run) reread(ctx context.Context, m *member) error {
	alias, err := r.endpoint.Alias(ctx, m.Function.Name, m.Function.Alias)
	if err != nil {
		return err
	}
	m.alias = alias
	if alias == nil {
		return nil
	}
	record, ok := deployer.ReadRecord(alias.Description)
	if ok && record.Release != r.plan.Release && record.HeldAt(time.Now()) && !r.forced {
		return changed(m, alias)
	}
	m.record = record
	return nil
}

// returned is where the alias goes, and its record then.
func (m *member) returned() (deployer.Alias, deployer.Record) {
	if m.from == "" {
		return m.stays(), deployer.Record{Phase: deployer.Done, To: m.to, Newest: m.to, At: time.Now()}
	}
	return m.at(0), deployer.Record{Phase: deployer.Returned, From: m.from, To: m.to, Newest: m.to, At: time.Now()}
}
