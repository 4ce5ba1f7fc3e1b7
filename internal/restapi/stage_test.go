package restapi_test

import (
	"fmt"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/restapi"
)

func TestRefusalsOfStages(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	d := deploy(t, s, a.ID, restapi.Release{Stage: "there"})
	tags := map[string]string{}
	for i := range 51 {
		tags[fmt.Sprint(i)] = ""
	}
	for name, tt := range map[string]struct {
		stage restapi.Stage
		kind  fault.Kind
		want  string
	}{
		"of no API":          {restapi.Stage{API: restapi.ID{Scope: scope, API: "none"}, Name: "dev"}, fault.NotFound, "Invalid API identifier specified 123456789012:none"},
		"a second one":       {restapi.Stage{Name: "there", Deployment: d.ID}, fault.Conflict, "Stage already exists"},
		"no name":            {restapi.Stage{Deployment: d.ID}, fault.Invalid, "Stage name only allows a-zA-Z0-9_-"},
		"a name with a dot":  {restapi.Stage{Name: "a.b", Deployment: d.ID}, fault.Invalid, "Stage name only allows a-zA-Z0-9_-"},
		"no deployment":      {restapi.Stage{Name: "dev"}, fault.Invalid, "Deployment id does not exist"},
		"a variable's name":  {restapi.Stage{Name: "dev", Deployment: d.ID, Variables: map[string]string{"": "x"}}, fault.Invalid, "Stage variable name is invalid: . Valid names consist of a-zA-Z0-9_"},
		"too many tags":      {restapi.Stage{Name: "dev", Deployment: d.ID, Tags: tags}, fault.Invalid, "The number of tags exceeds the limit of 50"},
		"no canary of that":  {restapi.Stage{Name: "dev", Deployment: d.ID, Canary: &restapi.Canary{Deployment: "none"}}, fault.Invalid, "Deployment id does not exist"},
		"a canary below all": {restapi.Stage{Name: "dev", Deployment: d.ID, Canary: &restapi.Canary{Percent: -1}}, fault.Invalid, "Invalid canary percent traffic: -1. It has to be between 0.0 and 100.0"},
	} {
		t.Run(name, func(t *testing.T) {
			if tt.stage.API.API == "" {
				tt.stage.API = a.ID
			}
			_, err := s.CreateStage(t.Context(), tt.stage)
			wantFault(t, err, tt.kind, tt.want)
		})
	}
}

func TestAnAPIHasNoMoreThanTenStages(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	for i := range 10 {
		deploy(t, s, a.ID, restapi.Release{Stage: fmt.Sprint("s", i)})
	}
	_, err := s.Deploy(t.Context(), a.ID, restapi.Release{Stage: "more"})
	wantFault(t, err, fault.Limit, "Maximum number of stages for this API has been reached. Please contact AWS if you need additional stages. At most 10 are possible.")
	deploy(t, s, a.ID, restapi.Release{Stage: "s9"})
}

func TestStagesOfADeployment(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	first := deploy(t, s, a.ID, restapi.Release{Stage: "b"})
	deploy(t, s, a.ID, restapi.Release{Stage: "a"})
	for deployment, want := range map[string]string{"": "[a b]", first.ID: "[b]", "none": "[]"} {
		found, err := s.Stages(t.Context(), a.ID, deployment)
		must(t, err)
		names := []string{}
		for _, stage := range found {
			names = append(names, stage.Name)
		}
		if got := fmt.Sprint(names); got != want {
			t.Errorf("of %q: %s, want %s", deployment, got, want)
		}
	}
}

// What is asked of an API, a stage, a deployment, a key or a plan that is not there.
func TestWhatIsNotThere(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	none := restapi.ID{Scope: scope, API: "none"}
	const api, stage, deployment = "Invalid API identifier specified 123456789012:none", "Invalid stage identifier specified", "Invalid Deployment identifier specified"
	const key, plan = "Invalid API Key identifier specified", "Invalid Usage Plan ID specified"
	ctx := t.Context()
	for name, tt := range map[string]struct {
		err  error
		want string
	}{
		"getting an API":             {failed(s.Get(ctx, none)), api},
		"updating an API":            {failed(s.Update(ctx, none, nil)), api},
		"deleting an API":            {s.Delete(ctx, none), api},
		"putting an API":             {failed(s.Put(ctx, none, &restapi.Definition{}, true, "", "", "")), api},
		"deploying an API":           {failed(s.Deploy(ctx, none, restapi.Release{})), api},
		"an API's deployments":       {failed(s.Deployments(ctx, none)), api},
		"a deployment of no API":     {failed(s.Deployment(ctx, none, "d")), api},
		"a deployment":               {failed(s.Deployment(ctx, a.ID, "d")), deployment},
		"updating a deployment":      {failed(s.UpdateDeployment(ctx, a.ID, "d", nil)), deployment},
		"an API's stages":            {failed(s.Stages(ctx, none, "")), api},
		"a stage of no API":          {failed(s.Stage(ctx, none, "dev")), api},
		"a stage":                    {failed(s.Stage(ctx, a.ID, "dev")), stage},
		"updating a stage":           {failed(s.UpdateStage(ctx, a.ID, "dev", nil)), stage},
		"updating a stage of no API": {failed(s.UpdateStage(ctx, none, "dev", nil)), api},
		"deleting a stage":           {s.DeleteStage(ctx, a.ID, "dev"), stage},
		"renewing a stage":           {s.Renew(ctx, a.ID, "dev"), stage},
		"a key":                      {failed(s.Key(ctx, scope, "k")), key},
		"updating a key":             {failed(s.UpdateKey(ctx, scope, "k", nil)), key},
		"deleting a key":             {s.DeleteKey(ctx, scope, "k"), key},
		"a plan":                     {failed(s.Plan(ctx, scope, "p")), plan},
		"updating a plan":            {failed(s.UpdatePlan(ctx, scope, "p", nil)), plan},
		"deleting a plan":            {s.DeletePlan(ctx, scope, "p"), plan},
		"adding to a plan":           {failed(s.AddKey(ctx, scope, "p", "k")), plan},
		"taking from a plan":         {s.RemoveKey(ctx, scope, "p", "k"), plan},
		"a plan's keys":              {failed(s.PlanKeys(ctx, scope, "p", "")), plan},
		"an edit":                    {failed(restapi.Edit(ctx, s, none, nothing)), api},
		"a look":                     {failed(restapi.Look(ctx, s, none, nothing)), api},
	} {
		t.Run(name, func(t *testing.T) { wantFault(t, tt.err, fault.NotFound, tt.want) })
	}
}

func nothing(*restapi.Definition) (bool, error) { return true, nil }

// A view is never changed: who has one goes on with the state in which it was found.
func TestAnOldViewStays(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	first := deploy(t, s, a.ID, restapi.Release{Stage: "dev", Variables: map[string]string{"v": "1"}})
	old := find(t, s, a.ID, "dev")
	must(t, failed(s.UpdateStage(t.Context(), a.ID, "dev", []restapi.Patch{
		{Op: "replace", Path: "/variables/v", Value: new("2")}, {Op: "replace", Path: "/canarySettings/percentTraffic", Value: new("5")},
		{Op: "replace", Path: "/*/*/throttling/burstLimit", Value: new("1")},
	})))
	deploy(t, s, a.ID, restapi.Release{Stage: "dev"})
	if old.Stage.Variables["v"] != "1" || old.Stage.Canary != nil || old.Stage.Methods != nil || old.Deployment.ID != first.ID || old.Canary != nil {
		t.Errorf("the old view is %+v", old.Stage)
	}
	now := find(t, s, a.ID, "dev")
	if now == old || now.Stage.Variables["v"] != "2" || now.Stage.Methods["*/*"].Burst != 1 || now.Deployment.ID == first.ID || now.Canary.ID != first.ID {
		t.Errorf("the new view is %+v", now.Stage)
	}
}

// Deployments never change, so a view takes those over that the one before had.
func TestViewsShareTheirDeployments(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	deploy(t, s, a.ID, restapi.Release{Stage: "dev"})
	old := find(t, s, a.ID, "dev")
	must(t, failed(s.UpdateStage(t.Context(), a.ID, "dev", []restapi.Patch{{Op: "replace", Path: "/description", Value: new("d")}})))
	if now := find(t, s, a.ID, "dev"); now == old || now.Deployment != old.Deployment {
		t.Error("the deployment was read again")
	}
}
