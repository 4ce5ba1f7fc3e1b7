package release

import "sluice/internal/deployer"

// groupOf is where a function's deployments are: CodeDeploy has one at a time in a group, so each function has its own.
func groupOf(env *deployer.Environment, f deployer.Function) Group {
	return Group{Application: env.Project + "-" + env.Name, Name: f.Name + "-" + f.Alias, Strategy: env.Strategy}
}

func (r *run) groupWithAlarms(m *member) Group {
	g := groupOf(r.plan.Environment, m.Function)
	g.Alarms = r.plan.Environment.Checks.Alarms
	return g
}

func (r *run) deploymentOf(m *member) Deployment {
	d := Deployment{
		Group: r.groupWithAlarms(m), Function: m.Function.Name, Alias: m.Function.Alias, From: m.from, To: m.to,
		Description: "release " + r.plan.Release,
	}
	hooks := r.plan.Environment.Hooks
	if !isCommand(hooks.Before) {
		d.Before = r.hookFunction(hooks.Before)
	}
	if !isCommand(hooks.After) {
		d.After = r.hookFunction(hooks.After)
	}
	return d
}
