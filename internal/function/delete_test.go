package function_test

import (
	"context"
	"slices"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

func TestDelete(t *testing.T) {
	b := newBench(t)
	b.alias(t, "LIVE")
	b.invoke(t, "LIVE")
	if err := b.Delete(t.Context(), b.id); err != nil {
		t.Fatal(err)
	}
	_, err := b.Invoke(t.Context(), &function.Invocation{Function: b.id, Qualifier: "LIVE"})
	wantFault(t, err, fault.NotFound, "function")
	wantFault(t, b.Delete(t.Context(), b.id), fault.NotFound, "function")
	if retired := b.host.retired(); !slices.Contains(retired, 1) {
		t.Errorf("retired %v, want version 1 among them", retired)
	}
}

func TestAFunctionMadeAgainStartsAtVersion1(t *testing.T) {
	b := newBench(t)
	b.alias(t, "LIVE")
	b.invoke(t, "2")
	if err := b.Delete(t.Context(), b.id); err != nil {
		t.Fatal(err)
	}
	if n := b.release(t, "anew"); n != 1 {
		t.Errorf("published version %v, want 1", n)
	}
	_, err := b.Invoke(t.Context(), &function.Invocation{Function: b.id, Qualifier: "2"})
	wantFault(t, err, fault.NotFound, "function")
}

func TestDeleteVersion(t *testing.T) {
	b := newBench(t)
	b.alias(t, "LIVE")
	b.invoke(t, "2")
	wantFault(t, b.DeleteVersion(t.Context(), b.id, 1), fault.Conflict, "version")
	wantFault(t, b.DeleteVersion(t.Context(), b.id, function.Latest), fault.Invalid, "version")
	if err := b.DeleteVersion(t.Context(), b.id, 2); err != nil {
		t.Fatal(err)
	}
	_, err := b.Invoke(t.Context(), &function.Invocation{Function: b.id, Qualifier: "2"})
	wantFault(t, err, fault.NotFound, "function")
	if err := b.DeleteVersion(t.Context(), b.id, 2); err != nil {
		t.Errorf("deleting it again: %v, want no error", err)
	}
	if retired := b.host.retired(); !slices.Equal(retired, []function.Number{2}) {
		t.Errorf("retired %v, want version 2", retired)
	}
}

func TestDeleteVersionOfAMissingFunction(t *testing.T) {
	b := newBench(t)
	wantFault(t, b.DeleteVersion(t.Context(), b.id, 1), fault.NotFound, "function")
}

func TestDeletionsAreTold(t *testing.T) {
	b := newBench(t)
	b.alias(t, "LIVE")
	var told []function.ID
	b.OnDelete(func(_ context.Context, id function.ID) { told = append(told, id) })
	wantFault(t, b.Delete(t.Context(), function.ID{Scope: b.id.Scope, Name: "nobody"}), fault.NotFound, "function")
	for i, remove := range []func() error{
		func() error { return b.DeleteAlias(t.Context(), b.id, "LIVE") },
		func() error { return b.Delete(t.Context(), b.id) },
	} {
		if err := remove(); err != nil || len(told) != i+1 || told[i] != b.id {
			t.Errorf("deletion %d: %v, told %v", i, err, told)
		}
	}
}
