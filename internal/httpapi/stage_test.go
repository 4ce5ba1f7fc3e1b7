package httpapi_test

import (
	"errors"
	"fmt"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/httpapi"
)

func TestNamesOfStages(t *testing.T) {
	s, _ := newService(t)
	id := newAPI(t, s)
	long := make([]byte, 128)
	for i := range long {
		long[i] = 'a'
	}
	for name, ok := range map[string]bool{
		"$default": true, "dev": true, "a-b_C9": true, string(long): true,
		"": false, "a.b": false, "$other": false, "ü": false, "a/b": false, string(long) + "a": false,
	} {
		_, err := s.CreateStage(t.Context(), httpapi.Stage{API: id, Name: name})
		if (err == nil) != ok {
			t.Errorf("%q: %v", name, err)
		}
		if err != nil {
			wantRefused(t, err, fault.Invalid, "Stage name only allows a-zA-Z0-9_- and $default")
		}
	}
}

func TestTooManyStages(t *testing.T) {
	s, _ := newService(t)
	id := newAPI(t, s)
	for i := range 10 {
		if _, err := s.CreateStage(t.Context(), httpapi.Stage{API: id, Name: fmt.Sprint("s", i)}); err != nil {
			t.Fatal(err)
		}
	}
	_, err := s.CreateStage(t.Context(), httpapi.Stage{API: id, Name: "more"})
	wantRefused(t, err, fault.Invalid, "Maximum number of Stages for this API has been reached")
	all, err := s.Stages(t.Context(), id)
	if err != nil || len(all) != 10 || all[0].Name != "s0" || all[9].Name != "s9" {
		t.Errorf("%d stages, %v", len(all), err)
	}
}

// What an update of a stage changes is there when it returns, and what it can't change is as before.
func TestUpdatesOfStages(t *testing.T) {
	s, _ := newService(t)
	id := newAPI(t, s)
	made, err := s.CreateStage(t.Context(), httpapi.Stage{
		API: id, Name: "dev", Description: "first", Variables: map[string]string{"a": "1"}, Tags: map[string]string{"t": "1"},
		Routes: map[string]httpapi.RouteSettings{"GET /": {Burst: new(int64(1))}},
	})
	if err != nil {
		t.Fatal(err)
	}
	update := func(change func(*httpapi.Stage) error) error {
		return failed(s.UpdateStage(t.Context(), id, "dev", change))
	}
	own := errors.New("its own")
	for name, tt := range map[string]struct {
		change func(*httpapi.Stage) error
		want   string
	}{
		"the change's own refusal": {func(*httpapi.Stage) error { return own }, "its own"},
		"no such deployment":       {func(s *httpapi.Stage) error { s.Deployment = "none"; return nil }, "Deployment id does not exist"},
		"no such route": {func(s *httpapi.Stage) error { s.Routes["GET /none"] = httpapi.RouteSettings{}; return nil },
			"Unable to find Route by key GET /none within the provided RouteSettings"},
		"a variable's name": {func(s *httpapi.Stage) error { s.Variables = map[string]string{"a b": ""}; return nil },
			"Stage variable name is invalid: a b. Valid names consist of a-zA-Z0-9_"},
		"a variable's value": {func(s *httpapi.Stage) error { s.Variables = map[string]string{"a": "<"}; return nil },
			"Stage variable value is invalid: <. Valid values consist of A-Za-z0-9-._~:/?#&=,"},
		"a deployment of what deploys itself": {func(s *httpapi.Stage) error { s.AutoDeploy, s.Deployment = true, "d"; return nil },
			"Deployment ID cannot be set on a stage that deploys automatically: dev"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := update(tt.change); err == nil || err.Error() != tt.want {
				t.Errorf("%v, want %s", err, tt.want)
			}
			now, err := s.Stage(t.Context(), id, "dev")
			if err != nil || text(t, now) != text(t, made) {
				t.Errorf("%v; the stage is\n%s, was\n%s", err, text(t, now), text(t, made))
			}
		})
	}
	if err := update(func(s *httpapi.Stage) error {
		s.Description, s.Variables["b"], s.Default.Rate = "second", "2", new(1.5)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	now, err := s.Stage(t.Context(), id, "dev")
	if err != nil || now.Description != "second" || fmt.Sprint(now.Variables) != "map[a:1 b:2]" || *now.Default.Rate != 1.5 || now.Updated.Before(made.Updated) || !now.Created.Equal(made.Created) {
		t.Errorf("%s, %v", text(t, now), err)
	}
}

// Settings of a route that has gone stay until somebody takes them away.
func TestSettingsOfRoutes(t *testing.T) {
	s, _ := newService(t)
	id := newAPI(t, s)
	r := addRoute(t, s, id, "GET /x")
	if _, err := s.CreateStage(t.Context(), httpapi.Stage{API: id, Name: "dev", Routes: map[string]httpapi.RouteSettings{"GET /x": {Burst: new(int64(1))}}}); err != nil {
		t.Fatal(err)
	}
	if _, err := httpapi.Edit(t.Context(), s, id, func(d *httpapi.Definition) (bool, error) { return true, d.DeleteRoute(r.ID) }); err != nil {
		t.Fatal(err)
	}
	t.Run("updating another part", func(t *testing.T) {
		if _, err := s.UpdateStage(t.Context(), id, "dev", func(s *httpapi.Stage) error { s.Description = "x"; return nil }); err != nil {
			t.Error(err)
		}
	})
	t.Run("deleting them", func(t *testing.T) {
		if err := s.DeleteRouteSettings(t.Context(), id, "dev", "GET /x"); err != nil {
			t.Error(err)
		}
		if now, err := s.Stage(t.Context(), id, "dev"); err != nil || len(now.Routes) != 0 {
			t.Errorf("%+v, %v", now, err)
		}
	})
	t.Run("deleting them twice", func(t *testing.T) {
		wantRefused(t, s.DeleteRouteSettings(t.Context(), id, "dev", "GET /x"), fault.NotFound, "Unable to find Route by key GET /x")
	})
	t.Run("of a stage that is not there", func(t *testing.T) {
		wantRefused(t, s.DeleteRouteSettings(t.Context(), id, "none", "GET /x"), fault.NotFound, "Invalid stage identifier specified")
	})
}

func TestAStageThatIsNotThere(t *testing.T) {
	s, _ := newService(t)
	id := newAPI(t, s)
	for name, err := range map[string]error{
		"getting it":   failed(s.Stage(t.Context(), id, "none")),
		"updating it":  failed(s.UpdateStage(t.Context(), id, "none", nil)),
		"deleting it":  s.DeleteStage(t.Context(), id, "none"),
		"deploying it": failed(s.Deploy(t.Context(), id, "none", "")),
	} {
		t.Run(name, func(t *testing.T) { wantRefused(t, err, fault.NotFound, "Invalid stage identifier specified") })
	}
	if all, err := s.Deployments(t.Context(), id); err != nil || len(all) != 0 {
		t.Errorf("a deployment was made that was refused: %v, %v", all, err)
	}
}

// What the front of a request reads of a stage is what the stage shows, until the stage shows something else.
func TestAnOldViewStays(t *testing.T) {
	s, _ := newService(t)
	id := newAPI(t, s)
	if _, err := s.CreateStage(t.Context(), httpapi.Stage{API: id, Name: "dev", AutoDeploy: true, Variables: map[string]string{"v": "1"}}); err != nil {
		t.Fatal(err)
	}
	before, err := s.Find(t.Context(), id.API)
	if err != nil {
		t.Fatal(err)
	}
	old := before.Stages["dev"]
	if _, err := s.UpdateStage(t.Context(), id, "dev", func(s *httpapi.Stage) error { s.Variables["v"] = "2"; return nil }); err != nil {
		t.Fatal(err)
	}
	after, err := s.Find(t.Context(), id.API)
	if err != nil {
		t.Fatal(err)
	}
	now := after.Stages["dev"]
	if old.Stage.Variables["v"] != "1" || now.Stage.Variables["v"] != "2" || now == old {
		t.Errorf("the old view has %v, the new one %v", old.Stage.Variables, now.Stage.Variables)
	}
	if now.Deployment != old.Deployment {
		t.Error("the deployment was read again, though the stage shows the same")
	}
}
