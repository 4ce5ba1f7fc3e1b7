package release

import (
	"context"
	"slices"
	"time"

	"sluice/internal/deployer"
)

// direct moves the aliases itself: hooks, then all weights in the same steps with checks between, then hooks.
func (r *run) direct(ctx context.Context) error {
	if err := r.begin(ctx, r.starting()); err != nil {
		return err
	}
	if err := r.jump(ctx); err != nil {
		return err
	}
	for behind := r.behind(); behind != nil; behind = r.behind() {
		if err := r.reach(ctx, behind.left()[0]); err != nil {
			return err
		}
		if r.how.Step {
			break
		}
	}
	return r.finish(ctx)
}

// starting are the members whose new version has had no requests.
func (r *run) starting() []*member { return r.those((*member).starts) }

func (r *run) those(which func(*member) bool) (some []*member) {
	for _, m := range r.members {
		if which(m) {
			some = append(some, m)
		}
	}
	return some
}

// begin notes which alarms ring already, which speaks of what is there and not of the release that may mend it, and
// runs the hooks before traffic.
func (r *run) begin(ctx context.Context, starting []*member) error {
	if len(starting) == 0 {
		return nil
	}
	if !r.began() {
		if err := r.noteRinging(ctx); err != nil {
			return err
		}
	}
	return r.hooks(ctx, r.plan.Environment.Hooks.Before, starting)
}

// began reports whether any alias of the release has moved, or is being moved.
func (r *run) began() bool {
	return slices.ContainsFunc(r.members, func(m *member) bool { return m.takesPart() && (m.percent > 0 || m.deployment != "") })
}

// jump makes and points the aliases that have no steps.
func (r *run) jump(ctx context.Context) error {
	return each(ctx, r.config.Parallel, r.those((*member).jumps), func(ctx context.Context, m *member) error {
		record := deployer.Record{Phase: deployer.Done, From: m.from, To: m.to, Newest: m.newest(), At: time.Now()}
		points := deployer.Alias{Version: m.to}
		told := Event{Kind: Moved, Release: r.plan.Release, Function: m.key, Alias: m.Function.Alias, Version: m.to, Percent: 100}
		switch live := m.Move.Live; {
		case live != nil:
			record.Phase = deployer.Pinned
			points = live.Points()
			if live.Version2 != "" {
				told.Version, told.Percent = live.Version2, live.Percentage
			}
		case m.released() && r.waitsForMore():
			record.Phase, record.Lease = deployer.Shifting, r.lease(0)
		}
		if err := r.write(ctx, m, points, record); err != nil {
			return err
		}
		m.percent, m.since, m.moved = 100, time.Now(), true
		r.tell(told)
		return nil
	})
}

// waitsForMore reports whether an alias that has arrived has to wait for a hook, a check or another alias before its
// release is done.
func (r *run) waitsForMore() bool {
	return r.plan.Environment.Hooks.After != "" || len(r.those((*member).stepped)) > 0
}

// behind is the member whose next step is the lowest, nil when all have arrived: members that an earlier run left
// behind catch up first.
func (r *run) behind() (last *member) {
	for _, m := range r.those((*member).stepped) {
		if left := m.left(); len(left) > 0 && (last == nil || left[0].Percent < last.left()[0].Percent) {
			last = m
		}
	}
	return last
}

// reach waits until a step is due, checks what the one before it did, and moves all members that are below it.
func (r *run) reach(ctx context.Context, step deployer.Step) error {
	if moved := r.those(func(m *member) bool { return m.stepped() && m.percent > 0 }); len(moved) > 0 && step.Percent > highest(moved) {
		if err := r.wait(ctx, moved); err != nil {
			return err
		}
		if err := r.check(ctx, moved); err != nil {
			return err
		}
	}
	behind := r.those(func(m *member) bool { return m.stepped() && m.percent < step.Percent })
	return each(ctx, r.config.Parallel, behind, func(ctx context.Context, m *member) error { return r.move(ctx, m, step) })
}

func highest(members []*member) (percent float64) {
	for _, m := range members {
		percent = max(percent, m.percent)
	}
	return percent
}

// move gives the new version its share.
func (r *run) move(ctx context.Context, m *member, step deployer.Step) error {
	wait := r.config.Scale.Here(step.Wait)
	record := deployer.Record{Phase: deployer.Shifting, From: m.from, To: m.to, Newest: m.to, At: time.Now(), Lease: r.lease(wait)}
	switch {
	case step.Percent >= 100 && r.plan.Environment.Hooks.After == "":
		record.Phase, record.Lease = deployer.Done, time.Time{}
	case step.Percent < 100 && r.how.Step:
		record.Lease = time.Time{}
	}
	if err := r.write(ctx, m, m.at(step.Percent), record); err != nil {
		return err
	}
	m.percent, m.since, m.moved = step.Percent, record.At, true
	r.tell(Event{Kind: Moved, Release: r.plan.Release, Function: m.key, Alias: m.Function.Alias, Version: m.to, Percent: step.Percent})
	return nil
}

// finish runs the hooks after traffic and ends the release, if all aliases have arrived.
func (r *run) finish(ctx context.Context) error {
	if r.behind() != nil {
		return nil
	}
	arrived := r.those((*member).takesPart)
	if err := r.hooks(ctx, r.plan.Environment.Hooks.After, arrived); err != nil {
		return err
	}
	return each(ctx, r.config.Parallel, arrived, r.done)
}

// done ends the release of one alias, unless its last move did.
func (r *run) done(ctx context.Context, m *member) error {
	if m.record.Phase != deployer.Done || !m.record.Lease.IsZero() {
		record := deployer.Record{Phase: deployer.Done, From: m.from, To: m.to, Newest: m.to, At: time.Now()}
		if err := r.write(ctx, m, m.stays(), record); err != nil {
			return err
		}
	}
	r.tell(Event{Kind: Finished, Release: r.plan.Release, Function: m.key, Alias: m.Function.Alias, Version: m.to})
	return nil
}
