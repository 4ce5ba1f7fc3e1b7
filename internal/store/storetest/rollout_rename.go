package storetest

import (
	"testing"

	"sluice/internal/rollout"
)

var renameTests = map[string]func(*testing.T, *rolloutPlace){
	"the group's deployments follow, and no others": renamesDeployments,
	"a rename to itself changes nothing": func(t *testing.T, p *rolloutPlace) {
		p.put(t, NewDeployment("d-1"))
		p.write(t, func(tx rollout.Tx) error { return tx.RenameDeployments(scope, "app", "group", "app", "group") })
		wantSame(t, "the deployment", getDeployment(t, p, scope, "d-1"), NewDeployment("d-1"))
	},
	"a group without deployments can be renamed": func(t *testing.T, p *rolloutPlace) {
		p.write(t, func(tx rollout.Tx) error { return tx.RenameDeployments(scope, "app", "group", "b", "h") })
	},
	"a deployment that is put with its new name keeps it": func(t *testing.T, p *rolloutPlace) {
		p.put(t, NewDeployment("d-1"))
		p.write(t, func(tx rollout.Tx) error {
			if err := tx.RenameDeployments(scope, "app", "group", "b", "h"); err != nil {
				return err
			}
			d, err := tx.Deployment(scope, "d-1")
			if err != nil {
				return err
			}
			d.Description = "put again"
			return tx.PutDeployment(d)
		})
		d := getDeployment(t, p, scope, "d-1")
		if d.Application != "b" || d.Group != "h" || d.Description != "put again" {
			t.Errorf("the deployment is %+v", d)
		}
	},
}

// renamesDeployments looks at one deployment of each group around the one that is renamed.
func renamesDeployments(t *testing.T, p *rolloutPlace) {
	names := map[string][2]string{"d-MOVED": {"app", "group"}, "d-GROUP": {"app", "other"}, "d-APP": {"other", "group"}, "d-THERE": {"app", "group"}}
	for id, name := range names {
		d := NewDeployment(id)
		d.Application, d.Group = name[0], name[1]
		if id == "d-THERE" {
			d.Scope = scopes[1]
		}
		p.put(t, d)
	}
	p.write(t, func(tx rollout.Tx) error { return tx.RenameDeployments(scope, "app", "group", "next", "name") })
	p.reopen(t)
	want := NewDeployment("d-MOVED")
	want.Application, want.Group = "next", "name"
	wantSame(t, "the deployment", getDeployment(t, p, scope, "d-MOVED"), want)
	open := getRollout(t, p, func(r rollout.Reader) ([]*rollout.Deployment, error) {
		return r.Deployments(rollout.Query{Scope: scope, Application: "next", Group: "name"})
	})
	wantSame(t, "the new name's", open, []*rollout.Deployment{want})
	wantList(t, "the old name's", query(t, p, rollout.Query{Scope: scope, Application: "app", Group: "group"}), nil)
	wantList(t, "the other group's", query(t, p, rollout.Query{Scope: scope, Application: "app", Group: "other"}), []string{"d-GROUP"})
	wantList(t, "the other application's", query(t, p, rollout.Query{Scope: scope, Application: "other", Group: "group"}), []string{"d-APP"})
	wantList(t, "those elsewhere", query(t, p, rollout.Query{Scope: scopes[1], Application: "app", Group: "group"}), []string{"d-THERE"})
}
