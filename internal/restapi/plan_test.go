package restapi_test

import (
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/restapi"
)

const value = "01234567890123456789"

func TestAKeyOpensTheStagesOfItsPlans(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	deploy(t, s, a.ID, restapi.Release{Stage: "dev"})
	opens := func(want bool) {
		t.Helper()
		if got := find(t, s, a.ID, "dev").Key(value); (got != nil) != want {
			t.Errorf("the key opens: %v", got)
		}
	}
	k, err := s.CreateKey(t.Context(), restapi.APIKey{Scope: scope, Value: value, Enabled: true})
	must(t, err)
	p, err := s.CreatePlan(t.Context(), restapi.UsagePlan{Scope: scope, Name: "p"})
	must(t, err)
	_, err = s.AddKey(t.Context(), scope, p.ID, k.ID)
	must(t, err)
	opens(false)
	add := []restapi.Patch{{Op: "add", Path: "/apiStages", Value: new(a.ID.API + ":dev")}}
	_, err = s.UpdatePlan(t.Context(), scope, p.ID, add)
	must(t, err)
	opens(true)
	_, err = s.UpdateKey(t.Context(), scope, k.ID, []restapi.Patch{{Op: "replace", Path: "/enabled", Value: new("false")}})
	must(t, err)
	opens(false)
	_, err = s.UpdateKey(t.Context(), scope, k.ID, []restapi.Patch{{Op: "replace", Path: "/enabled", Value: new("true")}})
	must(t, err)
	opens(true)
	must(t, s.RemoveKey(t.Context(), scope, p.ID, k.ID))
	opens(false)
	_, err = s.AddKey(t.Context(), scope, p.ID, k.ID)
	must(t, err)
	if verdict := s.Admit(find(t, s, a.ID, "dev"), find(t, s, a.ID, "dev").Key(value), "GET", "/"); verdict != restapi.Admitted {
		t.Errorf("admitted: %v", verdict)
	}
	used, err := s.Usage(t.Context(), scope, p.ID, "", time.Now(), time.Now())
	must(t, err)
	if days := used[k.ID]; len(days) != 1 || days[0][0] != 1 {
		t.Errorf("used %v", used)
	}
	must(t, s.DeleteKey(t.Context(), scope, k.ID))
	opens(false)
	err = s.DeletePlan(t.Context(), scope, p.ID)
	wantFault(t, err, fault.Invalid, "Cannot delete Usage Plan "+p.ID+" because API Stages are associated to it. Please remove all API stages from the usage plan before deleting.")
	must(t, s.Delete(t.Context(), a.ID))
	must(t, s.DeletePlan(t.Context(), scope, p.ID))
}

func TestKeysAreUnique(t *testing.T) {
	s, _ := newService(t)
	_, err := s.CreateKey(t.Context(), restapi.APIKey{Scope: scope, Value: value})
	must(t, err)
	_, err = s.CreateKey(t.Context(), restapi.APIKey{Scope: scope, Value: value})
	wantFault(t, err, fault.Conflict, "API Key already exists")
	k, err := s.CreateKey(t.Context(), restapi.APIKey{Scope: scope, Name: "made"})
	must(t, err)
	if len(k.Value) != 40 {
		t.Errorf("made the value %q", k.Value)
	}
	found, err := s.Keys(t.Context(), scope, restapi.KeyFilter{Prefix: "ma"})
	must(t, err)
	if len(found) != 1 || found[0].ID != k.ID {
		t.Errorf("found %v", found)
	}
}

func TestBoundsOfPlans(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	deploy(t, s, a.ID, restapi.Release{Stage: "dev"})
	stage := func(limit restapi.Throttle) []restapi.PlanStage {
		return []restapi.PlanStage{{API: a.ID.API, Stage: "dev", Throttle: map[string]restapi.Throttle{"/GET": limit}}}
	}
	const throttle = "Usage Plan throttle must have a burst limit and a rate limit that are not negative"
	for name, tt := range map[string]struct {
		plan restapi.UsagePlan
		want string // empty: no refusal
	}{
		"a throttle of nothing":     {restapi.UsagePlan{Throttle: &restapi.Throttle{}}, ""},
		"a negative burst":          {restapi.UsagePlan{Throttle: &restapi.Throttle{Burst: -1, Rate: 1}}, throttle},
		"a negative rate":           {restapi.UsagePlan{Throttle: &restapi.Throttle{Burst: 1, Rate: -0.5}}, throttle},
		"a method's throttle":       {restapi.UsagePlan{Stages: stage(restapi.Throttle{Burst: 1, Rate: 1})}, ""},
		"a method's negative burst": {restapi.UsagePlan{Stages: stage(restapi.Throttle{Burst: -1})}, throttle},
		"a method's negative rate":  {restapi.UsagePlan{Stages: stage(restapi.Throttle{Rate: -1})}, throttle},
		"a quota that begins later": {restapi.UsagePlan{Quota: &restapi.Quota{Limit: 1, Period: "WEEK", Offset: 6}}, ""},
		"a quota of nothing":        {restapi.UsagePlan{Quota: &restapi.Quota{Period: "DAY"}}, "Usage Plan quota must have a positive limit, and a period of DAY, WEEK or MONTH"},
		"a negative offset":         {restapi.UsagePlan{Quota: &restapi.Quota{Limit: 1, Period: "WEEK", Offset: -1}}, "Usage Plan quota offset must be between 0 and 6 in the WEEK period"},
		"an offset beyond a week":   {restapi.UsagePlan{Quota: &restapi.Quota{Limit: 1, Period: "WEEK", Offset: 7}}, "Usage Plan quota offset must be between 0 and 6 in the WEEK period"},
		"an offset beyond a month":  {restapi.UsagePlan{Quota: &restapi.Quota{Limit: 1, Period: "MONTH", Offset: 28}}, "Usage Plan quota offset must be between 0 and 27 in the MONTH period"},
		"an offset of a day":        {restapi.UsagePlan{Quota: &restapi.Quota{Limit: 1, Period: "DAY", Offset: 1}}, "Usage Plan quota offset must be zero in the DAY period"},
	} {
		t.Run(name, func(t *testing.T) {
			tt.plan.Name, tt.plan.Scope = "p", scope
			_, err := s.CreatePlan(t.Context(), tt.plan)
			if tt.want == "" {
				must(t, err)
				return
			}
			wantFault(t, err, fault.Invalid, tt.want)
		})
	}
}

// A plan keeps its bounds when it is patched.
func TestPatchesBeyondBounds(t *testing.T) {
	s, _ := newService(t)
	p, err := s.CreatePlan(t.Context(), restapi.UsagePlan{Scope: scope, Name: "p", Throttle: &restapi.Throttle{Burst: 1, Rate: 1}, Quota: &restapi.Quota{Limit: 1, Period: "DAY"}})
	must(t, err)
	for _, path := range []string{"/throttle/burstLimit", "/throttle/rateLimit", "/quota/limit", "/quota/offset"} {
		if _, err := s.UpdatePlan(t.Context(), scope, p.ID, []restapi.Patch{{Op: "replace", Path: path, Value: new("-1")}}); !fault.Is(err, fault.Invalid, "request") {
			t.Errorf("%s: %v", path, err)
		}
	}
	now, err := s.Plan(t.Context(), scope, p.ID)
	must(t, err)
	if *now.Throttle != *p.Throttle || *now.Quota != *p.Quota {
		t.Errorf("the plan has %+v and %+v now", now.Throttle, now.Quota)
	}
}
