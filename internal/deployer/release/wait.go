package release

import (
	"context"
	"time"

	"sluice/internal/deployer"
)

// wait lets a step last as long as the strategy says, counted from when its last alias moved, by whichever run.
// Meanwhile alarms and aliases are looked at: a release goes back, or a run stops, as soon as it knows why.
func (r *run) wait(ctx context.Context, moved []*member) error {
	rest := time.Duration(0)
	for _, m := range moved {
		rest = max(rest, r.untilDue(m))
	}
	if rest <= 0 {
		return nil
	}
	due := time.Now().Add(rest)
	r.tell(Event{Kind: Waits, Release: r.plan.Release, Percent: highest(moved), Until: due})
	for {
		if err := sleep(ctx, min(time.Until(due), r.poll())); err != nil {
			return err
		}
		if !time.Now().Before(due) {
			return nil
		}
		if err := r.alarms(ctx); err != nil {
			return err
		}
		if err := each(ctx, r.config.Parallel, moved, r.unchanged); err != nil {
			return err
		}
	}
}

// untilDue is how long the alias stays at its weight yet. It is zero in runs that don't wait.
func (r *run) untilDue(m *member) time.Duration {
	if r.how.Step || r.how.promote || !m.stepped() || m.percent == 0 {
		return 0
	}
	return max(0, time.Until(m.since.Add(r.config.Scale.Here(r.plan.Environment.Strategy.Interval))))
}

// unchanged returns a Conflict if somebody changed the alias: paused it, sent it back or took it over.
func (r *run) unchanged(ctx context.Context, m *member) error {
	is, err := r.endpoint.Alias(ctx, m.Function.Name, m.Function.Alias)
	if err != nil {
		return err
	}
	if is == nil {
		is = &deployer.Alias{}
	}
	if !equal(*is, *m.alias) {
		return changed(m, is)
	}
	return nil
}

// poll is how often something is looked at, on this machine.
func (r *Runner) poll() time.Duration { return r.config.Scale.Here(r.config.Poll) }
