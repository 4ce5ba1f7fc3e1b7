package config

import (
	"strconv"

	"sluice/internal/deployer"
)

// environment reads what the layers say of a release.
func (l *layers) environment(project, name string) *deployer.Environment {
	get := func(name string) string { return l.text(name, shapeOf(releaseKeys, name)) }
	hooks := l.inside("hooks")
	env := &deployer.Environment{
		Project: project, Name: name, Region: l.own["region"],
		Publish:  get("publish") != "false",
		Confirm:  get("confirm") == "true" || get("confirm") == "" && production[name],
		Strategy: l.strategy(),
		Engine:   deployer.Engine(orElse(get("engine"), string(deployer.Direct))),
		Checks:   deployer.Checks{Alarms: l.list("alarms", shapeOf(releaseKeys, "alarms")), Command: get("check"), Errors: allowed(get("errors"))},
		Hooks: deployer.Hooks{
			Before: hooks.text("before", shapeOf(shapeOf(releaseKeys, "hooks").keys, "before")), After: hooks.text("after", shapeOf(shapeOf(releaseKeys, "hooks").keys, "after")),
		},
	}
	l.checkEngine(env)
	return env
}

// checkEngine tells of a strategy that its engine can't follow, before anything is sent.
func (l *layers) checkEngine(env *deployer.Environment) {
	if !env.Publish || env.Engine != deployer.CodeDeploy || env.Strategy.Check() != nil {
		return
	}
	if _, err := env.Strategy.ForCodeDeploy(); err != nil {
		l.at(l.last("strategy"), "%v", err)
	}
}

// allowed is the number of errors that a step may see. A release that nobody said more about stops at the first one.
func allowed(errors string) int {
	switch errors {
	case "":
		return 0
	case "ignore":
		return -1
	}
	n, _ := strconv.Atoi(errors) // what is no number was told
	return n
}
