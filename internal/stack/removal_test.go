package stack_test

import (
	"context"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/stack"
)

func kept(policy string) string {
	return "--- {Resources: {A: {Type: 'Test::Thing', DeletionPolicy: " + policy + ", Properties: {Value: '1'}}, " +
		"B: {Type: 'Test::Thing', DependsOn: A, Properties: {Value: '1'}}}}"
}

// What each policy keeps, and of what: of a stack that is deleted, of a creation that is taken back, of a template that has it no more.
func TestDeletionPolicies(t *testing.T) {
	for policy, want := range map[string]struct{ deleted, rolledBack, removed []string }{
		"Delete":               {nil, nil, nil},
		"Retain":               {[]string{"shop-A=1"}, []string{"shop-A=1"}, []string{"shop-A=1"}},
		"RetainExceptOnCreate": {[]string{"shop-A=1"}, nil, []string{"shop-A=1"}},
	} {
		t.Run(policy+", deleted", func(t *testing.T) {
			b := newBench(t)
			b.create(kept(policy))
			wantStatus(t, b.delete("shop"), stack.DeleteComplete, "")
			wantLines(t, "left", b.cloud.values(), want.deleted)
		})
		t.Run(policy+", rolled back", func(t *testing.T) {
			b := newBench(t)
			b.cloud.before = refuse("create B")
			wantStatus(t, b.create(kept(policy)), stack.RollbackComplete, "")
			wantLines(t, "left", b.cloud.values(), want.rolledBack)
		})
		t.Run(policy+", no longer wanted", func(t *testing.T) {
			b := newBench(t)
			b.create(kept(policy))
			wantStatus(t, b.update(things("C=1")), stack.UpdateComplete, "")
			wantLines(t, "left", b.cloud.values(), append(want.removed[:len(want.removed):len(want.removed)], "shop-C=1"))
			wantLines(t, "the resources", b.statuses("shop"), []string{"C=CREATE_COMPLETE"})
		})
	}
}

// A rollback that can't delete says so; the stack can be deleted later.
func TestRollbackThatCanNotDelete(t *testing.T) {
	b := newBench(t)
	b.cloud.before = refuse("create B", "delete A")
	s := b.create(things("A=1", "B=1>A"))
	wantStatus(t, s, stack.RollbackFailed, "The following resource(s) failed to delete: [A]. ")
	_, err := b.Update(t.Context(), request(things("A=2")))
	wantFault(t, err, fault.Invalid, "stack", "Stack:"+s.ID+" is in ROLLBACK_FAILED state and can not be updated.")
	wantStatus(t, b.delete("shop"), stack.DeleteFailed, "The following resource(s) failed to delete: [A]. ")
	b.cloud.before = nil
	wantStatus(t, b.delete(s.ID), stack.DeleteComplete, "")
	wantLines(t, "left", b.cloud.values(), nil)
}

// One resource that stays keeps those that it needs, and lets the others go.
func TestDeletionGoesOnBesideAFailure(t *testing.T) {
	b := newBench(t)
	s := b.create(things("A=1", "B=1>A", "C=1"))
	b.cloud.before = refuse("delete B")
	wantStatus(t, b.delete("shop"), stack.DeleteFailed, "The following resource(s) failed to delete: [B]. ")
	wantLines(t, "the resources", b.statuses(s.ID), []string{"A=CREATE_COMPLETE", "B=DELETE_FAILED", "C=DELETE_COMPLETE"})
	for name, tt := range map[string]struct {
		deletion stack.Deletion
		part     string
	}{
		"what there is not": {stack.Deletion{Retain: []string{"X"}}, "The specified resources to retain must be in a valid state. Do not specify stack resources that are in DELETE_COMPLETE state: [X]"},
	} {
		t.Run("which can't retain "+name, func(t *testing.T) {
			tt.deletion.Scope, tt.deletion.Name = scope, s.ID
			wantFault(t, b.Delete(t.Context(), tt.deletion), fault.Invalid, "stack", tt.part)
		})
	}
	b.cloud.reset()
	if err := b.Delete(t.Context(), stack.Deletion{Scope: scope, Name: s.ID, Retain: []string{"B"}, Role: "sweeper", Token: "again"}); err != nil {
		t.Fatal(err)
	}
	gone := b.rest(s.ID)
	wantStatus(t, gone, stack.DeleteComplete, "")
	wantLines(t, "the orders", b.cloud.told(), []string{"delete A"})
	wantLines(t, "left", b.cloud.values(), []string{"shop-B=1"})
	if gone.Role != "sweeper" || gone.Token != "again" {
		t.Errorf("it went as %q, %q", gone.Role, gone.Token)
	}
}

// A second wish for a deletion changes nothing; one during a rollback comes after it.
func TestDeletionsOfWhatGoesAnyway(t *testing.T) {
	waiting := func(b *bench, verb string) (began, goOn chan struct{}) {
		began, goOn = make(chan struct{}), make(chan struct{})
		b.cloud.before = func(_ context.Context, asked string, o *stack.Order) error {
			if asked == verb && o.LogicalID == "A" {
				close(began)
				<-goOn
			}
			return refuse("create B")(context.Background(), asked, o)
		}
		return began, goOn
	}
	erase := func(b *bench, id string) {
		b.t.Helper()
		if err := b.Delete(b.t.Context(), stack.Deletion{Scope: scope, Name: id}); err != nil {
			b.t.Fatal(err)
		}
	}
	t.Run("a deletion", func(t *testing.T) {
		b := newBench(t)
		s := b.create(things("A=1"))
		began, goOn := waiting(b, "delete")
		erase(b, s.ID)
		<-began
		erase(b, s.ID)
		close(goOn)
		wantStatus(t, b.rest(s.ID), stack.DeleteComplete, "")
		wantLines(t, "the orders", b.cloud.told(), []string{"create A", "delete A"})
		erase(b, s.ID)
		wantLines(t, "the orders after a third", b.cloud.told(), []string{"create A", "delete A"})
	})
	t.Run("a rollback", func(t *testing.T) {
		b := newBench(t)
		began, goOn := waiting(b, "delete")
		s, err := b.Create(t.Context(), request(things("A=1", "B=1>A")))
		if err != nil {
			t.Fatal(err)
		}
		<-began
		erase(b, s.ID)
		close(goOn)
		wantStatus(t, b.rest(s.ID), stack.DeleteComplete, "")
	})
}

// The replaced one goes in the cleanup; what can't go then is forgotten, and the update stands.
func TestCleanupOfReplacements(t *testing.T) {
	for name, tt := range map[string]struct {
		refused string
		reason  string
		want    []string
	}{
		"goes":   {"", "", []string{"two=b"}},
		"remain": {"delete A", "Update successful. One or more resources could not be deleted.", []string{"one=a", "two=b"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			thing := func(name, value string) string {
				return "--- {Resources: {A: {Type: 'Test::Thing', Properties: {Name: " + name + ", Value: " + value + "}}}}"
			}
			b.create(thing("one", "a"))
			b.cloud.before = refuse(tt.refused)
			wantStatus(t, b.update(thing("two", "b")), stack.UpdateComplete, tt.reason)
			wantLines(t, "left", b.cloud.values(), tt.want)
			wantLines(t, "the resources", b.statuses("shop"), []string{"A=UPDATE_COMPLETE"})
		})
	}
}
