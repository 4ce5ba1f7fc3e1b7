package release

import (
	"context"
	"errors"
	"time"

	"sluice/internal/deployer"
)

// Abort sends all aliases of the release that is under way to where they came from, those that have arrived included, and stops CodeDeploy's
// deployments. It does not ask who holds them: a run that moves them stops when it sees it. No release under way is a Conflict.
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
	releases := map[string]bool{}
	for i, m := range r.members {
		if n := &all[i]; n.onItsWay() || m.deployment != "" {
			releases[n.record.Release] = true
		}
	}
	if release, ok := all.half(); ok {
		releases[release] = true
	}
	some := false
	for i, m := range r.members {
		n := &all[i]
		if n.alias == nil || !n.aborts(releases) && m.deployment == "" {
			continue
		}
		m.comesBack(*n)
		some = true
	}
	if !some {
		return nil, r.none("under way")
	}
	if err := each(ctx, r.config.Parallel, r.members, r.halt); err != nil {
		return nil, err
	}
	return r.aborted(r.back(ctx, errAborted))
}

// aborts reports whether the alias goes back with these releases.
func (n *noted) aborts(releases map[string]bool) bool {
	if !n.alias.Stable() {
		return true
	}
	claimed := n.record.Phase == deployer.Claimed && n.record.HeldAt(time.Now())
	return n.ok && (n.onItsWay() || claimed || releases[n.record.Release] && n.away())
}

// aborted takes a release that went back completely for success.
func (r *run) aborted(err error) ([]Standing, error) {
	var failed *Failed
	if errors.As(err, &failed) && len(failed.Elsewhere) == 0 {
		return r.standings(), nil
	}
	return nil, err
}
