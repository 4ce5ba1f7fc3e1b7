package config

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"sluice/internal/deployer"
)

// defaultEvery is how long each of the increments lasts if the file does not say: a period of the metrics that checks look at.
const defaultEvery = time.Minute

// strategy reads how the alias moves. What can't be followed is told where it stands.
func (l *layers) strategy() deployer.Strategy {
	v := l.last("strategy")
	if v == nil || v.kind == null {
		return deployer.Strategy{Kind: deployer.AllAtOnce}
	}
	var s deployer.Strategy
	if v.kind == scalar {
		s = l.named(v)
	} else {
		s = l.spelled(v)
	}
	if err := s.Check(); err != nil {
		l.at(v, "%v", err)
	}
	return s
}

// named is a strategy of one word: all-at-once, or CodeDeploy's name.
func (l *layers) named(v *value) deployer.Strategy {
	name := l.resolve(l.found, v)
	if name == string(deployer.AllAtOnce) {
		return deployer.Strategy{Kind: deployer.AllAtOnce}
	}
	s, ok := deployer.PredefinedStrategy(name)
	if !ok {
		l.at(v, "there is no strategy %q: write %s", name, strategyShape.like)
		return deployer.Strategy{}
	}
	return s
}

// spelled is a strategy of several keys. Exactly one of them says the kind.
func (l *layers) spelled(v *value) deployer.Strategy {
	var kinds []string
	for _, e := range v.keys {
		if slices.Contains([]string{"canary", "linear", "increments", "steps"}, e.name) {
			kinds = append(kinds, e.name)
		}
	}
	if len(kinds) != 1 {
		l.at(v, "strategy names %s: write one of canary, linear, increments and steps", orElse(strings.Join(kinds, " and "), "no kind"))
		return deployer.Strategy{}
	}
	of := &layers{names: l.names, found: l.found, maps: []*value{v}}
	keys := strategyShape.oneOf[1].keys
	switch kinds[0] {
	case "canary":
		return of.inside("canary").share(deployer.Canary, shapeOf(keys, "canary").keys, "for")
	case "linear":
		return of.inside("linear").share(deployer.Linear, shapeOf(keys, "linear").keys, "every")
	case "increments":
		return of.increments(keys)
	}
	interval := seconds(of.text("interval", shapeOf(keys, "interval")))
	if interval == 0 {
		interval = defaultEvery
	}
	steps := of.whole("steps", shapeOf(keys, "steps"))
	if steps < 1 || steps > 100 {
		l.at(v.get("steps"), "steps is %d: write a number from 1 to 100", steps)
		return deployer.Strategy{}
	}
	return deployer.EvenSteps(steps, interval)
}

// share is a canary or a linear strategy.
func (l *layers) share(kind deployer.StrategyKind, keys []key, interval string) deployer.Strategy {
	s := deployer.Strategy{Kind: kind}
	s.Percent, _ = strconv.ParseFloat(l.text("percent", shapeOf(keys, "percent")), 64) // what is no number was told
	s.Interval = seconds(l.text(interval, shapeOf(keys, interval)))
	if minutes := l.whole("minutes", shapeOf(keys, "minutes")); minutes > 0 {
		s.Interval = time.Duration(minutes) * time.Minute
	}
	if s.Interval == 0 && len(l.maps) > 0 {
		l.at(l.maps[0], "%s has no time: write `%s: 5m` or `minutes: 5`", kind, interval)
	}
	return s
}

func (l *layers) increments(keys []key) deployer.Strategy {
	s := deployer.Strategy{Kind: deployer.Increments, Interval: seconds(l.text("every", shapeOf(keys, "every")))}
	if s.Interval == 0 {
		s.Interval = defaultEvery
	}
	for _, text := range l.list("increments", shapeOf(keys, "increments")) {
		p, _ := strconv.ParseFloat(text, 64) // what is no number was told
		s.Percents = append(s.Percents, p)
	}
	return s
}
