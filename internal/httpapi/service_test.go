package httpapi_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/httpapi"
)

func sorted(keys []string) string { return strings.Join(slices.Sorted(slices.Values(keys)), ", ") }

func TestStagesThatDeployEachChange(t *testing.T) {
	s, _ := newService(t)
	id := must(t)(s.Create(t.Context(), scope, httpapi.Creation{Name: "a"})).ID
	stage, err := s.CreateStage(t.Context(), httpapi.Stage{API: id, Name: httpapi.DefaultStage, AutoDeploy: true})
	if err != nil || stage.Message != "Deployment attempt failed: Unable to deploy API because no routes exist in this API" || stage.Deployment != "" {
		t.Fatalf("%+v, %v", stage, err)
	}
	if got := shown(t, s, id, httpapi.DefaultStage); got != "nothing" {
		t.Errorf("an API without routes shows %s", got)
	}
	addRoute(t, s, id, "GET /")
	if got := shown(t, s, id, httpapi.DefaultStage); got != "GET /" {
		t.Errorf("the stage shows %s", got)
	}
	r := addRoute(t, s, id, "GET /x")
	if got := shown(t, s, id, httpapi.DefaultStage); got != "GET /, GET /x" {
		t.Errorf("the stage shows %s", got)
	}
	stage, err = s.Stage(t.Context(), id, httpapi.DefaultStage)
	if err != nil || stage.Message != "Successfully deployed stage with deployment ID '"+stage.Deployment+"'" {
		t.Errorf("%+v, %v", stage, err)
	}
	all, err := s.Deployments(t.Context(), id)
	if err != nil || len(all) != 1 || !all[0].Auto || all[0].ID != stage.Deployment {
		t.Errorf("deployments that no stage shows stay: %v, %v", all, err)
	}
	_, err = httpapi.Edit(t.Context(), s, id, func(d *httpapi.Definition) (struct{}, error) { return struct{}{}, d.DeleteRoute(r.ID) })
	if got := shown(t, s, id, httpapi.DefaultStage); err != nil || got != "GET /" {
		t.Errorf("after a deletion, %v: %s", err, got)
	}
	_, err = s.Deploy(t.Context(), id, httpapi.DefaultStage, "")
	wantRefused(t, err, fault.Invalid, "deploys automatically")
}

func TestStagesThatShowADeployment(t *testing.T) {
	s, _ := newService(t)
	id := newAPI(t, s)
	first, err := s.Deploy(t.Context(), id, "", "first")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.CreateStage(t.Context(), httpapi.Stage{API: id, Name: "dev", Deployment: first.ID}); err != nil {
		t.Fatal(err)
	}
	addRoute(t, s, id, "GET /x")
	if got := shown(t, s, id, "dev"); got != "GET /" {
		t.Errorf("the stage shows %s", got)
	}
	if _, err := s.Deploy(t.Context(), id, "dev", ""); err != nil {
		t.Fatal(err)
	}
	if got := shown(t, s, id, "dev"); got != "GET /, GET /x" {
		t.Errorf("the stage shows %s", got)
	}
	_, err = s.UpdateStage(t.Context(), id, "dev", func(s *httpapi.Stage) error { s.Deployment = first.ID; return nil })
	if got := shown(t, s, id, "dev"); err != nil || got != "GET /" {
		t.Errorf("after a change back, %v: %s", err, got)
	}
	wantRefused(t, s.DeleteDeployment(t.Context(), id, first.ID), fault.Invalid, "Active stages")
	_, err = s.UpdateStage(t.Context(), id, "dev", func(s *httpapi.Stage) error { s.AutoDeploy = true; return nil })
	if got := shown(t, s, id, "dev"); err != nil || got != "GET /, GET /x" {
		t.Errorf("deploying automatically, %v: %s", err, got)
	}
	if err := errors.Join(s.DeleteDeployment(t.Context(), id, first.ID), s.DeleteStage(t.Context(), id, "dev")); err != nil {
		t.Fatal(err)
	}
	if got := shown(t, s, id, "dev"); got != "no stage" {
		t.Errorf("a deleted stage shows %s", got)
	}
}

func TestAPIsMadeByATarget(t *testing.T) {
	s, _ := newService(t)
	a := must(t)(s.Create(t.Context(), scope, httpapi.Creation{Name: "a", Quick: &httpapi.Quick{Target: target}}))
	if got := shown(t, s, a.ID, httpapi.DefaultStage); got != httpapi.DefaultKey {
		t.Errorf("the stage shows %s", got)
	}
	a = must(t)(s.Update(t.Context(), a.ID, &httpapi.Quick{Target: target + ":live", Key: "GET /pets"}, func(*httpapi.API) {}))
	if i := a.SortedIntegrations()[0]; i.URI != target+":live" || i.Format != httpapi.Format2 || !i.Managed {
		t.Errorf("the integration is %+v", i)
	}
	if got := shown(t, s, a.ID, httpapi.DefaultStage); got != "GET /pets" {
		t.Errorf("the stage shows %s", got)
	}
	_, err := s.Create(t.Context(), scope, httpapi.Creation{Name: "a", Quick: &httpapi.Quick{Target: "https://example.com"}})
	wantRefused(t, err, fault.Invalid, "Sluice does not serve integrations of type HTTP_PROXY")
	_, err = s.Update(t.Context(), newAPI(t, s), &httpapi.Quick{Target: target}, func(*httpapi.API) {})
	wantRefused(t, err, fault.Invalid, "created with a target")
}

// What clients know of an API stays theirs when its document is imported anew.
func TestReplacedAPIs(t *testing.T) {
	s, _ := newService(t)
	document := func(keys ...string) httpapi.Creation {
		d := &httpapi.Definition{}
		z, err := d.CreateAuthorizer(httpapi.Authorizer{Name: "who", Type: httpapi.RequestAuthorizer, URI: target, Format: httpapi.Format2})
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range keys {
			if _, err := d.CreateRoute(httpapi.Route{Key: key, Authorization: httpapi.AuthCustom, AuthorizerID: z.ID}); err != nil {
				t.Fatal(err)
			}
		}
		return httpapi.Creation{Name: "b", Definition: d, Tags: map[string]string{"by": "document"}}
	}
	before := must(t)(s.Create(t.Context(), scope, document("GET /a", "GET /b")))
	after := must(t)(s.Replace(t.Context(), before.ID, document("GET /b", "GET /c")))
	id := func(a *httpapi.API, key string) string {
		for _, r := range a.SortedRoutes() {
			if r.Key == key {
				if a.Authorizers[r.AuthorizerID] == nil {
					t.Errorf("the authorizer of %s is gone", key)
				}
				return r.ID
			}
		}
		return ""
	}
	if id(after, "GET /a") != "" || id(after, "GET /b") != id(before, "GET /b") || id(after, "GET /c") == "" {
		t.Errorf("the routes are %+v", after.SortedRoutes())
	}
	if after.Name != "b" || after.Tags["by"] != "document" || after.SortedAuthorizers()[0].ID != before.SortedAuthorizers()[0].ID {
		t.Errorf("%+v", after)
	}
}

func TestWhatIsStoredIsFoundAfterAStart(t *testing.T) {
	s, r := newService(t)
	id := newAPI(t, s)
	if _, err := s.CreateStage(t.Context(), httpapi.Stage{API: id, Name: "dev", AutoDeploy: true}); err != nil {
		t.Fatal(err)
	}
	again := httpapi.NewService(r)
	if err := again.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := shown(t, again, id, "dev"); got != "GET /" {
		t.Errorf("the stage shows %s", got)
	}
	if err := again.Delete(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if v, err := again.Find(t.Context(), id.API); v != nil || err != nil {
		t.Errorf("a deleted API is found: %v, %v", v, err)
	}
}

// A change that is stored and can't be read again is found later, and until then nothing is.
func TestWhatCouldNotBeReadIsReadLater(t *testing.T) {
	s, r := newService(t)
	id := newAPI(t, s)
	r.broken = errors.New("disk")
	if _, err := s.CreateStage(t.Context(), httpapi.Stage{API: id, Name: "dev", AutoDeploy: true}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Find(t.Context(), id.API); !errors.Is(err, r.broken) {
		t.Errorf("found with %v", err)
	}
	r.broken = nil
	if got := shown(t, s, id, "dev"); got != "GET /" {
		t.Errorf("the stage shows %s", got)
	}
}

// What the front made of a stage lives as long as the stage shows the same.
func TestFrontsOfStages(t *testing.T) {
	s, _ := newService(t)
	id := newAPI(t, s)
	if _, err := s.CreateStage(t.Context(), httpapi.Stage{API: id, Name: "auto", AutoDeploy: true}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.CreateStage(t.Context(), httpapi.Stage{API: id, Name: "fixed"}); err != nil {
		t.Fatal(err)
	}
	made := 0
	front := func(stage string) any {
		v, err := s.Find(t.Context(), id.API)
		if err != nil {
			t.Fatal(err)
		}
		return v.Stages[stage].Front(func(*httpapi.Shown) any { made++; return made })
	}
	auto, fixed := front("auto"), front("fixed")
	addRoute(t, s, id, "GET /x")
	if front("auto") == auto || front("fixed") != fixed || made != 3 {
		t.Errorf("%d fronts were made", made)
	}
}

func TestTags(t *testing.T) {
	s, _ := newService(t)
	id := newAPI(t, s)
	if _, err := s.CreateStage(t.Context(), httpapi.Stage{API: id, Name: "dev"}); err != nil {
		t.Fatal(err)
	}
	for _, arn := range []string{arnOf(id), arnOf(id) + "/stages/dev"} {
		if err := s.ChangeTags(t.Context(), scope, arn, map[string]string{"a": "1", "b": "2"}, nil); err != nil {
			t.Fatal(err)
		}
		if err := s.ChangeTags(t.Context(), scope, arn, nil, []string{"a"}); err != nil {
			t.Fatal(err)
		}
		if tags, err := s.Tags(t.Context(), scope, arn); err != nil || len(tags) != 1 || tags["b"] != "2" {
			t.Errorf("%s: %v, %v", arn, tags, err)
		}
	}
	for arn, kind := range map[string]fault.Kind{
		arnOf(id) + "/stages/none": fault.NotFound, arnOf(id) + "x": fault.NotFound, "arn:aws:lambda:x": fault.Invalid, arnOf(id) + "/routes/x": fault.Invalid,
	} {
		_, err := s.Tags(t.Context(), scope, arn)
		wantRefused(t, err, kind, "ARN")
	}
}
