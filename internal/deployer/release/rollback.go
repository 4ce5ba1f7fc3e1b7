package release

import (
	"context"
	"fmt"
	"time"

	"sluice/internal/deployer"
)

// Rollback points the aliases of all functions to an earlier version at once, without a new upload: to the one that is
// asked for or, if to is empty, to the one before, by deployer.RollbackTarget. While an alias is in transition and no
// version is asked for, it is Abort. Nothing moves if any function has no such version, or if another run holds an
// alias. The version that an alias leaves is rejected; about one that no alias has reached, a rollback says nothing.
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

// targets are the members, with from and to set as of a release that is returned: from is where the alias goes.
func (r *run) targets(all records, to string) (back []*member, err error) {
	for i, m := range r.members {
		m.to = all[i].target()
		if m.from, err = deployer.RollbackTarget(m.Found, to); err != nil {
			return nil, fmt.Errorf("%s: %w", m.key, err)
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

// rollBack claims all aliases, if there are several, so that a run that is cut off leaves a trace, and then points them
// back.
func (r *run) rollBack(ctx context.Context, back []*member) ([]Standing, error) {
	if len(back) > 1 {
		if err := each(ctx, r.config.Parallel, back, r.claimForRollback); err != nil {
			return nil, r.stop(ctx, err)
		}
	}
	err := each(ctx, r.config.Parallel, back, func(ctx context.Context, m *member) error {
		record := deployer.Record{Phase: deployer.Returned, From: m.from, To: m.to, Newest: m.to, At: time.Now()}
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

// claimForRollback records where the alias is about to go. Should the run be cut off after others went back, the
// next rollback, abort or deploy ends that.
func (r *run) claimForRollback(ctx context.Context, m *member) error {
	record := deployer.Record{Phase: deployer.Claimed, From: m.from, To: m.to, At: time.Now(), Lease: r.lease(0)}
	return r.write(ctx, m, m.stays(), record)
}
