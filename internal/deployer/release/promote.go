package release

import (
	"context"

	"sluice/internal/deployer"
)

// Promote gives the new versions of all aliases in transition all requests at once, without waiting and without checks,
// and runs the hooks after traffic. A release that is paused, that another run holds, or that CodeDeploy moves is a
// Conflict, and so is none.
func (r *Runner) Promote(ctx context.Context, env *deployer.Environment, takeOver bool) (Outcome, error) {
	opened, all, err := r.open(ctx, env, takeOver)
	if err != nil {
		return Outcome{}, err
	}
	if err := opened.free(all); err != nil {
		return Outcome{}, err
	}
	opened.how.promote = true
	some := false
	for i, m := range opened.members {
		switch n := &all[i]; {
		case n.alias == nil:
			continue
		case n.record.Phase == deployer.Paused:
			return Outcome{}, n.record.CheckPause(m.key, m.Function.Alias)
		case !n.alias.Stable():
			m.transits()
		case n.arrived():
			m.unfinished, m.from, m.to, m.percent = true, n.record.From, n.alias.Version, 100
		default:
			continue
		}
		some = true
	}
	if !some {
		return Outcome{}, opened.none("under way")
	}
	return opened.deploy(ctx)
}

// transits makes the member one whose alias has a last step to go.
func (m *member) transits() {
	m.from, m.to, m.percent = m.alias.Version, m.alias.Additional, m.alias.Weight*100
	m.Move = deployer.Move{Kind: deployer.Next, From: m.from, To: m.to, Now: m.percent, Steps: []deployer.Step{{Percent: 100}}}
}
