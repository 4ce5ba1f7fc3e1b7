package rollout_test

import (
	"fmt"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/rollout"
)

func TestGroups(t *testing.T) {
	s := newService(t)
	mustGroup(t, s, "b", "")
	mustGroup(t, s, "a", "CodeDeployDefault.LambdaCanary10Percent5Minutes")
	g, err := s.Group(t.Context(), scope, "app", "b")
	if err != nil || g.Config != rollout.DefaultConfig || len(g.ID) != 36 || g.ServiceRole != role {
		t.Errorf("%+v, %v", g, err)
	}
	all, err := s.Groups(t.Context(), scope, "app")
	if err != nil || len(all) != 2 || all[0].Name != "a" || all[1].Name != "b" {
		t.Errorf("%+v, %v", all, err)
	}
	_, err = s.Groups(t.Context(), scope, "none")
	wantFault(t, err, fault.NotFound, "application")
	_, err = s.Group(t.Context(), scope, "none", "b")
	wantFault(t, err, fault.NotFound, "application")
	_, err = s.Group(t.Context(), scope, "app", "none")
	wantFault(t, err, fault.NotFound, "group")
}

func TestCreateGroupRefuses(t *testing.T) {
	s := newService(t)
	mustGroup(t, s, "taken", "")
	elevenNames := make([]string, 11)
	for i := range elevenNames {
		elevenNames[i] = fmt.Sprint(i)
	}
	tests := []struct {
		name   string
		change func(*rollout.Group)
		kind   fault.Kind
		noun   string
	}{
		{"a name that is taken", func(g *rollout.Group) { g.Name = "taken" }, fault.Conflict, "group"},
		{"no name", func(g *rollout.Group) { g.Name = "" }, fault.Invalid, "group required"},
		{"a bad name", func(g *rollout.Group) { g.Name = "a/b" }, fault.Invalid, "group"},
		{"no role", func(g *rollout.Group) { g.ServiceRole = "" }, fault.Invalid, "role required"},
		{"what is no role", func(g *rollout.Group) { g.ServiceRole = "deploy" }, fault.Invalid, "role"},
		{"no such application", func(g *rollout.Group) { g.Application = "none" }, fault.NotFound, "application"},
		{"no such configuration", func(g *rollout.Group) { g.Config = "none" }, fault.NotFound, "config"},
		{"a rollback on nothing", func(g *rollout.Group) { g.Rollback.Enabled = true }, fault.Invalid, "rollback"},
		{"alarms without one", func(g *rollout.Group) { g.Alarms.Enabled = true }, fault.Invalid, "alarms"},
		{"an alarm twice", func(g *rollout.Group) { g.Alarms.Names = []string{"a", "a"} }, fault.Invalid, "alarms"},
		{"an alarm without name", func(g *rollout.Group) { g.Alarms.Names = []string{""} }, fault.Invalid, "alarms"},
		{"eleven alarms", func(g *rollout.Group) { g.Alarms.Names = elevenNames }, fault.Limit, "alarms"},
		{"eleven triggers", func(g *rollout.Group) { g.Triggers = make([]rollout.Trigger, 11) }, fault.Limit, "triggers"},
		{"a tag without key", func(g *rollout.Group) { g.Tags = map[string]string{"": "x"} }, fault.Invalid, "tags"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := rollout.Group{Scope: scope, Application: "app", Name: "g", ServiceRole: role}
			tt.change(&g)
			_, err := s.CreateGroup(t.Context(), g)
			wantFault(t, err, tt.kind, tt.noun)
		})
	}
}

func TestUpdateGroup(t *testing.T) {
	s := newService(t)
	mustGroup(t, s, "g", "")
	mustGroup(t, s, "taken", "")
	d, err := s.CreateDeployment(t.Context(), request("g"))
	if err != nil {
		t.Fatal(err)
	}
	update := func(name string, change func(*rollout.Group)) error {
		return s.UpdateGroup(t.Context(), scope, "app", name, change)
	}
	canary := "CodeDeployDefault.LambdaCanary10Percent5Minutes"
	if err := update("g", func(g *rollout.Group) { g.Config = canary }); err != nil {
		t.Fatal(err)
	}
	wantFault(t, update("g", func(g *rollout.Group) { g.Config = "none" }), fault.NotFound, "config")
	wantFault(t, update("g", func(g *rollout.Group) { g.Name = "taken" }), fault.Conflict, "group")
	wantFault(t, update("g", func(g *rollout.Group) { g.Alarms.Enabled = true }), fault.Invalid, "alarms")
	wantFault(t, update("none", func(*rollout.Group) {}), fault.NotFound, "group")
	if err := update("g", func(g *rollout.Group) { g.Name = "next" }); err != nil {
		t.Fatal(err)
	}
	g, err := s.Group(t.Context(), scope, "app", "next")
	if err != nil || g.Config != canary {
		t.Errorf("%+v, %v", g, err)
	}
	if d, err = s.Deployment(t.Context(), scope, d.ID); err != nil || d.Group != "next" {
		t.Errorf("the deployment is in the group %q, %v", d.Group, err)
	}
	_, err = s.Group(t.Context(), scope, "app", "g")
	wantFault(t, err, fault.NotFound, "group")
}

// What is being moved keeps its group and its application until it has ended.
func TestAGroupWithAnOpenDeploymentStays(t *testing.T) {
	s := newService(t)
	mustGroup(t, s, "g", "CodeDeployDefault.LambdaCanary10Percent30Minutes")
	d, err := s.CreateDeployment(t.Context(), request("g"))
	if err != nil {
		t.Fatal(err)
	}
	wantFault(t, s.DeleteGroup(t.Context(), scope, "app", "g"), fault.Conflict, "deployment")
	wantFault(t, s.DeleteApplication(t.Context(), scope, "app"), fault.Conflict, "deployment")
	if _, err := s.Stop(t.Context(), scope, d.ID, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.DeleteApplication(t.Context(), scope, "app"); err != nil {
		t.Error(err)
	}
	if _, err := s.Deployment(t.Context(), scope, d.ID); err != nil {
		t.Errorf("the record of the deployment is gone: %v", err)
	}
}
