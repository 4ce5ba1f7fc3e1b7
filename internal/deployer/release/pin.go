package release

import (
	"context"
	"time"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// Pin points the aliases of all functions by hand: to one version, or to two with a share. An alias that does not exist
// is made. Nothing moves if any function has no such version, or if another run holds an alias.
func (r *Runner) Pin(ctx context.Context, env *deployer.Environment, live deployer.Live, takeOver bool) ([]Standing, error) {
	opened, all, err := r.open(ctx, env, takeOver)
	if err != nil {
		return nil, err
	}
	if err := opened.free(all); err != nil {
		return nil, err
	}
	for _, m := range opened.members {
		if m.Found == nil {
			return nil, fault.Errorf(fault.NotFound, "function", "%s: there is no function %s", m.key, m.Function.Name)
		}
		if err := m.Found.CanPoint(live); err != nil {
			return nil, err
		}
	}
	err = each(ctx, r.config.Parallel, opened.members, func(ctx context.Context, m *member) error { return opened.pin(ctx, m, live) })
	if err != nil {
		return nil, opened.stop(ctx, err)
	}
	return opened.standings(), nil
}

func (r *run) pin(ctx context.Context, m *member, live deployer.Live) error {
	last, _ := m.Found.Last()
	record := deployer.Record{Phase: deployer.Pinned, To: live.Version1, Newest: last.Number, At: time.Now()}
	if m.alias != nil {
		record.From = m.alias.Version
	}
	if err := r.write(ctx, m, live.Points(), record); err != nil {
		return err
	}
	m.moved = true
	r.tell(Event{Kind: Moved, Release: r.plan.Release, Function: m.key, Alias: m.Function.Alias, Version: live.Version1, Percent: 100 - live.Percentage})
	return nil
}
