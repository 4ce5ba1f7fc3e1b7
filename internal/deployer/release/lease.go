package release

import (
	"context"
	"time"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// claimAll claims the aliases of all members that take part. The first is claimed before the others, so that of two runs
// with the same functions one gets all of them.
func (r *run) claimAll(ctx context.Context) error {
	var claimed []*member
	for _, m := range r.members {
		if m.alias != nil && m.takesPart() && m.deployment == "" {
			claimed = append(claimed, m)
		}
	}
	if len(claimed) == 0 {
		return nil
	}
	if err := r.claim(ctx, claimed[0]); err != nil {
		return err
	}
	return each(ctx, r.config.Parallel, claimed[1:], r.claim)
}

// claim holds an alias without moving it. One that is on its way keeps what its record says of that.
func (r *run) claim(ctx context.Context, m *member) error {
	record := deployer.Record{Phase: deployer.Claimed, From: m.from, At: time.Now(), Lease: r.lease(r.untilDue(m))}
	if m.Move.Kind == deployer.Next || m.unfinished {
		record.Phase, record.To, record.Newest = deployer.Shifting, m.to, m.to
		if !m.since.IsZero() {
			record.At = m.since
		}
	}
	var err error
	for range claimTries {
		m.asFound = m.alias.Description
		err = r.write(ctx, m, m.stays(), record)
		m.claim = m.tried
		if !fault.Is(err, fault.Conflict, "") || !r.givenUp(ctx, m) {
			break
		}
	}
	if err == nil {
		r.tell(Event{Kind: Claim, Release: r.plan.Release, Function: m.key, Alias: m.Function.Alias, Until: record.Lease})
	}
	return err
}

// claimTries bounds how often an alias is claimed that others let go meanwhile.
const claimTries = 3

// givenUp reads an alias again whose claim was refused. It reports whether the alias is where it was and nobody else
// holds it: a run that is taken over gives its lease back, or renews it, while this one claims.
func (r *run) givenUp(ctx context.Context, m *member) bool {
	alias, err := r.endpoint.Alias(ctx, m.Function.Name, m.Function.Alias)
	if err != nil || alias == nil {
		return false
	}
	record, _ := deployer.ReadRecord(alias.Description)
	moved := alias.Version != m.alias.Version || alias.Additional != m.alias.Additional || alias.Weight != m.alias.Weight
	decided := record.Phase == deployer.Paused || record.Phase == deployer.Returned
	takenOver := r.plan.takeOver && record.By == m.record.By && record.Release == m.record.Release
	if moved || decided && record.Phase != m.record.Phase || record.HeldAt(time.Now()) && !takenOver {
		return false
	}
	m.alias = alias
	return true
}

// giveBack ends the run's hold on an alias, wherever it stands, and reads where that is. An alias that was only claimed
// is as it was found afterwards. One that somebody else wrote since is left alone.
func (r *run) giveBack(ctx context.Context, m *member) error {
	alias, err := r.endpoint.Alias(ctx, m.Function.Name, m.Function.Alias)
	if err != nil {
		return err
	}
	ours := alias != nil && (alias.Description == m.tried || alias.Description == m.wrote)
	m.alias = alias
	if !ours {
		return nil
	}
	record, _ := deployer.ReadRecord(alias.Description)
	if record.Lease.IsZero() {
		return nil
	}
	free := *alias
	if alias.Description == m.claim {
		free.Description = m.asFound
		record, _ = deployer.ReadRecord(m.asFound)
	}
	if !record.Lease.IsZero() {
		record.Lease = time.Time{}
		free.Description = record.Description(free.Description)
	}
	written, err := r.endpoint.UpdateAlias(ctx, m.Function.Name, free)
	if err != nil {
		return err
	}
	m.alias, m.record = &written, record
	r.tell(Event{Kind: GivenBack, Release: r.plan.Release, Function: m.key, Alias: m.Function.Alias})
	return nil
}

// explain says who changed an alias whose write was refused. Other errors stay as they are.
func (r *run) explain(ctx context.Context, m *member, err error) error {
	if !fault.Is(err, fault.Precondition, "") {
		return err
	}
	alias, unread := r.endpoint.Alias(ctx, m.Function.Name, m.Function.Alias)
	if unread != nil || alias == nil {
		return fault.Errorf(fault.Conflict, "alias", "%s: somebody changed %s during this run: %w", m.key, m.Function.Alias, err)
	}
	return changed(m, alias)
}

// changed is the Conflict about an alias that is not as this run left it.
func changed(m *member, is *deployer.Alias) error {
	record, ok := deployer.ReadRecord(is.Description)
	name := m.Function.Alias
	switch {
	case !ok || is.Description == m.alias.Description:
		return fault.Errorf(fault.Conflict, "alias", "%s: somebody moved %s during this run, without Sluice", m.key, name)
	case record.Phase == deployer.Paused:
		return fault.Errorf(fault.Conflict, "alias", "%s: %s paused the release of %s: `sluice resume`, then deploy again, goes on", m.key, record.By, name)
	case record.Phase == deployer.Returned:
		return fault.Errorf(fault.Conflict, "alias", "%s: %s sent %s back to version %s", m.key, record.By, name, record.From)
	case record.HeldAt(time.Now()):
		return fault.Errorf(fault.Conflict, "alias", "%s: release %s of %s holds %s until %s now", m.key, record.Release, record.By, name, record.Until())
	}
	return fault.Errorf(fault.Conflict, "alias", "%s: release %s of %s changed %s during this run", m.key, record.Release, record.By, name)
}
