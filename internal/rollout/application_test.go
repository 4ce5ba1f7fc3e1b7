package rollout_test

import (
	"fmt"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/rollout"
)

func TestApplications(t *testing.T) {
	s := newService(t)
	made, err := s.CreateApplication(t.Context(), scope, "b", map[string]string{"team": "payments"})
	if err != nil || len(made.ID) != 36 {
		t.Fatalf("%+v, %v", made, err)
	}
	found, err := s.Application(t.Context(), scope, "b")
	if err != nil || found.ID != made.ID || !found.Created.Equal(made.Created) || found.Tags["team"] != "payments" {
		t.Errorf("%+v, %v", found, err)
	}
	if _, err := s.CreateApplication(t.Context(), scope, "a", nil); err != nil {
		t.Fatal(err)
	}
	all, err := s.Applications(t.Context(), scope)
	if err != nil || len(all) != 2 || all[0].Name != "a" || all[1].Name != "b" {
		t.Errorf("%+v, %v", all, err)
	}
	_, err = s.CreateApplication(t.Context(), scope, "a", nil)
	wantFault(t, err, fault.Conflict, "application")
	_, err = s.Application(t.Context(), scope, "c")
	wantFault(t, err, fault.NotFound, "application")
	for range 2 { // the second finds none, which is no error
		if err := s.DeleteApplication(t.Context(), scope, "a"); err != nil {
			t.Error(err)
		}
	}
	_, err = s.Application(t.Context(), scope, "a")
	wantFault(t, err, fault.NotFound, "application")
}

func TestNames(t *testing.T) {
	s := newService(t)
	for _, name := range []string{"a", strings.Repeat("a", 100), "A.b_c+d=e,f@g-1"} {
		if _, err := s.CreateApplication(t.Context(), scope, name, nil); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	for _, name := range []string{strings.Repeat("a", 101), "a b", "a/b", "ä", "a\n"} {
		_, err := s.CreateApplication(t.Context(), scope, name, nil)
		wantFault(t, err, fault.Invalid, "application")
	}
	_, err := s.CreateApplication(t.Context(), scope, "", nil)
	wantFault(t, err, fault.Invalid, "application required")
}

func TestTags(t *testing.T) {
	s := newService(t)
	mustGroup(t, s, "g", "")
	tag := func(tags map[string]string) { tags["a"], tags["b"] = "1", "2" }
	untag := func(tags map[string]string) { delete(tags, "a") }
	many := func(tags map[string]string) {
		for i := range 51 {
			tags[fmt.Sprint(i)] = ""
		}
	}
	for _, change := range []func(map[string]string){tag, untag} {
		if err := s.TagApplication(t.Context(), scope, "app", change); err != nil {
			t.Fatal(err)
		}
		if err := s.TagGroup(t.Context(), scope, "app", "g", change); err != nil {
			t.Fatal(err)
		}
	}
	a, err := s.Application(t.Context(), scope, "app")
	if err != nil || len(a.Tags) != 1 || a.Tags["b"] != "2" {
		t.Errorf("%v, %v", a.Tags, err)
	}
	g, err := s.Group(t.Context(), scope, "app", "g")
	if err != nil || len(g.Tags) != 1 || g.Tags["b"] != "2" {
		t.Errorf("%v, %v", g.Tags, err)
	}
	wantFault(t, s.TagApplication(t.Context(), scope, "app", many), fault.Limit, "tags")
	wantFault(t, s.TagGroup(t.Context(), scope, "app", "g", func(tags map[string]string) { tags[""] = "" }), fault.Invalid, "tags")
	wantFault(t, s.TagApplication(t.Context(), scope, "none", tag), fault.NotFound, "application")
	wantFault(t, s.TagGroup(t.Context(), scope, "app", "none", tag), fault.NotFound, "group")
}

// An application's groups and deployments go with it to its new name.
func TestRenameApplication(t *testing.T) {
	s := newService(t)
	mustGroup(t, s, "g", "")
	d, err := s.CreateDeployment(t.Context(), request("g"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.CreateApplication(t.Context(), scope, "taken", nil); err != nil {
		t.Fatal(err)
	}
	wantFault(t, s.RenameApplication(t.Context(), scope, "app", "taken"), fault.Conflict, "application")
	wantFault(t, s.RenameApplication(t.Context(), scope, "none", "next"), fault.NotFound, "application")
	wantFault(t, s.RenameApplication(t.Context(), scope, "app", "a b"), fault.Invalid, "application")
	for _, next := range []string{"app", "next"} {
		if err := s.RenameApplication(t.Context(), scope, "app", next); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Group(t.Context(), scope, "next", "g"); err != nil {
		t.Error(err)
	}
	found, _, err := s.Deployments(t.Context(), rollout.Query{Scope: scope, Application: "next", Group: "g"})
	if err != nil || len(found) != 1 || found[0].ID != d.ID || found[0].Application != "next" {
		t.Errorf("%+v, %v", found, err)
	}
	_, err = s.Application(t.Context(), scope, "app")
	wantFault(t, err, fault.NotFound, "application")
}
