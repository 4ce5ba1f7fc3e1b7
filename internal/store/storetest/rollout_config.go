package storetest

import (
	"testing"

	"sluice/internal/function"
	"sluice/internal/rollout"
)

var configTests = map[string]func(*testing.T, *rolloutPlace){
	"every field is kept, on disk": func(t *testing.T, p *rolloutPlace) {
		p.put(t, NewConfig("full"))
		p.reopen(t)
		found := getRollout(t, p, func(r rollout.Reader) (*rollout.Config, error) { return r.Config(scope, "full") })
		wantSame(t, "the configuration", found, NewConfig("full"))
	},
	"a put replaces": func(t *testing.T, p *rolloutPlace) {
		c := NewConfig("again")
		p.put(t, c)
		c.Strategy, c.Percent, c.Minutes = rollout.AllAtOnce, 0, 0
		p.put(t, c)
		wantSame(t, "the list", getConfigs(t, p, scope), []*rollout.Config{c})
	},
	"a missing one is not found": func(t *testing.T, p *rolloutPlace) {
		p.put(t, NewConfig("there"))
		p.write(t, func(tx rollout.Tx) error { return tx.DeleteConfig(scope, "there") })
		wantNone(t, p, "config", func(tx rollout.Tx) error { return tx.DeleteConfig(scope, "there") })
		wantNone(t, p, "config", func(tx rollout.Tx) error {
			_, err := tx.Config(scope, "there")
			return err
		})
	},
	"accounts and regions are apart": isolatesConfigs,
	"a list is in the names' order": func(t *testing.T, p *rolloutPlace) {
		names := []string{"b", "a", "B", "Every10Minutes", "Every1Minute", "Every2Minutes"}
		for _, name := range names {
			p.put(t, NewConfig(name))
		}
		var listed []string
		for _, c := range getConfigs(t, p, scope) {
			listed = append(listed, c.Name)
		}
		wantSame(t, "the list", listed, sortedNames(names))
	},
}

func isolatesConfigs(t *testing.T, p *rolloutPlace) {
	own := func(s function.Scope) *rollout.Config {
		c := NewConfig("same")
		c.Scope, c.ID = s, s.Account+s.Region
		return c
	}
	for _, s := range scopes {
		p.put(t, own(s))
	}
	p.write(t, func(tx rollout.Tx) error { return tx.DeleteConfig(scopes[0], "same") })
	for _, s := range scopes[1:] {
		wantList(t, s.Account+" "+s.Region, getConfigs(t, p, s), []*rollout.Config{own(s)})
	}
	wantList(t, "the first", getConfigs(t, p, scopes[0]), nil)
}

func getConfigs(t *testing.T, p *rolloutPlace, s function.Scope) []*rollout.Config {
	t.Helper()
	return getRollout(t, p, func(r rollout.Reader) ([]*rollout.Config, error) { return r.Configs(s) })
}
