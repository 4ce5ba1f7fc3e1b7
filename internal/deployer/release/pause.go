package release

import (
	"context"
	"time"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// Pause keeps all aliases in transition where they are until somebody resumes or aborts. It does not ask who holds
// them: a run that moves them stops when it sees the pause, at its next look, and says so. No alias in transition is a
// Conflict.
func (r *Runner) Pause(ctx context.Context, env *deployer.Environment) ([]Standing, error) {
	return r.mark(ctx, env, deployer.Paused, "in transition", func(n *noted) bool {
		return n.alias != nil && !n.alias.Stable() && n.record.Phase != deployer.Paused
	})
}

// Resume allows the release to go on; the next deploy moves it. No paused alias is a Conflict.
func (r *Runner) Resume(ctx context.Context, env *deployer.Environment) ([]Standing, error) {
	return r.mark(ctx, env, deployer.Shifting, "paused", func(n *noted) bool { return n.record.Phase == deployer.Paused })
}

// mark changes the phase of some aliases and leaves them where they are.
func (r *Runner) mark(ctx context.Context, env *deployer.Environment, phase deployer.Phase, what string, which func(*noted) bool) ([]Standing, error) {
	opened, all, err := r.open(ctx, env, true)
	if err != nil {
		return nil, err
	}
	if err := opened.free(nil); err != nil {
		return nil, err
	}
	var some []*member
	for i, m := range opened.members {
		if which(&all[i]) {
			some = append(some, m)
		}
	}
	if len(some) == 0 {
		return nil, opened.none(what)
	}
	err = each(ctx, r.config.Parallel, some, func(ctx context.Context, m *member) error { return opened.markOne(ctx, m, phase, which) })
	if err != nil {
		return nil, err
	}
	return opened.standings(), nil
}

// markOne tries again when a run moves the alias meanwhile.
func (r *run) markOne(ctx context.Context, m *member, phase deployer.Phase, which func(*noted) bool) error {
	for try := 1; ; try++ {
		record := m.record
		record.Phase, record.Lease = phase, time.Time{}
		if record.From == "" || record.To == "" {
			record.From, record.To, record.At = m.alias.Version, m.alias.Additional, time.Now()
		}
		err := r.write(ctx, m, m.stays(), record)
		if !fault.Is(err, fault.Conflict, "") || try == backTries {
			return err
		}
		if m.alias, err = r.endpoint.Alias(ctx, m.Function.Name, m.Function.Alias); err != nil {
			return err
		}
		n := m.noted()
		if m.alias == nil || !which(&n) {
			return nil // it arrived, or went back
		}
		m.record = n.record
	}
}
