package storetest

import (
	"errors"
	"testing"

	"sluice/internal/rollout"
)

var rolloutTransactionTests = map[string]func(*testing.T, *rolloutPlace){
	"a failed write changes nothing": func(t *testing.T, p *rolloutPlace) {
		p.put(t, NewApplication("app"), NewDeployment("d-1"))
		err := p.WriteRollouts(t.Context(), func(tx rollout.Tx) error {
			return errors.Join(putRollouts(tx, NewApplication("b"), NewGroup("b", "g"), NewConfig("c"), NewDeployment("d-2")),
				tx.DeleteApplication(scope, "app"), tx.RenameDeployments(scope, "app", "group", "b", "g"), errOnPurpose)
		})
		if !errors.Is(err, errOnPurpose) {
			t.Errorf("error %v, want the closure's", err)
		}
		wantSame(t, "the applications", getApplications(t, p, scope), []*rollout.Application{NewApplication("app")})
		wantList(t, "the groups", getGroups(t, p, scope, "b"), nil)
		wantList(t, "the configurations", getConfigs(t, p, scope), nil)
		wantList(t, "the deployments", query(t, p, rollout.Query{Scope: scope, Application: "app", Group: "group"}), []string{"d-1"})
	},
	"a write sees what it wrote": func(t *testing.T, p *rolloutPlace) {
		p.write(t, func(tx rollout.Tx) error {
			err := putRollouts(tx, NewApplication("app"), NewGroup("app", "g"), NewConfig("c"), NewDeployment("d-1"))
			_, application := tx.Application(scope, "app")
			_, group := tx.Group(scope, "app", "g")
			_, config := tx.Config(scope, "c")
			found, query := tx.Deployments(rollout.Query{Scope: scope})
			if len(found) != 1 {
				t.Errorf("%d deployments, want one", len(found))
			}
			return errors.Join(err, application, group, config, query)
		})
	},
	"a read has one state": func(t *testing.T, p *rolloutPlace) {
		p.put(t, NewDeployment("d-1"))
		getRollout(t, p, func(r rollout.Reader) (any, error) {
			before, err := r.Deployments(rollout.Query{Scope: scope})
			p.put(t, NewDeployment("d-2"))
			after, again := r.Deployments(rollout.Query{Scope: scope})
			wantSame(t, "the list, read again", after, before)
			return nil, errors.Join(err, again)
		})
		wantList(t, "the list, later", query(t, p, rollout.Query{Scope: scope}), []string{"d-2", "d-1"})
	},
}
