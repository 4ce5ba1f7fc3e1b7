package storetest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"sluice/internal/function"
	"sluice/internal/rollout"
)

var deploymentTests = map[string]func(*testing.T, *rolloutPlace){
	"every field is kept, on disk": func(t *testing.T, p *rolloutPlace) {
		p.put(t, NewDeployment("d-FULL00000"))
		p.reopen(t)
		wantSame(t, "the deployment", getDeployment(t, p, scope, "d-FULL00000"), NewDeployment("d-FULL00000"))
	},
	"one that has only been created is kept": func(t *testing.T, p *rolloutPlace) {
		d := &rollout.Deployment{Scope: scope, ID: "d-NEW000000", Application: "app", Group: "group", Created: when}
		p.put(t, d)
		wantSame(t, "the deployment", getDeployment(t, p, scope, d.ID), d)
	},
	"a put replaces, what queries see too": replacesDeployment,
	"what was never configured stays apart from what is empty": func(t *testing.T, p *rolloutPlace) {
		absent, empty := NewDeployment("d-1"), NewDeployment("d-2")
		absent.Rollback, absent.Alarms, absent.State.Plan = rollout.Rollback{}, rollout.Alarms{}, nil
		empty.Rollback, empty.Alarms = rollout.Rollback{Events: []rollout.RollbackEvent{}}, rollout.Alarms{Names: []string{}}
		empty.State.Plan = []rollout.Shift{}
		p.put(t, absent, empty)
		wantSame(t, "the one without", getDeployment(t, p, scope, "d-1"), absent)
		wantSame(t, "the one with empty lists", getDeployment(t, p, scope, "d-2"), empty)
	},
	"a missing one is not found": func(t *testing.T, p *rolloutPlace) {
		p.put(t, NewDeployment("d-1"))
		for _, s := range []function.Scope{scope, scopes[1]} {
			wantNone(t, p, "deployment", func(tx rollout.Tx) error {
				_, err := tx.Deployment(s, "d-2")
				return err
			})
		}
	},
	"accounts and regions are apart":           isolatesDeployments,
	"open ones are found in all accounts":      findsOpenDeployments,
	"they outlive their application and group": keepsDeploymentsAlone,
	"odd contents are only text":               keepsOddContents,
	"times are instants, in any zone":          keepsDeploymentInstants,
}

func replacesDeployment(t *testing.T, p *rolloutPlace) {
	d := NewDeployment("d-1")
	d.Released, d.State.Status = false, rollout.InProgress
	p.put(t, d)
	d.Released, d.State.Status = true, rollout.Succeeded
	d.Application, d.Group, d.Spec.Function, d.Spec.Alias, d.Created = "b", "c", "f", "a", when.Add(time.Hour)
	p.put(t, d)
	for name, q := range map[string]rollout.Query{
		"status": {Statuses: []rollout.Status{rollout.Succeeded}}, "group": {Application: "b", Group: "c"},
		"alias": {Function: "f", Alias: "a"}, "time": {From: when.Add(time.Hour)},
	} {
		q.Scope = scope
		wantList(t, name, query(t, p, q), []string{"d-1"})
	}
	for name, q := range map[string]rollout.Query{
		"status": {Statuses: []rollout.Status{rollout.InProgress}}, "group": {Application: "app", Group: "group"},
		"alias": {Function: "calculator", Alias: "LIVE"}, "time": {To: when}, "open": {Open: true},
	} {
		q.Scope = scope
		wantList(t, "the old "+name, query(t, p, q), nil)
	}
}

// isolatesDeployments makes one of the same ID in each scope.
func isolatesDeployments(t *testing.T, p *rolloutPlace) {
	own := func(s function.Scope) *rollout.Deployment {
		d := NewDeployment("d-SAME00000")
		d.Scope, d.Description = s, s.Account+s.Region
		return d
	}
	for _, s := range scopes {
		p.put(t, own(s))
	}
	for _, s := range scopes {
		wantSame(t, s.Account+" "+s.Region, getDeployment(t, p, s, "d-SAME00000"), own(s))
		found := getRollout(t, p, func(r rollout.Reader) ([]*rollout.Deployment, error) {
			return r.Deployments(rollout.Query{Scope: s})
		})
		wantSame(t, "the list of "+s.Account+" "+s.Region, found, []*rollout.Deployment{own(s)})
	}
}

// findsOpenDeployments has one of each kind in each scope: open are those that hold their alias, even if they have ended.
func findsOpenDeployments(t *testing.T, p *rolloutPlace) {
	var want []string
	for i, s := range scopes {
		for j, status := range []rollout.Status{"", rollout.InProgress, rollout.Succeeded, rollout.Failed} {
			for _, released := range []bool{false, true} {
				d := NewDeployment(string(rune('a'+i)) + string(rune('a'+j)))
				d.Scope, d.State.Status, d.Released = s, status, released
				if released {
					d.ID += "-released"
				} else {
					want = append(want, s.Account+s.Region+d.ID)
				}
				p.put(t, d)
			}
		}
	}
	p.reopen(t)
	var got []string
	for _, d := range getRollout(t, p, func(r rollout.Reader) ([]*rollout.Deployment, error) { return r.OpenDeployments() }) {
		got = append(got, d.Scope.Account+d.Scope.Region+d.ID)
	}
	slices.Sort(got)
	wantSame(t, "the open ones", got, sortedNames(want))
}

func keepsDeploymentsAlone(t *testing.T, p *rolloutPlace) {
	p.put(t, NewApplication("app"), NewGroup("app", "group"), NewDeployment("d-1"))
	p.write(t, func(tx rollout.Tx) error {
		return errors.Join(tx.DeleteGroup(scope, "app", "group"), tx.DeleteApplication(scope, "app"))
	})
	wantSame(t, "the deployment", getDeployment(t, p, scope, "d-1"), NewDeployment("d-1"))
}

func keepsOddContents(t *testing.T, p *rolloutPlace) {
	for i, odd := range oddStrings {
		d := NewDeployment(string(rune('A' + i)))
		d.Application, d.Group, d.Spec.Function, d.Spec.Alias = odd, odd, odd, odd
		d.Revision.Content, d.Description = odd, odd
		p.put(t, d)
		wantSame(t, odd, getDeployment(t, p, scope, d.ID), d)
		wantList(t, odd, query(t, p, rollout.Query{Scope: scope, Application: odd, Group: odd, Function: odd, Alias: odd}), []string{d.ID})
	}
}

func keepsDeploymentInstants(t *testing.T, p *rolloutPlace) {
	east := time.FixedZone("east", 9*3600)
	d := NewDeployment("d-1")
	d.Created, d.State.Due = d.Created.In(east), d.State.Due.In(east)
	p.put(t, d)
	found := getDeployment(t, p, scope, "d-1")
	if !found.Created.Equal(when) || !found.State.Due.Equal(when.Add(2*time.Hour)) {
		t.Errorf("created %v, due %v", found.Created, found.State.Due)
	}
	wantList(t, "those of the moment", query(t, p, rollout.Query{Scope: scope, From: when, To: when.In(east)}), []string{"d-1"})
}

func getDeployment(t *testing.T, p *rolloutPlace, s function.Scope, id string) *rollout.Deployment {
	t.Helper()
	return getRollout(t, p, func(r rollout.Reader) (*rollout.Deployment, error) { return r.Deployment(s, id) })
}

// query returns the IDs that a query lists.
func query(t testing.TB, p *rolloutPlace, q rollout.Query) (ids []string) {
	t.Helper()
	for _, d := range getRollout(t, p, func(r rollout.Reader) ([]*rollout.Deployment, error) { return r.Deployments(q) }) {
		ids = append(ids, d.ID)
	}
	return ids
}
