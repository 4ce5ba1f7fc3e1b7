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
