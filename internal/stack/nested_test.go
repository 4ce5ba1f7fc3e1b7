package stack_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/stack"
)

const told = "Outputs: {Value: {Value: !GetAtt A.Value, Export: {Name: value}}}\n"

func TestNestedStackThatFailsRollsItselfAndItsParentBack(t *testing.T) {
	b := newNestBench(t, map[string]string{"one": things("A=1", "B=1>A"), "two": things("A=2", "B=2>A")})
	b.create(holds("one", "1"))
	b.cloud.before = failing("update B")
	s := b.update(holds("two", "1"))
	wantStatus(t, s, stack.UpdateRollbackComplete, "")
	child := b.child("shop")
	wantStatus(t, child, stack.UpdateRollbackComplete, "")
	wantLines(t, "things", b.things(), []string{"A=1", "B=1", "Z=1"})
	reason := "N UPDATE_FAILED Embedded stack " + child.ID + " was not successfully updated. Currently in UPDATE_ROLLBACK_IN_PROGRESS with reason: " +
		"The following resource(s) failed to update: [B]."
	if story := b.story("shop"); !slices.Contains(story, reason) {
		t.Errorf("the events are\n  %s\nwithout\n  %s", strings.Join(story, "\n  "), reason)
	}
	b.cloud.before = nil
	wantStatus(t, b.update(holds("two", "1")), stack.UpdateComplete, "")
	wantLines(t, "things", b.things(), []string{"A=2", "B=2", "Z=1"})
}

// The update of the second level is the root's to commit or to take back, at once with that of the first.
func TestNestedStacksAreTakenBackWithTheirRoot(t *testing.T) {
	b := newNestBench(t, map[string]string{
		"inner1": things("A=1", "B=1") + told, "inner2": things("A=2", "C=2") + told, "outer1": holds("inner1", "1"), "outer2": holds("inner2", "2"),
	})
	b.create(holds("outer1", "1"))
	names := b.cloud.names()
	b.cloud.reset()
	held := map[string]stack.Status{}
	b.cloud.before = func(_ context.Context, verb string, o *stack.Order) error {
		if o.Stack.Name != "shop" || o.Undo {
			return nil
		}
		outer := b.child("shop")
		inner := b.child(outer.ID)
		held["outer"], held["inner"] = outer.Status, inner.Status
		if inner.Outputs[0].Value != "2" {
			t.Errorf("the outputs are %v", inner.Outputs)
		}
		for name, err := range map[string]error{
			"update": second(b.Update(t.Context(), request(things("A=3"), func(r *stack.Request) { r.Name = inner.ID }))),
			"delete": b.Delete(t.Context(), stack.Deletion{Scope: scope, Name: inner.ID}),
			"cancel": b.Cancel(t.Context(), scope, inner.ID, ""),
		} {
			if !fault.Is(err, fault.Invalid, "stack") {
				t.Errorf("a client's %s of a held stack: %v", name, err)
			}
		}
		return errors.New("refused")
	}
	wantStatus(t, b.update(holds("outer2", "2")), stack.UpdateRollbackComplete, "")
	if held["outer"] != stack.UpdateCleanupInProgress || held["inner"] != stack.UpdateCleanupInProgress {
		t.Errorf("meanwhile they were %v", held)
	}
	outer := b.child("shop")
	inner := b.child(outer.ID)
	wantStatus(t, outer, stack.UpdateRollbackComplete, "")
	wantStatus(t, inner, stack.UpdateRollbackComplete, "")
	wantLines(t, "names", b.cloud.names(), names)
	if !slices.Contains(b.cloud.told(), "update A undo") || slices.Contains(b.cloud.told(), "delete B cleanup") {
		t.Errorf("the orders are %v", b.cloud.told())
	}
	exports, _, err := b.Exports(t.Context(), scope, "", 0)
	if err != nil || len(exports) != 1 || exports[0].Value != "1" || inner.Outputs[0].Value != "1" {
		t.Errorf("the exports are %v, the outputs %v, %v", exports, inner.Outputs, err)
	}
	wantLines(t, "things", b.things(), []string{"A=1", "B=1", "Z=1", "Z=1"})
	b.cloud.before = nil
	wantStatus(t, b.update(holds("outer2", "2")), stack.UpdateComplete, "")
	wantStatus(t, b.child(outer.ID), stack.UpdateComplete, "")
	wantLines(t, "things", b.things(), []string{"A=2", "C=2", "Z=2", "Z=2"})
	if got := b.child(outer.ID); got.Goal != got.Goals || got.Operation != nil {
		t.Errorf("after the commit it is %+v", got)
	}
	b.delete("shop")
	wantLines(t, "what is left", b.things(), nil)
}

func second[T any](_ T, err error) error { return err }

// A server that ends while the parent is still at work finds the nested stack held, whatever comes then.
func TestHeldStacksSurviveTheServer(t *testing.T) {
	for name, tt := range map[string]struct {
		fails bool
		ends  stack.Status
		there []string
	}{
		"committed":  {false, stack.UpdateComplete, []string{"A=2", "C=2", "Z=2"}},
		"taken back": {true, stack.UpdateRollbackComplete, []string{"A=1", "B=1", "Z=1"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := newNestBench(t, map[string]string{"one": things("A=1", "B=1"), "two": things("A=2", "C=2")})
			b.create(holds("one", "1"))
			at := make(chan struct{})
			b.cloud.before = func(ctx context.Context, _ string, o *stack.Order) error {
				if o.LogicalID != "Z" || o.Undo {
					return nil
				}
				if !o.Repeated {
					close(at)
					<-ctx.Done()
					return context.Cause(ctx)
				}
				if tt.fails {
					return errors.New("refused")
				}
				return nil
			}
			s, err := b.Update(t.Context(), request(holds("two", "2")))
			if err != nil {
				t.Fatal(err)
			}
			<-at
			b.Close()
			b.serve()
			wantStatus(t, b.rest(s.ID), tt.ends, "")
			wantStatus(t, b.child("shop"), tt.ends, "")
			wantLines(t, "things", b.things(), tt.there)
		})
	}
}

// What an update that was left as it failed has done is the parent's next update's to go on from, or its rollback's to take back.
func TestHeldStackOfAParentWhoseUpdateWasLeftAsItFailed(t *testing.T) {
	stay := func(r *stack.Request) { r.DisableRollback = new(true) }
	start := func(t *testing.T) *nestBench {
		b := newNestBench(t, map[string]string{"one": things("A=1", "B=1") + told, "two": things("A=2", "C=2") + told, "three": things("A=3", "B=3") + told})
		b.create(holds("one", "1"))
		b.cloud.before = failing("update Z")
		if s := b.update(holds("two", "2"), stay); s.Status != stack.UpdateFailed || b.child("shop").Status != stack.UpdateCleanupInProgress {
			t.Fatalf("the stack is %s, its child %s", s.Status, b.child("shop").Status)
		}
		b.cloud.before = nil
		return b
	}
	t.Run("goes on", func(t *testing.T) {
		b := start(t)
		wantStatus(t, b.update(holds("three", "3"), stay), stack.UpdateComplete, "")
		wantStatus(t, b.child("shop"), stack.UpdateComplete, "")
		wantLines(t, "things", b.things(), []string{"A=3", "B=3", "Z=3"})
	})
	t.Run("is taken back", func(t *testing.T) {
		b := start(t)
		if _, err := b.Rollback(t.Context(), scope, "shop", "", ""); err != nil {
			t.Fatal(err)
		}
		wantStatus(t, b.rest(b.child("shop").Parent), stack.UpdateRollbackComplete, "")
		wantLines(t, "things", b.things(), []string{"A=1", "B=1", "Z=1"})
		if out := b.child("shop").Outputs; out[0].Value != "1" {
			t.Errorf("the outputs are %v", out)
		}
	})
	t.Run("fails by itself, and is taken back", func(t *testing.T) {
		b := start(t)
		b.cloud.before = failing("update A")
		if s := b.update(holds("three", "3"), stay); s.Status != stack.UpdateFailed {
			t.Fatalf("the stack is %s", s.Status)
		}
		if child := b.child("shop"); child.Status != stack.UpdateRollbackComplete || child.Outputs[0].Value != "1" {
			t.Errorf("the child is %s with %v", child.Status, child.Outputs)
		}
		if _, err := b.Rollback(t.Context(), scope, "shop", "", ""); err != nil {
			t.Fatal(err)
		}
		wantStatus(t, b.rest(b.child("shop").Parent), stack.UpdateRollbackComplete, "")
		wantLines(t, "things", b.things(), []string{"A=1", "B=1", "Z=1"})
	})
	t.Run("is deleted", func(t *testing.T) {
		b := start(t)
		wantStatus(t, b.delete("shop"), stack.DeleteComplete, "")
		wantLines(t, "things", b.things(), nil)
	})
}

func TestRollbackOfANestedStackThatFailedIsContinuedByItsParents(t *testing.T) {
	b := newNestBench(t, map[string]string{"one": things("A=1"), "two": things("A=2")})
	b.create(holds("one", "1"))
	b.cloud.before = func(_ context.Context, _ string, o *stack.Order) error {
		if o.LogicalID == "Z" || o.Undo {
			return errors.New("refused")
		}
		return nil
	}
	if s := b.update(holds("two", "2")); s.Status != stack.UpdateRollbackFailed || b.child("shop").Status != stack.UpdateRollbackFailed {
		t.Fatalf("the stack is %s, its child %s", s.Status, b.child("shop").Status)
	}
	b.cloud.before = nil
	if err := b.ContinueRollback(t.Context(), scope, "shop", nil, "", ""); err != nil {
		t.Fatal(err)
	}
	wantStatus(t, b.rest(b.child("shop").Parent), stack.UpdateRollbackComplete, "")
	wantStatus(t, b.child("shop"), stack.UpdateRollbackComplete, "")
	wantLines(t, "things", b.things(), []string{"A=1", "Z=1"})
}

// Whenever the server is killed, a root and what it nests end together: as asked for, or as they were.
func TestNestedUpdatesSurviveKills(t *testing.T) {
	for _, fails := range []bool{false, true} {
		for writes, killed := 2, true; killed; writes += 3 {
			if killed = updateNestedUnderAKill(t, writes, fails); t.Failed() {
				t.Fatalf("after %d writes, failing %t", writes, fails)
			}
		}
	}
}

// updateNestedUnderAKill kills the server after some writes of an update, which may fail, and starts another one. It returns whether the
// update went on until then.
func updateNestedUnderAKill(t *testing.T, writes int, fails bool) (killed bool) {
	b := newNestBench(t, map[string]string{
		"inner1": things("A=1", "B=1"), "inner2": things("A=2", "C=2"), "outer1": holds("inner1", "1"), "outer2": holds("inner2", "2"),
	})
	b.create(holds("outer1", "1"))
	b.Close()
	m := &mortal{Store: b.store, cloud: b.cloud, writes: 1 + writes}
	b.cfg.Store, b.nest.things = m, m
	b.cloud.before = func(_ context.Context, _ string, o *stack.Order) error {
		if fails && o.LogicalID == "Z" && o.Stack.Name == "shop" && !o.Undo {
			return errors.New("refused")
		}
		return nil
	}
	b.serve()
	s, err := b.Update(t.Context(), request(holds("outer2", "2")))
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.Wait(t.Context(), s.ID)
	b.Close()
	m.revive()
	b.serve()
	want, there := stack.UpdateComplete, []string{"A=2", "C=2", "Z=2", "Z=2"}
	if fails {
		want, there = stack.UpdateRollbackComplete, []string{"A=1", "B=1", "Z=1", "Z=1"}
	}
	outer := b.child("shop")
	for _, each := range []*stack.Stack{s, outer, b.child(outer.ID)} {
		wantStatus(t, b.rest(each.ID), want, "")
	}
	wantLines(t, "things", b.things(), there)
	return err != nil
}

// revive lets a server live on.
func (m *mortal) revive() {
	m.mu.Lock()
	m.writes = 1 << 30
	m.mu.Unlock()
}
