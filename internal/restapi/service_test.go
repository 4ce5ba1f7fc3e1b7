package restapi_test

import (
	"errors"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/restapi"
)

func TestAStageShowsADeploymentUntilTheNext(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	first := deploy(t, s, a.ID, restapi.Release{Stage: "dev", Variables: map[string]string{"a": "1", "b": "2"}})
	v := find(t, s, a.ID, "dev")
	if v == nil || v.Deployment.ID != first.ID || v.Name != "a" || v.Stage.Variables["b"] != "2" {
		t.Fatalf("found %+v", v)
	}
	_, err := restapi.Edit(t.Context(), s, a.ID, func(d *restapi.Definition) (*restapi.Integration, error) { return mock(d, d.Root, "PUT") })
	must(t, err)
	if now := find(t, s, a.ID, "dev"); len(now.Deployment.Resources[now.Deployment.Root].Methods) != 1 {
		t.Error("the stage shows what was not deployed")
	}
	second := deploy(t, s, a.ID, restapi.Release{Stage: "dev", Variables: map[string]string{"a": "3"}})
	now := find(t, s, a.ID, "dev")
	if now.Deployment.ID != second.ID || now.Stage.Variables["a"] != "3" || now.Stage.Variables["b"] != "2" || len(now.Deployment.Resources[now.Deployment.Root].Methods) != 2 {
		t.Errorf("found %+v", now.Stage)
	}
	must(t, s.DeleteStage(t.Context(), a.ID, "dev"))
	if find(t, s, a.ID, "dev") != nil {
		t.Error("a deleted stage is found")
	}
	must(t, s.Delete(t.Context(), a.ID))
	if _, known, _ := s.Find(t.Context(), a.ID.API, "dev"); known {
		t.Error("a deleted API is known")
	}
}

func TestStagesAreFoundAfterARestart(t *testing.T) {
	s, r := newService(t)
	a := newAPI(t, s)
	deploy(t, s, a.ID, restapi.Release{Stage: "dev"})
	again := restapi.NewService(r)
	must(t, again.Start(t.Context()))
	if find(t, again, a.ID, "dev") == nil {
		t.Error("the stage is not found")
	}
}

// A view that could not be read after a change is read at the next request.
func TestAStageThatCouldNotBeReadIsReadAgain(t *testing.T) {
	s, r := newService(t)
	a := newAPI(t, s)
	r.broken = errors.New("disk")
	deploy(t, s, a.ID, restapi.Release{Stage: "dev"})
	if _, _, err := s.Find(t.Context(), a.ID.API, "dev"); !errors.Is(err, r.broken) {
		t.Errorf("found with %v", err)
	}
	if _, _, err := s.Find(t.Context(), "other", "dev"); err != nil {
		t.Errorf("another API: %v", err)
	}
	r.broken = nil
	if find(t, s, a.ID, "dev") == nil {
		t.Error("the stage is not found")
	}
}

func TestACanaryHasADeploymentOfItsOwn(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	first := deploy(t, s, a.ID, restapi.Release{Stage: "dev"})
	second := deploy(t, s, a.ID, restapi.Release{Stage: "dev", Canary: &restapi.Canary{Percent: 20}})
	v := find(t, s, a.ID, "dev")
	if v.Deployment.ID != first.ID || v.Canary == nil || v.Canary.ID != second.ID || v.Stage.Canary.Percent != 20 {
		t.Errorf("found %+v", v.Stage)
	}
	_, err := s.UpdateStage(t.Context(), a.ID, "dev", []restapi.Patch{
		{Op: "copy", From: "/canarySettings/deploymentId", Path: "/deploymentId"}, {Op: "remove", Path: "/canarySettings"},
	})
	must(t, err)
	if v = find(t, s, a.ID, "dev"); v.Deployment.ID != second.ID || v.Canary != nil {
		t.Errorf("after the promotion %+v", v.Stage)
	}
	_, err = s.Deploy(t.Context(), a.ID, restapi.Release{Stage: "none", Canary: &restapi.Canary{}})
	wantFault(t, err, fault.Invalid, "Invalid deployment content specified.Stage none must already be created before making a canary release deployment")
}

func TestAFailedChangeChangesNothing(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	_, err := s.Update(t.Context(), a.ID, []restapi.Patch{{Op: "replace", Path: "/name", Value: new("b")}, {Op: "replace", Path: "/nothing"}})
	wantFault(t, err, fault.Invalid, "Invalid patch path /nothing")
	now, err := s.Get(t.Context(), a.ID)
	must(t, err)
	if now.Name != "a" {
		t.Errorf("the name is %s", now.Name)
	}
}

func TestACloneHasTheDefinitionOfItsSource(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	b, err := s.Create(t.Context(), scope, restapi.Creation{Name: "b", CloneFrom: a.ID.API})
	must(t, err)
	if b.Resources[b.Root].Methods["GET"] == nil || b.ID == a.ID || b.Name != "b" {
		t.Errorf("cloned %+v", b)
	}
}

func TestPutKeepsOrMerges(t *testing.T) {
	s, _ := newService(t)
	imported := func() *restapi.Definition {
		d := restapi.NewDefinition()
		r, err := d.Ensure("/x/y")
		must(t, err)
		_, err = mock(&d, r.ID, "POST")
		must(t, err)
		return &d
	}
	for name, tt := range map[string]struct {
		overwrite bool
		kept      int // methods of the root
	}{"merge": {false, 1}, "overwrite": {true, 0}} {
		t.Run(name, func(t *testing.T) {
			a := newAPI(t, s)
			changed, err := s.Put(t.Context(), a.ID, imported(), tt.overwrite, "new", "", "")
			must(t, err)
			y, err := changed.Ensure("/x/y")
			must(t, err)
			if changed.Root != a.Root || len(changed.Resources[a.Root].Methods) != tt.kept || y.Methods["POST"] == nil || len(changed.Resources) != 3 || changed.Name != "new" {
				t.Errorf("changed to %+v", changed)
			}
			if i := y.Methods["POST"].Integration; changed.Resources[y.ID] == nil || changed.Resources[y.Parent].Path != "/x" || i.CacheNamespace == "" {
				t.Errorf("the tree is %+v", changed.Resources)
			}
		})
	}
}
