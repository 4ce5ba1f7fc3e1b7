package release

import (
	"context"
	"time"

	"sluice/internal/deployer"
)

// Rollback points the aliases of all functions to an earlier version at once, without a new upload: to the one that is asked for or, if to is
// empty, to the one before, by deployer.RollbackTarget. While an alias is in transition and no version is asked for, it is Abort. Nothing moves
// if any function has no such version, or if another run holds an alias.
func (r *Runner) Rollback(ctx context.Context, env *deployer.Environment, to string, takeOver bool) ([]Standing, error) {
	opened, all, err := r.open(ctx, env, takeOver)
	if err != nil {
		return nil, err
	}
	if to == "" && opened.underWay(all) {
		return opened.abort(ctx, all)
	}
	if err := opened.free(all); err != nil {
		return nil, err
	}
	opened.plan.Release = newRelease()
	back, err := opened.targets(all, to)
	if err != nil {
		return nil, err
	}
	return opened.rollBack(ctx, back)
}

func (r *run) underWay(all records) bool {
	for i, m := range r.members {
		if m.deployment != "" || all[i].alias != nil && !all[i].alias.Stable() || all[i].onItsWay() {
			return true
		}
	}
	return false
}

// targets are the members that go back, with from and to set as of a release that is returned: from is where the alias goes.
// Those that an earlier rollback, which was cut off, brought back already are left out.
func (r *run) targets(all records, to string) (back []*member, err error) {
	half, cutOff := all.halfRolledBack()
	for i, m := range r.members {
		if cutOff {
			if n := &all[i]; n.record.Release == half && n.record.Phase == deployer.Returned {
				continue
			}
		}
		m.to = all[i].target()
		if m.from, err = deployer.RollbackTarget(m.Found, to); err != nil {
			return nil, err
		}
		back = append(back, m)
	}
	return back, nil
}

// target is the version that the alias leaves when it is rolled back.
func (n *noted) target() string {
	switch {
	case n.alias == nil:
		return ""
	case n.alias.Stable():
		return n.alias.Version
	}
	return n.alias.Additional
}

// halfRolledBack returns the release of a rollback of which some aliases went back and others were only claimed.
func (all records) halfRolledBack() (string, bool) {
	back := map[string]bool{}
	for i := range all {
		back[all[i].record.Release] = back[all[i].record.Release] || all[i].record.Phase == deployer.Returned
	}
	for i := range all {
		if n := &all[i]; n.ok && n.record.Phase == deployer.Claimed && back[n.record.Release] {
			return n.record.Release, true
		}
	}
	return "", false
}

// rollBack claims all aliases, if there are several, so that a run that is cut off leaves a trace, and then points them back.
func (r *run) rollBack(ctx context.Context, back []*member) ([]Standing, error) {
	if len(back) > 1 {
		if err := each(ctx, r.config.Parallel, back, r.claimForRollback); err != nil {
			return nil, r.stop(ctx, err)
		}
	}
	err := each(ctx, r.config.Parallel, back, func(ctx context.Context, m *member) error {
		last, _ := m.Found.Last()
		record := deployer.Record{Phase: deployer.Returned, From: m.from, To: m.to, Newest: last.Number, At: time.Now()}
		if err := r.write(ctx, m, deployer.Alias{Version: m.from}, record); err != nil {
			return err
		}
		m.moved = true
		r.tell(Event{Kind: WentBack, Release: r.plan.Release, Function: m.key, Alias: m.Function.Alias, Version: m.from})
		return nil
	})
	if err != nil {
		return nil, r.stop(ctx, err)
	}
	return r.standings(), nil
}

// claimForRollback keeps in the record where the last release came from: should the run be cut off, the next rollback of this
// alias goes to the same version.
func (r *run) claimForRollback(ctx context.Context, m *member) error {
	record := m.record
	record.Phase, record.At, record.Lease = deployer.Claimed, time.Now(), r.lease(0)
	return r.write(ctx, m, m.stays(), record)
}
