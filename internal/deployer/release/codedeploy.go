package release

import (
	"context"
	"slices"
	"time"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// byCodeDeploy has CodeDeploy move the aliases, with a deployment for each, and follows all of them to the end. While a
// deployment is under way it owns its alias and this program leaves that alone: it holds no lease, and a run that comes
// meanwhile follows the same deployment. CodeDeploy refuses a second one.
func (r *run) byCodeDeploy(ctx context.Context) error {
	starting := r.starting()
	if err := r.beforeDeployments(ctx, starting); err != nil {
		return err
	}
	if err := r.jump(ctx); err != nil {
		return err
	}
	deployed := r.those(func(m *member) bool { return m.deployment != "" || m.Move.Kind == deployer.Start })
	err := r.launch(ctx, deployed)
	if err == nil {
		err = r.follow(ctx, deployed)
	}
	if err != nil {
		return r.abandon(ctx, deployed, err)
	}
	if err := r.takeBack(ctx, deployed); err != nil {
		return err
	}
	if err := r.afterDeployments(ctx); err != nil {
		return err
	}
	return each(ctx, r.config.Parallel, r.those((*member).takesPart), r.done)
}

// beforeDeployments runs the hooks before traffic that CodeDeploy does not: commands, and those of aliases that it does
// not move.
func (r *run) beforeDeployments(ctx context.Context, starting []*member) error {
	hook := r.plan.Environment.Hooks.Before
	if !isCommand(hook) {
		starting = slices.DeleteFunc(starting, (*member).stepped)
	}
	return r.hooks(ctx, hook, starting)
}

// afterDeployments makes the checks that CodeDeploy does not, and runs the hooks after traffic that it has not run.
func (r *run) afterDeployments(ctx context.Context) error {
	arrived := r.those((*member).takesPart)
	stepped := r.those(func(m *member) bool { return m.stepped() && m.percent > 0 })
	if err := r.verify(ctx, stepped); err != nil {
		return err
	}
	hook := r.plan.Environment.Hooks.After
	if !isCommand(hook) {
		arrived = r.those((*member).jumps)
	}
	return r.hooks(ctx, hook, arrived)
}

// launch creates the deployments that are not under way yet. Groups are prepared before any of them begins, and the first
// before the others: application and role belong to all.
func (r *run) launch(ctx context.Context, deployed []*member) error {
	starting := slices.DeleteFunc(slices.Clone(deployed), func(m *member) bool { return m.deployment != "" })
	if len(starting) == 0 {
		return nil
	}
	prepare := func(ctx context.Context, m *member) error { return r.endpoint.Prepare(ctx, r.groupWithAlarms(m)) }
	if err := prepare(ctx, starting[0]); err != nil {
		return err
	}
	if err := each(ctx, r.config.Parallel, starting[1:], prepare); err != nil {
		return err
	}
	err := each(ctx, r.config.Parallel, starting, r.begins)
	if fault.Is(err, fault.Conflict, "") && r.began() {
		return rejected{err} // somebody else moves one of the aliases: the others can't go on without it
	}
	return err
}

// begins creates the deployment of one alias.
func (r *run) begins(ctx context.Context, m *member) error {
	if err := r.handOver(ctx, m); err != nil {
		return err
	}
	id, err := r.endpoint.Deploy(ctx, r.deploymentOf(m))
	if err != nil {
		return err
	}
	m.deployment, m.moved, m.since = id, true, time.Now()
	r.tell(Event{Kind: DeploymentRun, Release: r.plan.Release, Function: m.key, Alias: m.Function.Alias, Version: m.to, Detail: id})
	return nil
}

// handOver gives the lease back before CodeDeploy takes the alias. The record still says that the alias is claimed: a run
// that is cut off here has decided nothing about the new version.
func (r *run) handOver(ctx context.Context, m *member) error {
	return r.write(ctx, m, m.stays(), deployer.Record{Phase: deployer.Claimed, From: m.from, At: time.Now()})
}

// follow waits until all deployments are over. One that fails, or too many errors of a new version, is the error.
func (r *run) follow(ctx context.Context, deployed []*member) error {
	under := slices.Clone(deployed)
	for {
		if err := each(ctx, r.config.Parallel, under, r.progress); err != nil {
			return err
		}
		under = slices.DeleteFunc(under, func(m *member) bool { return m.over })
		if len(under) == 0 {
			return nil
		}
		if err := r.errors(ctx, under); err != nil {
			return err
		}
		if err := sleep(ctx, r.poll()); err != nil {
			return err
		}
	}
}

func (r *run) progress(ctx context.Context, m *member) error {
	progress, err := r.endpoint.Deployment(ctx, m.deployment)
	if err != nil {
		return err
	}
	if !progress.Over {
		return r.tellWeight(ctx, m)
	}
	m.over = true
	r.tell(Event{Kind: DeploymentEnd, Release: r.plan.Release, Function: m.key, Alias: m.Function.Alias, Version: m.to, Detail: progress.Status})
	if !progress.Succeeded {
		return rejectedf("%s: deployment %s ended as %s: %s", m.key, m.deployment, progress.Status, progress.Why)
	}
	return nil
}

// tellWeight tells who watches how far CodeDeploy has moved the alias.
func (r *run) tellWeight(ctx context.Context, m *member) error {
	alias, err := r.endpoint.Alias(ctx, m.Function.Name, m.Function.Alias)
	if err != nil || alias == nil || alias.Additional != m.to || alias.Weight*100 == m.told {
		return err
	}
	m.told = alias.Weight * 100
	r.tell(Event{Kind: Moved, Release: r.plan.Release, Function: m.key, Alias: m.Function.Alias, Version: m.to, Percent: m.told})
	return nil
}

// takeBack holds the aliases again whose deployments succeeded. Of two runs that followed the same one, the second to
// come here is refused.
func (r *run) takeBack(ctx context.Context, deployed []*member) error {
	return each(ctx, r.config.Parallel, deployed, func(ctx context.Context, m *member) error {
		id, before := m.deployment, m.alias.Description
		m.deployment, m.percent = "", 100
		if err := r.reread(ctx, m); err != nil {
			return err
		}
		if m.alias == nil || !m.alias.Stable() || m.alias.Version != m.to {
			return fault.Errorf(fault.Conflict, "alias", "%s: deployment %s of CodeDeploy succeeded, and %s is not on version %s: somebody else moved it", m.key, id, m.Function.Alias, m.to)
		}
		if m.alias.Description != before {
			return fault.Errorf(fault.Conflict, "alias", "%s: release %s of %s ends what deployment %s of CodeDeploy did", m.key, m.record.Release, m.record.By, id)
		}
		r.tell(Event{Kind: Moved, Release: r.plan.Release, Function: m.key, Alias: m.Function.Alias, Version: m.to, Percent: 100})
		return r.write(ctx, m, m.stays(), deployer.Record{Phase: deployer.Shifting, From: m.from, To: m.to, Newest: m.to, At: time.Now(), Lease: r.lease(0)})
	})
}
