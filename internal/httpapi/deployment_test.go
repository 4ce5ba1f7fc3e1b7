package httpapi_test

import (
	"testing"

	"sluice/internal/fault"
	"sluice/internal/httpapi"
)

func TestDeployments(t *testing.T) {
	s, _ := newService(t)
	id := newAPI(t, s)
	first, err := s.Deploy(t.Context(), id, "", "first")
	if err != nil {
		t.Fatal(err)
	}
	addRoute(t, s, id, "GET /x")
	second, err := s.Deploy(t.Context(), id, "", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Run("one is as it was made", func(t *testing.T) {
		found, err := s.Deployment(t.Context(), id, first.ID)
		if err != nil || text(t, found) != text(t, first) || len(found.Routes) != 1 || found.Auto {
			t.Errorf("%+v, %v", found, err)
		}
	})
	t.Run("all, the newest first", func(t *testing.T) {
		all, err := s.Deployments(t.Context(), id)
		if err != nil || len(all) != 2 || all[0].ID != second.ID || all[1].ID != first.ID {
			t.Errorf("%+v, %v", all, err)
		}
	})
	t.Run("another description", func(t *testing.T) {
		changed, err := s.DescribeDeployment(t.Context(), id, first.ID, new("other"))
		if err != nil || changed.Description != "other" || len(changed.Routes) != 1 {
			t.Errorf("%+v, %v", changed, err)
		}
		if found, err := s.Deployment(t.Context(), id, first.ID); err != nil || found.Description != "other" {
			t.Errorf("%+v, %v", found, err)
		}
	})
	t.Run("no other description", func(t *testing.T) {
		if same, err := s.DescribeDeployment(t.Context(), id, first.ID, nil); err != nil || same.Description != "other" {
			t.Errorf("%+v, %v", same, err)
		}
	})
	t.Run("no description", func(t *testing.T) {
		if none, err := s.DescribeDeployment(t.Context(), id, first.ID, new("")); err != nil || none.Description != "" {
			t.Errorf("%+v, %v", none, err)
		}
	})
	t.Run("one less", func(t *testing.T) {
		if err := s.DeleteDeployment(t.Context(), id, first.ID); err != nil {
			t.Fatal(err)
		}
		for name, err := range map[string]error{
			"getting it":    failed(s.Deployment(t.Context(), id, first.ID)),
			"describing it": failed(s.DescribeDeployment(t.Context(), id, first.ID, nil)),
			"deleting it":   s.DeleteDeployment(t.Context(), id, first.ID),
		} {
			t.Run(name, func(t *testing.T) { wantRefused(t, err, fault.NotFound, "Invalid Deployment identifier specified") })
		}
	})
}

func TestAnAPIWithoutRoutesIsNotDeployed(t *testing.T) {
	s, _ := newService(t)
	id := must(t)(s.Create(t.Context(), scope, httpapi.Creation{Name: "a"})).ID
	_, err := s.Deploy(t.Context(), id, "", "")
	wantRefused(t, err, fault.Invalid, "Unable to deploy API because no routes exist in this API")
}

// A stage that deploys each change keeps showing what it did when there is nothing to show, and says why.
func TestTheLastRouteOfAStageThatDeploysItself(t *testing.T) {
	s, _ := newService(t)
	id := must(t)(s.Create(t.Context(), scope, httpapi.Creation{Name: "a"})).ID
	r := addRoute(t, s, id, "GET /")
	if _, err := s.CreateStage(t.Context(), httpapi.Stage{API: id, Name: "dev", AutoDeploy: true}); err != nil {
		t.Fatal(err)
	}
	if _, err := httpapi.Edit(t.Context(), s, id, func(d *httpapi.Definition) (bool, error) { return true, d.DeleteRoute(r.ID) }); err != nil {
		t.Fatal(err)
	}
	if got := shown(t, s, id, "dev"); got != "GET /" {
		t.Errorf("the stage shows %s", got)
	}
	stage, err := s.Stage(t.Context(), id, "dev")
	if err != nil || stage.Message != "Deployment attempt failed: Unable to deploy API because no routes exist in this API" {
		t.Errorf("%+v, %v", stage, err)
	}
}

// Deployments that were made automatically go when the last stage that shows them does; others stay.
func TestDeploymentsThatNoStageShows(t *testing.T) {
	s, _ := newService(t)
	id := newAPI(t, s)
	made, err := s.Deploy(t.Context(), id, "", "mine")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a", "b"} {
		if _, err := s.CreateStage(t.Context(), httpapi.Stage{API: id, Name: name, AutoDeploy: true}); err != nil {
			t.Fatal(err)
		}
	}
	addRoute(t, s, id, "GET /x")
	left := func(want int) {
		t.Helper()
		if all, err := s.Deployments(t.Context(), id); err != nil || len(all) != want {
			t.Errorf("there are %d deployments, want %d; %v", len(all), want, err)
		}
	}
	left(2)
	if err := s.DeleteStage(t.Context(), id, "a"); err != nil {
		t.Fatal(err)
	}
	left(2)
	if err := s.DeleteStage(t.Context(), id, "b"); err != nil {
		t.Fatal(err)
	}
	if all, err := s.Deployments(t.Context(), id); err != nil || len(all) != 1 || all[0].ID != made.ID {
		t.Errorf("%+v are left, %v", all, err)
	}
}

// A deployment is a snapshot: what is edited later is not in it.
func TestADeploymentIsASnapshot(t *testing.T) {
	s, _ := newService(t)
	id := newAPI(t, s)
	made, err := s.Deploy(t.Context(), id, "", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := httpapi.Edit(t.Context(), s, id, func(d *httpapi.Definition) (bool, error) {
		for _, i := range d.Integrations {
			i.URI = target + ":other"
		}
		return true, nil
	}); err != nil {
		t.Fatal(err)
	}
	found, err := s.Deployment(t.Context(), id, made.ID)
	if err != nil || found.SortedIntegrations()[0].URI != target {
		t.Errorf("%+v, %v", found, err)
	}
	now, err := httpapi.Look(t.Context(), s, id, func(d *httpapi.Definition) (string, error) { return d.SortedIntegrations()[0].URI, nil })
	if err != nil || now != target+":other" {
		t.Errorf("the API has %s, %v", now, err)
	}
}
