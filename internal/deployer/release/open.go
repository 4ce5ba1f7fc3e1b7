package release

import (
	"context"
	"time"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// open makes a run that has no file to follow: it moves, or marks, aliases as they are found.
func (r *Runner) open(ctx context.Context, env *deployer.Environment, takeOver bool) (*run, records, error) {
	functions, found, err := r.look(ctx, env, false)
	if err != nil {
		return nil, nil, err
	}
	p := &Plan{Environment: env, Release: newRelease(), takeOver: takeOver}
	for i, f := range functions {
		p.Decisions = append(p.Decisions, deployer.Decision{Function: f, Found: found[i]})
	}
	all := recordsOf(functions, found)
	if release, ok := all.continued(); ok {
		p.Release = release
	}
	opened := r.start(p, How{})
	return opened, all, r.findDeployments(ctx, opened)
}

// findDeployments asks CodeDeploy which of the aliases it is moving.
func (r *Runner) findDeployments(ctx context.Context, opened *run) error {
	env := opened.plan.Environment
	return each(ctx, r.config.Parallel, opened.members, func(ctx context.Context, m *member) (err error) {
		if mayDeploy(env, m.alias) {
			m.deployment, err = r.deploying(ctx, env, m.Function)
		}
		return err
	})
}

// free refuses aliases that CodeDeploy is moving, and those that another run holds.
func (r *run) free(all records) error {
	for _, m := range r.members {
		if m.deployment != "" {
			return fault.Errorf(fault.Conflict, "deployment", "%s: deployment %s of CodeDeploy moves %s: wait for it, or `sluice abort %s`",
				m.key, m.deployment, m.Function.Alias, r.plan.Environment.Name)
		}
	}
	return all.held(time.Now(), r.plan.takeOver)
}

// none is the Conflict of a command that finds nothing to do.
func (r *run) none(what string) error {
	return fault.Errorf(fault.Conflict, "release", "%s: no release is %s", r.plan.Environment.Name, what)
}
