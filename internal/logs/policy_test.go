package logs_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/logs"
)

func TestPolicies(t *testing.T) {
	r := start(t)
	for i := range 10 {
		kept, err := r.PutPolicy(t.Context(), &logs.Policy{Scope: ourScope, Name: fmt.Sprintf("p%02d", i), Document: "{}"})
		if err != nil || kept.Document != "{}" || time.Since(kept.Updated) > time.Minute {
			t.Fatalf("%+v, %v", kept, err)
		}
	}
	_, err := r.PutPolicy(t.Context(), &logs.Policy{Scope: ourScope, Name: "one more", Document: "{}"})
	wantFault(t, err, fault.Limit, "policy")
	_, err = r.PutPolicy(t.Context(), &logs.Policy{Scope: ourScope, Name: "p03", Document: `{"a":1}`})
	must(t, err)
	must(t, r.DeletePolicy(t.Context(), ourScope, "p00"))
	wantFault(t, r.DeletePolicy(t.Context(), ourScope, "p00"), fault.NotFound, "policy")
	found, err := r.Policies(t.Context(), ourScope)
	if err != nil || len(found) != 9 || found[0].Name != "p01" || found[2].Document != `{"a":1}` {
		t.Errorf("%d policies, %v", len(found), err)
	}
	for name, p := range map[string]logs.Policy{
		"no name":         {Document: "{}"},
		"no JSON":         {Name: "p", Document: "{"},
		"a long document": {Name: "p", Document: `"` + strings.Repeat("x", 5120) + `"`},
	} {
		p.Scope = ourScope
		_, err := r.PutPolicy(t.Context(), &p)
		if !fault.Is(err, fault.Invalid, "policy") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
