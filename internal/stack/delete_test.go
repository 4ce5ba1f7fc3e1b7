package stack_test

import (
	"context"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/stack"
)

func TestDeleteGoesBackwards(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1>B", "B=2>C", "C=3"))
	b.cloud.reset()
	s := b.delete("shop")
	wantStatus(t, s, stack.DeleteComplete, "")
	wantLines(t, "the orders", b.cloud.told(), []string{"delete A", "delete B", "delete C"})
	wantLines(t, "the resources", b.statuses(s.ID), []string{"A=DELETE_COMPLETE", "B=DELETE_COMPLETE", "C=DELETE_COMPLETE"})
	if s.Deleted.IsZero() {
		t.Error("nobody knows when it was deleted")
	}
	t.Run("and leaves the name", func(t *testing.T) {
		if again := b.create(things("A=1")); again.ID == s.ID {
			t.Error("the new stack has the old one's ID")
		}
	})
}

func TestFailedDeletionKeepsWhatIsNeeded(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1>B", "B=2>C", "C=3", "D=4"))
	b.cloud.before = refuse("delete B")
	s := b.delete("shop")
	wantStatus(t, s, stack.DeleteFailed, "The following resource(s) failed to delete: [B]. ")
	wantLines(t, "what is there", b.cloud.values(), []string{"shop-B=2", "shop-C=3"})
	t.Run("unless it is forced", func(t *testing.T) {
		if err := b.Delete(t.Context(), stack.Deletion{Scope: scope, Name: "shop", Force: true}); err != nil {
			t.Fatal(err)
		}
		wantStatus(t, b.rest(s.ID), stack.DeleteComplete, "")
		wantLines(t, "what is there", b.cloud.values(), []string{"shop-B=2"})
		wantLines(t, "the resources", b.statuses(s.ID), []string{"A=DELETE_COMPLETE", "B=DELETE_SKIPPED", "C=DELETE_COMPLETE", "D=DELETE_COMPLETE"})
	})
}

func TestDeletionIsRefused(t *testing.T) {
	b := newBench(t)
	s := b.create(things("A=1"), func(r *stack.Request) { r.Protected = true })
	for name, tt := range map[string]struct {
		deletion stack.Deletion
		message  string
	}{
		"of a protected stack": {stack.Deletion{Name: "shop"}, "Stack [shop] cannot be deleted while TerminationProtection is enabled"},
	} {
		t.Run(name, func(t *testing.T) {
			tt.deletion.Scope = scope
			wantFault(t, b.Delete(t.Context(), tt.deletion), fault.Invalid, "stack", tt.message)
		})
	}
	if _, err := b.Protect(t.Context(), scope, "shop", false); err != nil {
		t.Fatal(err)
	}
	t.Run("with resources to retain, for the first time", func(t *testing.T) {
		err := b.Delete(t.Context(), stack.Deletion{Scope: scope, Name: "shop", Retain: []string{"A"}})
		wantFault(t, err, fault.Invalid, "stack", "Invalid operation on stack ["+s.ID+"]. When you delete a stack, specify which resources to retain only when the "+
			"stack is in the DELETE_FAILED state.")
	})
	t.Run("but not of one that is not there", func(t *testing.T) {
		if err := b.Delete(t.Context(), stack.Deletion{Scope: scope, Name: "gone"}); err != nil {
			t.Error(err)
		}
	})
}

func TestDeletionEndsACreation(t *testing.T) {
	b := newBench(t)
	begun := make(chan struct{})
	b.cloud.before = func(ctx context.Context, verb string, _ *stack.Order) error {
		if verb == "delete" {
			return nil
		}
		close(begun)
		<-ctx.Done()
		return context.Cause(ctx)
	}
	s, err := b.Create(t.Context(), request(things("A=1", "B=1>A")))
	if err != nil {
		t.Fatal(err)
	}
	<-begun
	if err := b.Delete(t.Context(), stack.Deletion{Scope: scope, Name: "shop"}); err != nil {
		t.Fatal(err)
	}
	wantStatus(t, b.rest(s.ID), stack.DeleteComplete, "")
	wantLines(t, "the orders", b.cloud.told(), []string{"create A"})
}
