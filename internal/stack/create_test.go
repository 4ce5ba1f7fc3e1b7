package stack_test

import (
	"testing"

	"sluice/internal/fault"
	"sluice/internal/stack"
)

func TestCreateMakesResourcesInTheirOrder(t *testing.T) {
	b := newBench(t)
	s := b.create(things("A=1>B", "B=2>C", "C=3"))
	wantStatus(t, s, stack.CreateComplete, "")
	wantLines(t, "the orders", b.cloud.told(), []string{"create C", "create B", "create A"})
	wantLines(t, "the resources", b.statuses("shop"), []string{"A=CREATE_COMPLETE", "B=CREATE_COMPLETE", "C=CREATE_COMPLETE"})
	wantLines(t, "the events", b.story("shop"), []string{
		"shop CREATE_IN_PROGRESS User Initiated",
		"C CREATE_IN_PROGRESS", "C CREATE_IN_PROGRESS Resource creation Initiated", "C CREATE_COMPLETE",
		"B CREATE_IN_PROGRESS", "B CREATE_IN_PROGRESS Resource creation Initiated", "B CREATE_COMPLETE",
		"A CREATE_IN_PROGRESS", "A CREATE_IN_PROGRESS Resource creation Initiated", "A CREATE_COMPLETE",
		"shop CREATE_COMPLETE",
	})
}

func TestFailedCreationIsRolledBack(t *testing.T) {
	b := newBench(t)
	b.cloud.before = refuse("create B")
	s := b.create(things("A=1>B", "B=2>C", "C=3"))
	wantStatus(t, s, stack.RollbackComplete, "")
	wantLines(t, "what is there", b.cloud.values(), nil)
	wantLines(t, "the events", b.story("shop"), []string{
		"shop CREATE_IN_PROGRESS User Initiated",
		"C CREATE_IN_PROGRESS", "C CREATE_IN_PROGRESS Resource creation Initiated", "C CREATE_COMPLETE",
		"B CREATE_IN_PROGRESS", "B CREATE_FAILED create of B was refused",
		"shop ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [B]. Rollback requested by user.",
		"B DELETE_COMPLETE", "C DELETE_IN_PROGRESS", "C DELETE_COMPLETE",
		"shop ROLLBACK_COMPLETE",
	})
}

func TestDuplicateStackIsRefused(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1"))
	_, err := b.Create(t.Context(), request(things("A=1")))
	wantFault(t, err, fault.Conflict, "stack", "Stack [shop] already exists")
}

func TestUpdateChangesReplacesAndRemoves(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1>B", "B=2>C", "C=3"))
	b.cloud.reset()
	s := b.update(things("A=1>B", "B=4", "D=5"))
	wantStatus(t, s, stack.UpdateComplete, "")
	wantLines(t, "what is there", b.cloud.values(), []string{"shop-A=1", "shop-B=4", "shop-D=5"})
	wantLines(t, "the resources", b.statuses("shop"), []string{"A=CREATE_COMPLETE", "B=UPDATE_COMPLETE", "D=CREATE_COMPLETE"})
}

func TestDeleteGoesBackwards(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1>B", "B=2>C", "C=3"))
	b.cloud.reset()
	wantStatus(t, b.delete("shop"), stack.DeleteComplete, "")
	wantLines(t, "the orders", b.cloud.told(), []string{"delete A", "delete B", "delete C"})
}
