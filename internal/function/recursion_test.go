package function_test

import (
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

func (b *bench) wantRecursion(t *testing.T, want string) {
	t.Helper()
	if got, err := b.Recursion(t.Context(), b.id); err != nil || got != want {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
}

func TestRecursionIsTerminatedUnlessItIsAllowed(t *testing.T) {
	b := newBench(t)
	b.release(t, "code")
	b.wantRecursion(t, function.RecursionTerminated)
	for _, set := range []string{function.RecursionAllowed, function.RecursionTerminated, function.RecursionAllowed} {
		if err := b.SetRecursion(t.Context(), b.id, set); err != nil {
			t.Fatal(err)
		}
		b.wantRecursion(t, set)
	}
	b.release(t, "next")
	b.wantRecursion(t, function.RecursionAllowed)
}

// Setting it is no change of code or configuration, which would make a version or stop processes.
func TestRecursionIsNoConfiguration(t *testing.T) {
	b := newBench(t)
	b.release(t, "one")
	b.invoke(t, "")
	before, err := b.Find(t.Context(), b.id, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.SetRecursion(t.Context(), b.id, function.RecursionAllowed); err != nil {
		t.Fatal(err)
	}
	after, err := b.Find(t.Context(), b.id, "")
	if err != nil || after.Version.RevisionID != before.Version.RevisionID || len(b.host.retired()) > 0 {
		t.Errorf("revision %s after %s, %v retired, %v", after.Version.RevisionID, before.Version.RevisionID, b.host.retired(), err)
	}
	if v, err := b.Publish(t.Context(), b.id, function.Publication{}); err != nil || v.Number != 1 {
		t.Errorf("published %+v, %v", v, err)
	}
}

func TestRecursionOfAFunctionThatIsNotThere(t *testing.T) {
	b := newBench(t)
	_, err := b.Recursion(t.Context(), b.id)
	wantFault(t, err, fault.NotFound, "function")
	wantFault(t, b.SetRecursion(t.Context(), b.id, function.RecursionAllowed), fault.NotFound, "function")
}
