package storetest

import (
	"slices"
	"testing"

	"sluice/internal/function"
	"sluice/internal/rollout"
)

var groupTests = map[string]func(*testing.T, *rolloutPlace){
	"every field is kept, on disk": func(t *testing.T, p *rolloutPlace) {
		p.put(t, NewGroup("app", "full"))
		p.reopen(t)
		wantSame(t, "the group", getGroup(t, p, scope, "app", "full"), NewGroup("app", "full"))
	},
	"a put replaces": func(t *testing.T, p *rolloutPlace) {
		g := NewGroup("app", "again")
		p.put(t, g)
		g.Config, g.Triggers = "other", nil
		p.put(t, g)
		wantSame(t, "the list", getGroups(t, p, scope, "app"), []*rollout.Group{g})
	},
	"what was never configured stays apart from what is empty": keepsGroupsAbsence,
	"a missing one is not found":                               missesGroup,
	"applications are apart":                                   isolatesGroupsOfApplications,
	"accounts and regions are apart":                           isolatesGroups,
	"a list is in the names' order": func(t *testing.T, p *rolloutPlace) {
		names := []string{"b", "a", "B", "a.1", "a-1", "10", "9"}
		for _, name := range names {
			p.put(t, NewGroup("app", name))
		}
		var listed []string
		for _, g := range getGroups(t, p, scope, "app") {
			listed = append(listed, g.Name)
		}
		wantSame(t, "the list", listed, sortedNames(names))
	},
	"it needs no application": func(t *testing.T, p *rolloutPlace) {
		p.put(t, NewApplication("app"), NewGroup("app", "g"))
		p.write(t, func(tx rollout.Tx) error { return tx.DeleteApplication(scope, "app") })
		wantSame(t, "the group", getGroup(t, p, scope, "app", "g"), NewGroup("app", "g"))
	},
}

// keepsGroupsAbsence tells nil events, alarms, triggers and tags from empty ones: callers show nothing for the former.
func keepsGroupsAbsence(t *testing.T, p *rolloutPlace) {
	absent, empty := NewGroup("app", "absent"), NewGroup("app", "empty")
	absent.Rollback, absent.Alarms = rollout.Rollback{}, rollout.Alarms{}
	absent.Triggers, absent.Tags = nil, nil
	empty.Rollback, empty.Alarms = rollout.Rollback{Events: []rollout.RollbackEvent{}}, rollout.Alarms{Names: []string{}}
	empty.Triggers, empty.Tags = []rollout.Trigger{}, map[string]string{}
	p.put(t, absent, empty)
	p.reopen(t)
	wantSame(t, "the list", getGroups(t, p, scope, "app"), []*rollout.Group{absent, empty})
}

func missesGroup(t *testing.T, p *rolloutPlace) {
	p.put(t, NewGroup("app", "there"))
	for _, key := range [][2]string{{"app", "none"}, {"none", "there"}} {
		wantNone(t, p, "group", func(tx rollout.Tx) error { return tx.DeleteGroup(scope, key[0], key[1]) })
		wantNone(t, p, "group", func(tx rollout.Tx) error {
			_, err := tx.Group(scope, key[0], key[1])
			return err
		})
	}
	p.write(t, func(tx rollout.Tx) error { return tx.DeleteGroup(scope, "app", "there") })
	wantNone(t, p, "group", func(tx rollout.Tx) error {
		_, err := tx.Group(scope, "app", "there")
		return err
	})
}

func isolatesGroupsOfApplications(t *testing.T, p *rolloutPlace) {
	keys := [][2]string{{"a", "b"}, {"b", "a"}, {"a", "a"}, {"a/b", "c"}, {"a", "b/c"}}
	for _, key := range keys {
		p.put(t, NewGroup(key[0], key[1]))
	}
	for i, key := range keys {
		wantSame(t, key[0]+" "+key[1], getGroup(t, p, scope, key[0], key[1]), NewGroup(key[0], key[1]))
		p.write(t, func(tx rollout.Tx) error { return tx.DeleteGroup(scope, key[0], key[1]) })
		for _, other := range keys[i+1:] {
			getGroup(t, p, scope, other[0], other[1])
		}
	}
}

func isolatesGroups(t *testing.T, p *rolloutPlace) {
	own := func(s function.Scope) *rollout.Group {
		g := NewGroup("app", "same")
		g.Scope, g.ID = s, s.Account+s.Region
		return g
	}
	for _, s := range scopes {
		p.put(t, own(s))
	}
	p.write(t, func(tx rollout.Tx) error { return tx.DeleteGroup(scopes[0], "app", "same") })
	for _, s := range scopes[1:] {
		wantList(t, s.Account+" "+s.Region, getGroups(t, p, s, "app"), []*rollout.Group{own(s)})
	}
	wantList(t, "the first", getGroups(t, p, scopes[0], "app"), nil)
}

func getGroup(t *testing.T, p *rolloutPlace, s function.Scope, app, name string) *rollout.Group {
	t.Helper()
	return getRollout(t, p, func(r rollout.Reader) (*rollout.Group, error) { return r.Group(s, app, name) })
}

func getGroups(t *testing.T, p *rolloutPlace, s function.Scope, app string) []*rollout.Group {
	t.Helper()
	return getRollout(t, p, func(r rollout.Reader) ([]*rollout.Group, error) { return r.Groups(s, app) })
}

// wantList compares lists, of which an empty one may be nil.
func wantList[T any](t *testing.T, what string, got, want []T) {
	t.Helper()
	if len(got) > 0 || len(want) > 0 {
		wantSame(t, what, got, want)
	}
}

func sortedNames(names []string) []string {
	sorted := slices.Clone(names)
	slices.Sort(sorted)
	return sorted
}
