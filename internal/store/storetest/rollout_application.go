package storetest

import (
	"testing"

	"sluice/internal/function"
	"sluice/internal/rollout"
)

var applicationTests = map[string]func(*testing.T, *rolloutPlace){
	"every field is kept, on disk": func(t *testing.T, p *rolloutPlace) {
		p.put(t, NewApplication("full"))
		p.reopen(t)
		wantSame(t, "the application", getApplication(t, p, scope, "full"), NewApplication("full"))
	},
	"a put replaces": func(t *testing.T, p *rolloutPlace) {
		a := NewApplication("again")
		p.put(t, a)
		a.Tags = map[string]string{"team": "bonus"}
		p.put(t, a)
		wantSame(t, "the application", getApplication(t, p, scope, "again"), a)
		wantSame(t, "the list", getApplications(t, p, scope), []*rollout.Application{a})
	},
	"absent and empty tags stay apart": func(t *testing.T, p *rolloutPlace) {
		absent, empty := NewApplication("absent"), NewApplication("empty")
		absent.Tags, empty.Tags = nil, map[string]string{}
		p.put(t, absent, empty)
		wantSame(t, "the list", getApplications(t, p, scope), []*rollout.Application{absent, empty})
	},
	"a missing one is not found":     missesApplication,
	"accounts and regions are apart": isolatesApplications,
	"a list is in the names' order":  listsApplications,
	"odd names are only names":       namesApplicationsOddly,
	"records are the caller's own": func(t *testing.T, p *rolloutPlace) {
		a := NewApplication("copied")
		p.put(t, a)
		a.Tags["team"] = "changed"
		getApplication(t, p, scope, "copied").Tags["team"] = "changed"
		wantSame(t, "the application", getApplication(t, p, scope, "copied"), NewApplication("copied"))
	},
}

func missesApplication(t *testing.T, p *rolloutPlace) {
	p.put(t, NewApplication("there"))
	wantNone(t, p, "application", func(tx rollout.Tx) error { return tx.DeleteApplication(scope, "none") })
	wantNone(t, p, "application", func(tx rollout.Tx) error {
		_, err := tx.Application(scope, "none")
		return err
	})
	p.write(t, func(tx rollout.Tx) error { return tx.DeleteApplication(scope, "there") })
	wantNone(t, p, "application", func(tx rollout.Tx) error {
		_, err := tx.Application(scope, "there")
		return err
	})
	if left := getApplications(t, p, scope); len(left) > 0 {
		t.Errorf("%d applications are left, want none", len(left))
	}
}

// isolatesApplications makes one of the same name in each scope, and deletes every other one.
func isolatesApplications(t *testing.T, p *rolloutPlace) {
	own := func(s function.Scope) *rollout.Application {
		a := NewApplication("same")
		a.Scope, a.ID = s, s.Account+s.Region
		return a
	}
	for _, s := range scopes {
		p.put(t, own(s))
	}
	for i, s := range scopes {
		if i%2 == 1 {
			p.write(t, func(tx rollout.Tx) error { return tx.DeleteApplication(s, "same") })
		}
	}
	for i, s := range scopes {
		want := []*rollout.Application{own(s)}
		if i%2 == 1 {
			want = nil
		}
		wantList(t, s.Account+" "+s.Region, getApplications(t, p, s), want)
	}
}

func listsApplications(t *testing.T, p *rolloutPlace) {
	names := []string{"b", "a", "B", "a.1", "a-1", "10", "9", "_"}
	for _, name := range names {
		p.put(t, NewApplication(name))
	}
	var listed []string
	for _, a := range getApplications(t, p, scope) {
		listed = append(listed, a.Name)
	}
	wantSame(t, "the list", listed, sortedNames(names))
}

func namesApplicationsOddly(t *testing.T, p *rolloutPlace) {
	for _, odd := range oddStrings {
		p.put(t, NewApplication(odd))
	}
	for _, odd := range oddStrings {
		wantSame(t, odd, getApplication(t, p, scope, odd), NewApplication(odd))
	}
	if n := len(getApplications(t, p, scope)); n != len(oddStrings) {
		t.Errorf("%d applications, want %d", n, len(oddStrings))
	}
}

func getApplication(t *testing.T, p *rolloutPlace, s function.Scope, name string) *rollout.Application {
	t.Helper()
	return getRollout(t, p, func(r rollout.Reader) (*rollout.Application, error) { return r.Application(s, name) })
}

func getApplications(t *testing.T, p *rolloutPlace, s function.Scope) []*rollout.Application {
	t.Helper()
	return getRollout(t, p, func(r rollout.Reader) ([]*rollout.Application, error) { return r.Applications(s) })
}
