package function_test

import (
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

func move(b *bench, weight function.Weight, last bool) function.Move {
	return function.Move{
		Deployment: "d-1", Function: b.id, Alias: "LIVE", Current: 1, Target: 2, Weight: weight, Last: last,
	}
}

func claimed(t *testing.T) *bench {
	t.Helper()
	b := newBench(t)
	b.alias(t, "LIVE")
	if err := b.Claim(t.Context(), move(b, 0, false)); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestMovesOfADeployment(t *testing.T) {
	b := claimed(t)
	for _, step := range []struct {
		move                function.Move
		version, additional function.Number
		owner               string
	}{
		{move(b, 0, false), 1, 0, "d-1"},
		{move(b, 0.1, false), 1, 2, "d-1"},
		{move(b, 0.1, false), 1, 2, "d-1"},
		{move(b, 1, false), 2, 0, "d-1"},
		{move(b, 1, true), 2, 0, ""},
		{move(b, 1, true), 2, 0, ""},
	} {
		if err := b.Move(t.Context(), step.move); err != nil {
			t.Fatal(err)
		}
		a, err := b.Alias(t.Context(), b.id, "LIVE")
		if err != nil || a.Version != step.version || a.Additional != step.additional || a.Deployment != step.owner {
			t.Errorf("after %+v the alias is %+v, %v", step.move, a, err)
		}
	}
	if n := b.invoke(t, "LIVE"); n != 2 {
		t.Errorf("version %v ran, want 2", n)
	}
}

func TestAMoveBackEndsAtTheCurrentVersion(t *testing.T) {
	b := claimed(t)
	for _, m := range []function.Move{move(b, 0.5, false), move(b, 0, true)} {
		if err := b.Move(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	a, err := b.Alias(t.Context(), b.id, "LIVE")
	if err != nil || a.Version != 1 || a.Additional != 0 || a.Deployment != "" {
		t.Errorf("alias %+v, %v; want version 1 alone and no owner", a, err)
	}
}

func TestNobodyElseMovesAClaimedAlias(t *testing.T) {
	b := claimed(t)
	two := function.Number(2)
	_, err := b.UpdateAlias(t.Context(), b.id, "LIVE", function.AliasChange{Version: &two})
	wantFault(t, err, fault.Conflict, "deployment")
	_, err = b.UpdateAlias(t.Context(), b.id, "LIVE", function.AliasChange{Routing: function.Routing{}})
	wantFault(t, err, fault.Conflict, "deployment")
	wantFault(t, b.DeleteAlias(t.Context(), b.id, "LIVE"), fault.Conflict, "deployment")
	other := move(b, 0, false)
	other.Deployment = "d-2"
	wantFault(t, b.Claim(t.Context(), other), fault.Conflict, "deployment")
	wantFault(t, b.Move(t.Context(), other), fault.Conflict, "deployment")
	if _, err := b.UpdateAlias(t.Context(), b.id, "LIVE", function.AliasChange{Description: new("new")}); err != nil {
		t.Errorf("a new description: %v, want no error", err)
	}
}

func TestVersionsOfADeploymentCantBeDeleted(t *testing.T) {
	b := claimed(t)
	wantFault(t, b.DeleteVersion(t.Context(), b.id, 2), fault.Conflict, "version")
	if err := b.Move(t.Context(), move(b, 1, false)); err != nil {
		t.Fatal(err)
	}
	wantFault(t, b.DeleteVersion(t.Context(), b.id, 1), fault.Conflict, "version")
}

func TestClaimRefuses(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*function.Move)
		kind   fault.Kind
		noun   string
	}{
		"a missing alias":        {func(m *function.Move) { m.Alias = "NONE" }, fault.NotFound, "alias"},
		"a missing function":     {func(m *function.Move) { m.Function.Name = "none" }, fault.NotFound, "alias"},
		"a missing target":       {func(m *function.Move) { m.Target = 3 }, fault.NotFound, "function"},
		"another current":        {func(m *function.Move) { m.Current = 2; m.Target = 1 }, fault.Conflict, "alias"},
		"$LATEST as the current": {func(m *function.Move) { m.Current = function.Latest }, fault.Conflict, "alias"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.alias(t, "LIVE")
			m := move(b, 0, false)
			tt.change(&m)
			wantFault(t, b.Claim(t.Context(), m), tt.kind, tt.noun)
		})
	}
	t.Run("a split alias", func(t *testing.T) {
		b := newBench(t)
		b.alias(t, "LIVE")
		if _, err := b.UpdateAlias(t.Context(), b.id, "LIVE", function.AliasChange{Routing: function.Routing{2: 0.5}}); err != nil {
			t.Fatal(err)
		}
		wantFault(t, b.Claim(t.Context(), move(b, 0, false)), fault.Conflict, "alias")
	})
}

func TestClaimCanBeRepeated(t *testing.T) {
	b := claimed(t)
	if err := b.Move(t.Context(), move(b, 0.1, false)); err != nil {
		t.Fatal(err)
	}
	if err := b.Claim(t.Context(), move(b, 0, false)); err != nil {
		t.Errorf("claimed again: %v, want no error", err)
	}
}

func TestALastMoveMayHandTheAliasOver(t *testing.T) {
	b := claimed(t)
	last := move(b, 0.4, true)
	last.Heir = "d-2"
	for range 2 { // the second finds the alias the heir's
		if err := b.Move(t.Context(), last); err != nil {
			t.Fatal(err)
		}
	}
	a, err := b.Alias(t.Context(), b.id, "LIVE")
	if err != nil || a.Deployment != "d-2" || a.Version != 1 || a.Additional != 2 {
		t.Errorf("the alias is %+v, %v", a, err)
	}
	back := function.Move{Deployment: "d-2", Function: b.id, Alias: "LIVE", Current: 2, Target: 1, Weight: 0.8, Return: true}
	if err := b.Claim(t.Context(), back); err != nil {
		t.Errorf("the heir's claim: %v", err)
	}
	if err := b.Move(t.Context(), back); err != nil {
		t.Fatal(err)
	}
	if a, err = b.Alias(t.Context(), b.id, "LIVE"); err != nil || a.Version != 2 || a.Additional != 1 || a.Weight != 0.8 {
		t.Errorf("on its way back the alias is %+v, %v", a, err)
	}
}

func TestAReturnMayFindTheAliasWhereItGoes(t *testing.T) {
	b := newBench(t)
	b.alias(t, "LIVE")
	back := function.Move{Deployment: "d-2", Function: b.id, Alias: "LIVE", Current: 2, Target: 1, Return: true}
	if err := b.Claim(t.Context(), back); err != nil {
		t.Error(err)
	}
}

func TestBothVersionsAreHeldWhileADeploymentIsOpen(t *testing.T) {
	b := newBench(t)
	b.alias(t, "LIVE")
	b.invoke(t, "LIVE")
	if err := b.Claim(t.Context(), move(b, 0, false)); err != nil {
		t.Fatal(err)
	}
	for _, weight := range []function.Weight{0, 0.1, 1} {
		if err := b.Move(t.Context(), move(b, weight, false)); err != nil {
			t.Fatal(err)
		}
		for _, n := range []function.Number{1, 2} {
			if holds := b.host.holds(n); holds != 1 {
				t.Errorf("at %v version %v is held %d times, want once", weight, n, holds)
			}
		}
	}
	if err := b.Move(t.Context(), move(b, 1, true)); err != nil {
		t.Fatal(err)
	}
	if b.host.holds(1) != 0 || b.host.holds(2) != 0 {
		t.Errorf("after the end the versions are held %d and %d times", b.host.holds(1), b.host.holds(2))
	}
}

func TestMoveOfADeletedAlias(t *testing.T) {
	b := claimed(t)
	if err := b.Delete(t.Context(), b.id); err != nil {
		t.Fatal(err)
	}
	wantFault(t, b.Move(t.Context(), move(b, 0.1, false)), fault.NotFound, "alias")
}

func TestWarm(t *testing.T) {
	b := newBench(t)
	b.alias(t, "LIVE")
	if err := b.Warm(t.Context(), b.id, 2); err != nil {
		t.Fatal(err)
	}
	if last := b.host.pools[len(b.host.pools)-1]; last.version.Number != 2 || last.warmed != 1 {
		t.Errorf("warmed %d of version %v, want 1 of version 2", last.warmed, last.version.Number)
	}
	wantFault(t, b.Warm(t.Context(), b.id, 9), fault.NotFound, "function")
}
