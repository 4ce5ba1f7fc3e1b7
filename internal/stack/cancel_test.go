package stack_test

import (
	"context"
	"slices"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/stack"
)

// halting waits in the updates of a resource until they are cancelled, and tells when they began.
func halting(logicalID string) (begun chan struct{}, before func(context.Context, string, *stack.Order) error) {
	begun = make(chan struct{}, 1)
	return begun, func(ctx context.Context, verb string, o *stack.Order) error {
		if verb != "update" || o.LogicalID != logicalID || o.Undo {
			return nil
		}
		begun <- struct{}{}
		<-ctx.Done()
		return context.Cause(ctx)
	}
}

func TestCancelledUpdateIsTakenBack(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1", "B=1>A"))
	begun, before := halting("B")
	b.cloud.before = before
	s, err := b.Update(t.Context(), request(things("A=2", "B=2>A")))
	if err != nil {
		t.Fatal(err)
	}
	<-begun
	t.Run("while a second update is refused", func(t *testing.T) {
		_, err := b.Update(t.Context(), request(things("A=3")))
		wantFault(t, err, fault.Invalid, "stack", "Stack:"+s.ID+" is in UPDATE_IN_PROGRESS state and can not be updated.")
	})
	t.Run("and so is a deletion", func(t *testing.T) {
		err := b.Delete(t.Context(), stack.Deletion{Scope: scope, Name: "shop"})
		wantFault(t, err, fault.Invalid, "stack", "Stack ["+s.ID+"] cannot be deleted while in status UPDATE_IN_PROGRESS")
	})
	if err := b.Cancel(t.Context(), scope, "shop", ""); err != nil {
		t.Fatal(err)
	}
	wantStatus(t, b.rest(s.ID), stack.UpdateRollbackComplete, "")
	wantLines(t, "what is there", b.cloud.values(), []string{"shop-A=1", "shop-B=1"})
	told := b.story("shop")
	for _, want := range []string{"B UPDATE_FAILED Resource update cancelled", "shop UPDATE_ROLLBACK_IN_PROGRESS User Initiated"} {
		if !slices.Contains(told, want) {
			t.Errorf("no %q in %q", want, told)
		}
	}
	wantFault(t, b.Cancel(t.Context(), scope, "shop", ""), fault.Invalid, "stack", "CancelUpdateStack cannot be called from current stack status")
}

func TestStoppedServerLeavesOrdersToTheNext(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1"))
	begun, before := halting("A")
	b.cloud.before = before
	s, err := b.Update(t.Context(), request(things("A=2")))
	if err != nil {
		t.Fatal(err)
	}
	<-begun
	b.Close()
	b.cloud.before = nil
	b.restart()
	wantStatus(t, b.rest(s.ID), stack.UpdateComplete, "")
	wantLines(t, "the orders", b.cloud.told(), []string{"create A", "update A", "update A repeated"})
}

func TestCancelledUpdateIsTakenBackByTheNextServer(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1"))
	begun := make(chan struct{}, 1)
	b.cloud.before = func(ctx context.Context, verb string, o *stack.Order) error {
		begun <- struct{}{}
		<-ctx.Done()
		return context.Cause(ctx)
	}
	s, err := b.Update(t.Context(), request(things("A=2")))
	if err != nil {
		t.Fatal(err)
	}
	<-begun
	b.Close() // the order is interrupted before the client's wish comes
	b.Service = stack.New(b.cfg)
	b.cloud.before = nil
	if err := b.Cancel(t.Context(), scope, "shop", ""); err != nil {
		t.Fatal(err)
	}
	if err := b.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantStatus(t, b.rest(s.ID), stack.UpdateRollbackComplete, "")
	wantLines(t, "the orders", b.cloud.told(), []string{"create A", "update A", "update A undo"})
	wantLines(t, "what is there", b.cloud.values(), []string{"shop-A=1"})
}
