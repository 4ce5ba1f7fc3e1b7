package function_test

import (
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

func TestUpdateCodeIsServedByTheNextCall(t *testing.T) {
	b := newBench(t)
	b.release(t, "one")
	b.invoke(t, "")
	before := b.host.pools[0]
	if _, err := b.UpdateCode(t.Context(), b.id, function.CodeChange{Package: strings.NewReader("two")}); err != nil {
		t.Fatal(err)
	}
	b.invoke(t, "")
	if len(b.host.pools) != 2 || before.retirements != 1 || b.host.pools[1].last.InvokedARN == "" {
		t.Errorf("%d pools, the old one retired %d times; want the second to serve", len(b.host.pools), before.retirements)
	}
}

func TestASecondUpdateIsRefusedWhileTheFirstSettles(t *testing.T) {
	b := newBench(t)
	b.release(t, "one")
	if _, err := b.UpdateCode(t.Context(), b.id, function.CodeChange{Package: strings.NewReader("two")}); err != nil {
		t.Fatal(err)
	}
	_, err := b.UpdateCode(t.Context(), b.id, function.CodeChange{Package: strings.NewReader("three")})
	wantFault(t, err, fault.Conflict, "update")
	_, err = b.UpdateConfig(t.Context(), b.id, function.ConfigChange{Apply: func(*function.Config) {}})
	wantFault(t, err, fault.Conflict, "update")
}

func TestUpdateCodeCanPublish(t *testing.T) {
	b := newBench(t)
	b.release(t, "one")
	v, err := b.UpdateCode(t.Context(), b.id, function.CodeChange{Package: strings.NewReader("two"), Publish: true})
	if err != nil || v.Number != 2 || v.Settling == nil || !v.Settling.Creating {
		t.Errorf("updated %+v, %v; want a settling version 2", v, err)
	}
}

func TestADryRunChangesNothing(t *testing.T) {
	b := newBench(t)
	b.release(t, "one")
	before, _ := b.Find(t.Context(), b.id, "")
	v, err := b.UpdateCode(t.Context(), b.id, function.CodeChange{Package: strings.NewReader("two"), DryRun: true, Publish: true})
	if err != nil || v.Code == before.Version.Code {
		t.Errorf("dry run %+v, %v; want the new code in the answer", v, err)
	}
	after, _ := b.Find(t.Context(), b.id, "")
	if after.Version.Code != before.Version.Code || after.Version.RevisionID != before.Version.RevisionID {
		t.Errorf("after the dry run %+v, want %+v", after.Version, before.Version)
	}
}

func TestUpdateRefuses(t *testing.T) {
	b := newBench(t)
	b.release(t, "one")
	_, err := b.UpdateCode(t.Context(), b.id, function.CodeChange{Package: strings.NewReader("two"), Revision: "wrong"})
	wantFault(t, err, fault.Precondition, "revision")
	_, err = b.UpdateCode(t.Context(), b.id, function.CodeChange{Package: strings.NewReader("broken")})
	wantFault(t, err, fault.Invalid, "package")
	_, err = b.UpdateConfig(t.Context(), b.id, function.ConfigChange{Apply: func(c *function.Config) { c.Runtime = "x" }})
	wantFault(t, err, fault.Invalid, "configuration")
	b.id.Name = "missing"
	_, err = b.UpdateCode(t.Context(), b.id, function.CodeChange{Package: strings.NewReader("two")})
	wantFault(t, err, fault.NotFound, "function")
}

func TestUpdateChangesTheRevisionTwice(t *testing.T) {
	b := newBench(t)
	b.release(t, "one")
	before, _ := b.Find(t.Context(), b.id, "")
	v, err := b.UpdateConfig(t.Context(), b.id, function.ConfigChange{Apply: func(c *function.Config) { c.Timeout = 5 }})
	if err != nil {
		t.Fatal(err)
	}
	settled := v.At(v.Settling.Until)
	if v.RevisionID == before.Version.RevisionID || settled.RevisionID == v.RevisionID {
		t.Errorf("revisions %s, %s, %s; want three", before.Version.RevisionID, v.RevisionID, settled.RevisionID)
	}
}
