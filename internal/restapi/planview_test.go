package restapi_test

import (
	"fmt"
	"testing"

	"sluice/internal/restapi"
)

// What opens a stage changes at once with keys, plans and stages: the view that the next request finds has it.
func TestWhatOpensAStageFollowsItsKeysAndPlans(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	deploy(t, s, a.ID, restapi.Release{Stage: "dev"})
	deploy(t, s, a.ID, restapi.Release{Stage: "test"})
	key := func(name string) *restapi.APIKey {
		k, err := s.CreateKey(t.Context(), restapi.APIKey{Scope: scope, Name: name, Value: fmt.Sprintf("%020s", name), Enabled: true})
		must(t, err)
		return k
	}
	one, other := key("one"), key("other")
	p, err := s.CreatePlan(t.Context(), restapi.UsagePlan{Scope: scope, Name: "p", Stages: []restapi.PlanStage{{API: a.ID.API, Stage: "dev"}}})
	must(t, err)
	patch := func(op, path, value string) func() error {
		return func() error {
			return failed(s.UpdatePlan(t.Context(), scope, p.ID, []restapi.Patch{{Op: op, Path: path, Value: &value}}))
		}
	}
	enable := func(value string) func() error {
		return func() error {
			return failed(s.UpdateKey(t.Context(), scope, one.ID, []restapi.Patch{{Op: "replace", Path: "/enabled", Value: &value}}))
		}
	}
	for _, tt := range []struct {
		name   string
		change func() error
		dev    string // which of the two keys open dev
		test   string
	}{
		{"nothing yet", func() error { return nil }, "", ""},
		{"a key of the plan", func() error { return failed(s.AddKey(t.Context(), scope, p.ID, one.ID)) }, "one", ""},
		{"another key", func() error { return failed(s.AddKey(t.Context(), scope, p.ID, other.ID)) }, "one other", ""},
		{"another stage", patch("add", "/apiStages", a.ID.API+":test"), "one other", "one other"},
		{"a stage less", patch("remove", "/apiStages", a.ID.API+":dev"), "", "one other"},
		{"both again", patch("add", "/apiStages", a.ID.API+":dev"), "one other", "one other"},
		{"a key that is not enabled", enable("false"), "other", "other"},
		{"one that is again", enable("true"), "one other", "one other"},
		{"a key that is not the plan's", func() error { return s.RemoveKey(t.Context(), scope, p.ID, other.ID) }, "one", "one"},
		{"a key that is deleted", func() error { return s.DeleteKey(t.Context(), scope, one.ID) }, "", ""},
	} {
		must(t, tt.change())
		for stage, want := range map[string]string{"dev": tt.dev, "test": tt.test} {
			got := ""
			for _, k := range []*restapi.APIKey{one, other} {
				if opened := find(t, s, a.ID, stage).Key(k.Value); opened != nil {
					if opened.Key.ID != k.ID || opened.Plan.ID != p.ID {
						t.Errorf("%s: %s is opened by %+v", tt.name, stage, opened)
					}
					got += " " + k.Name
				}
			}
			if got != "" {
				got = got[1:]
			}
			if got != want {
				t.Errorf("%s: %s is opened by %q, want %q", tt.name, stage, got, want)
			}
		}
	}
}

// A key of several plans goes by the first of them, in the order of their IDs.
func TestAKeyOfSeveralPlans(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	deploy(t, s, a.ID, restapi.Release{Stage: "dev"})
	k, err := s.CreateKey(t.Context(), restapi.APIKey{Scope: scope, Name: "k", Enabled: true})
	must(t, err)
	first := ""
	for range 4 {
		p, err := s.CreatePlan(t.Context(), restapi.UsagePlan{Scope: scope, Name: "p", Stages: []restapi.PlanStage{{API: a.ID.API, Stage: "dev"}}})
		must(t, err)
		must(t, failed(s.AddKey(t.Context(), scope, p.ID, k.ID)))
		if first == "" || p.ID < first {
			first = p.ID
		}
	}
	if opened := find(t, s, a.ID, "dev").Key(k.Value); opened == nil || opened.Plan.ID != first {
		t.Errorf("opened by %+v, want the plan %s", opened, first)
	}
}
