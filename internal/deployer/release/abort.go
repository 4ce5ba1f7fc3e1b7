package release

import (
	"context"
	"errors"
	"time"

	"sluice/internal/deployer"
)

// Abort sends all aliases of the release that is under way to where they came from, those that have arrived included,
// and stops CodeDeploy's deployments. It does not ask who holds them: a run that moves them stops when it sees it. No
// release under way is a Conflict.
func (r *Runner) Abort(ctx context.Context, env *deployer.Environment) ([]Standing, error) {
	opened, all, err := r.open(ctx, env, true)
	if err != nil {
		return nil, err
	}
	return opened.abort(ctx, all)
}

// errAborted is why an aborted release goes back.
var errAborted = errors.New("the release was aborted")

func (r *run) abort(ctx context.Context, all records) ([]Standing, error) {
	r.forced = true
	if !r.underWay(all) {
		return r.abortClaims(ctx, all)
	}
	releases := all.underWay()
	for i, m := range r.members {
		if n := &all[i]; n.alias != nil && (m.deployment != "" || m.undecided() != "" || n.aborts(releases)) {
			m.comesBack(*n)
		}
	}
	if err := each(ctx, r.config.Parallel, r.members, r.halt); err != nil {
		return nil, err
	}
	return r.aborted(r.back(ctx, errAborted))
}

// underWay reports whether any alias is between two versions, or has to be sent back.
func (r *run) underWay(all records) bool {
	for i, m := range r.members {
		if m.deployment != "" || all[i].alias != nil && !all[i].alias.Stable() {
			return true
		}
	}
	return len(all.underWay()) > 0
}

// underWay are the releases that moved an alias and did not end, those that were cut off while they went back included.
func (all records) underWay() map[string]bool {
	releases := map[string]bool{}
	for i := range all {
		if all[i].onItsWay() {
			releases[all[i].record.Release] = true
		}
	}
	if release, ok := all.half(); ok {
		releases[release] = true
	}
	return releases
}

// aborts reports whether the alias goes back with these releases.
func (n *noted) aborts(releases map[string]bool) bool {
	return !n.alias.Stable() || n.onItsWay() || n.ok && releases[n.record.Release] && n.owed()
}

// abortClaims takes the aliases from a run that holds them and has moved none. Nothing is decided about what it
// published.
func (r *run) abortClaims(ctx context.Context, all records) ([]Standing, error) {
	claimed := func(n *noted) bool { return n.ok && n.record.Phase == deployer.Claimed && n.record.HeldAt(time.Now()) }
	var some []*member
	for i, m := range r.members {
		if claimed(&all[i]) {
			some = append(some, m)
		}
	}
	if len(some) == 0 {
		return nil, r.none("under way")
	}
	err := each(ctx, r.config.Parallel, some, func(ctx context.Context, m *member) error {
		return r.markOne(ctx, m, deployer.Claimed, claimed)
	})
	if err != nil {
		return nil, err
	}
	return r.standings(), nil
}

// aborted takes a release that went back completely for success.
func (r *run) aborted(err error) ([]Standing, error) {
	var failed *Failed
	if errors.As(err, &failed) && len(failed.Elsewhere) == 0 {
		return r.standings(), nil
	}
	return nil, err
}
