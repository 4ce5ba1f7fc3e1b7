package function_test

import (
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

func TestCreateAlias(t *testing.T) {
	b := newBench(t)
	b.alias(t, "LIVE")
	a, err := b.Alias(t.Context(), b.id, "LIVE")
	if err != nil || a.Version != 1 || a.Additional != 0 || a.RevisionID == "" {
		t.Errorf("alias %+v, %v; want one that points to version 1", a, err)
	}
	if n := b.invoke(t, "LIVE"); n != 1 {
		t.Errorf("version %v ran, want 1", n)
	}
}

func TestAChangeOfAnAliasIsSeenByTheNextCall(t *testing.T) {
	b := newBench(t)
	b.alias(t, "LIVE")
	for i := range 20 {
		want := function.Number(1 + i%2)
		if _, err := b.UpdateAlias(t.Context(), b.id, "LIVE", function.AliasChange{Version: &want}); err != nil {
			t.Fatal(err)
		}
		if n := b.invoke(t, "LIVE"); n != want {
			t.Fatalf("version %v ran, want %v", n, want)
		}
	}
}

func TestAWeightedAliasSplitsExactly(t *testing.T) {
	b := newBench(t)
	b.alias(t, "LIVE")
	change := function.AliasChange{Routing: function.Routing{2: 0.3}}
	if _, err := b.UpdateAlias(t.Context(), b.id, "LIVE", change); err != nil {
		t.Fatal(err)
	}
	second := 0
	for n := 1; n <= 1000; n++ {
		answer, err := b.Invoke(t.Context(), &function.Invocation{Function: b.id, Qualifier: "LIVE"})
		if err != nil || answer.Weight != 0.3 {
			t.Fatalf("answer %+v, %v; want the weight 0.3", answer, err)
		}
		if answer.Executed == 2 {
			second++
		}
		if off := float64(second) - 0.3*float64(n); off >= 1 || off <= -1 {
			t.Fatalf("after %d calls version 2 had %d", n, second)
		}
	}
}

func TestAliasChanges(t *testing.T) {
	one, two := function.Number(1), function.Number(2)
	for name, tt := range map[string]struct {
		change     function.AliasChange
		version    function.Number
		additional function.Number
	}{
		"nothing":                {function.AliasChange{}, 1, 2},
		"a description":          {function.AliasChange{Description: new("new")}, 1, 2},
		"no more weights":        {function.AliasChange{Routing: function.Routing{}}, 1, 0},
		"the version alone":      {function.AliasChange{Version: &two, Routing: function.Routing{}}, 2, 0},
		"both":                   {function.AliasChange{Version: &two, Routing: function.Routing{1: 0.2}}, 2, 1},
		"the version, unchanged": {function.AliasChange{Version: &one}, 1, 2},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.alias(t, "LIVE")
			if _, err := b.UpdateAlias(t.Context(), b.id, "LIVE", function.AliasChange{Routing: function.Routing{2: 0.5}}); err != nil {
				t.Fatal(err)
			}
			a, err := b.UpdateAlias(t.Context(), b.id, "LIVE", tt.change)
			if err != nil || a.Version != tt.version || a.Additional != tt.additional {
				t.Errorf("alias %+v, %v; want versions %v and %v", a, err, tt.version, tt.additional)
			}
		})
	}
}

func TestAliasRefusals(t *testing.T) {
	latest, one, ten := function.Latest, function.Number(1), function.Number(10)
	for name, tt := range map[string]struct {
		change function.AliasChange
		kind   fault.Kind
		noun   string
	}{
		"three versions":           {function.AliasChange{Version: &one, Routing: function.Routing{1: 0.5, 2: 0.5}}, fault.Invalid, "routing"},
		"the same version twice":   {function.AliasChange{Version: &one, Routing: function.Routing{1: 0.5}}, fault.Invalid, "routing"},
		"$LATEST with a second":    {function.AliasChange{Version: &latest, Routing: function.Routing{1: 0.5}}, fault.Invalid, "latest routing"},
		"a missing version":        {function.AliasChange{Version: &ten}, fault.NotFound, "function"},
		"a missing second version": {function.AliasChange{Version: &one, Routing: function.Routing{10: 0.5}}, fault.NotFound, "function"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.alias(t, "LIVE")
			_, err := b.CreateAlias(t.Context(), b.id, "OTHER", tt.change)
			wantFault(t, err, tt.kind, tt.noun)
		})
	}
}

func TestVersionsOfAnAliasShareTheirRole(t *testing.T) {
	b := newBench(t)
	b.release(t, "one")
	change := function.ConfigChange{Apply: func(c *function.Config) { c.Role = "arn:aws:iam::000000000000:role/other" }}
	if _, err := b.UpdateConfig(t.Context(), b.id, change); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Publish(t.Context(), b.id, function.Publication{}); err != nil {
		t.Fatal(err)
	}
	_, err := b.CreateAlias(t.Context(), b.id, "LIVE", function.AliasChange{Version: new(function.Number(1)), Routing: function.Routing{2: 0.5}})
	wantFault(t, err, fault.Invalid, "routing")
}

func TestAliasPreconditionAndExistence(t *testing.T) {
	b := newBench(t)
	b.alias(t, "LIVE")
	_, err := b.UpdateAlias(t.Context(), b.id, "LIVE", function.AliasChange{Revision: "wrong"})
	wantFault(t, err, fault.Precondition, "revision")
	_, err = b.UpdateAlias(t.Context(), b.id, "NONE", function.AliasChange{})
	wantFault(t, err, fault.NotFound, "alias")
	_, err = b.Alias(t.Context(), b.id, "NONE")
	wantFault(t, err, fault.NotFound, "alias")
	_, err = b.CreateAlias(t.Context(), b.id, "LIVE", function.AliasChange{Version: new(function.Number(1))})
	wantFault(t, err, fault.Conflict, "alias")
}

func TestDeleteAlias(t *testing.T) {
	b := newBench(t)
	b.alias(t, "LIVE")
	b.invoke(t, "LIVE")
	if err := b.DeleteAlias(t.Context(), b.id, "LIVE"); err != nil {
		t.Fatal(err)
	}
	_, err := b.Invoke(t.Context(), &function.Invocation{Function: b.id, Qualifier: "LIVE"})
	wantFault(t, err, fault.NotFound, "function")
	if err := b.DeleteAlias(t.Context(), b.id, "LIVE"); err != nil {
		t.Errorf("deleting it again: %v, want no error", err)
	}
}

func TestAliasesCanBeListedByVersion(t *testing.T) {
	b := newBench(t)
	b.alias(t, "A")
	two := function.Number(2)
	for name, change := range map[string]function.AliasChange{
		"B": {Version: &two}, "C": {Version: new(function.Number(1)), Routing: function.Routing{2: 0.1}},
	} {
		if _, err := b.CreateAlias(t.Context(), b.id, name, change); err != nil {
			t.Fatal(err)
		}
	}
	all, more, err := b.Aliases(t.Context(), b.id, nil, function.Page{Limit: 2})
	if err != nil || len(all) != 2 || all[0].Name != "A" || !more {
		t.Errorf("first page %v, more %v, %v; want A and B, and more", all, more, err)
	}
	rest, more, err := b.Aliases(t.Context(), b.id, nil, function.Page{After: function.Cursor{Name: "B"}, Limit: 2})
	if err != nil || len(rest) != 1 || rest[0].Name != "C" || more {
		t.Errorf("second page %v, more %v, %v; want C alone", rest, more, err)
	}
	ofTwo, _, err := b.Aliases(t.Context(), b.id, &two, function.Page{})
	if err != nil || len(ofTwo) != 2 || ofTwo[0].Name != "B" || ofTwo[1].Name != "C" {
		t.Errorf("of version 2: %v, %v; want B and C", ofTwo, err)
	}
}
