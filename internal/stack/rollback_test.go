package stack_test

import (
	"testing"

	"sluice/internal/fault"
	"sluice/internal/stack"
)

func left(r *stack.Request) { r.OnFailure = stack.OnFailureNothing }

func leftAlone(r *stack.Request) { r.DisableRollback = new(true) }

func TestCreationThatWasLeftIsRolledBackOnDemand(t *testing.T) {
	b := newBench(t)
	b.cloud.before = refuse("create B")
	s := b.create(things("A=1", "B=1>A"), left)
	wantStatus(t, s, stack.CreateFailed, "The following resource(s) failed to create: [B]. ")
	wantLines(t, "what is there", b.cloud.values(), []string{"shop-A=1"})
	begun, err := b.Rollback(t.Context(), scope, "shop", "arn:aws:iam::123456789012:role/other", "again")
	if err != nil || begun.Role != "arn:aws:iam::123456789012:role/other" || begun.Token != "again" {
		t.Fatalf("begun is %+v, %v", begun, err)
	}
	wantStatus(t, b.rest(s.ID), stack.RollbackComplete, "")
	wantLines(t, "what is there", b.cloud.values(), nil)
	wantLines(t, "the resources", b.statuses(s.ID), []string{"A=DELETE_COMPLETE", "B=DELETE_COMPLETE"})
}

// A creation that was left goes on with an update, which may come through.
func TestCreationThatWasLeftGoesOn(t *testing.T) {
	b := newBench(t)
	b.cloud.before = refuse("create B")
	b.create(things("A=1", "B=1>A"), left)
	b.cloud.before = nil
	b.cloud.reset()
	wantStatus(t, b.update(things("A=1", "B=2>A"), leftAlone), stack.UpdateComplete, "")
	wantLines(t, "the orders", b.cloud.told(), []string{"create B"})
	wantLines(t, "what is there", b.cloud.values(), []string{"shop-A=1", "shop-B=2"})
}

// Only what failed and was left as it is can be rolled back on demand.
func TestRollbackOfWhatDidNotFail(t *testing.T) {
	for name, tt := range map[string]struct {
		make   func(b *bench) *stack.Stack
		status stack.Status
	}{
		"a creation that came through": {func(b *bench) *stack.Stack { return b.create(things("A=1")) }, stack.CreateComplete},
		"an update that came through": {func(b *bench) *stack.Stack {
			b.create(things("A=1"))
			return b.update(things("A=2"))
		}, stack.UpdateComplete},
		"a creation that was taken back": {func(b *bench) *stack.Stack {
			b.cloud.before = refuse("create A")
			return b.create(things("A=1"))
		}, stack.RollbackComplete},
		"an update that was taken back": {func(b *bench) *stack.Stack {
			b.create(things("A=1", "B=1>A"))
			b.cloud.before = failing("update B")
			return b.update(things("A=2", "B=2>A"))
		}, stack.UpdateRollbackComplete},
		"a stack that is deleted": {func(b *bench) *stack.Stack {
			b.create(things("A=1"))
			return b.delete("shop")
		}, stack.DeleteComplete},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			s := tt.make(b)
			if s.Status != tt.status {
				t.Fatalf("the stack is %s", s.Status)
			}
			_, err := b.Rollback(t.Context(), scope, s.ID, "", "")
			wantFault(t, err, fault.Invalid, "stack", "Stack ["+s.ID+"] is in "+string(tt.status)+" state and can not be rolled back. "+
				"RollbackStack is for stacks in CREATE_FAILED or UPDATE_FAILED state.")
			err = b.ContinueRollback(t.Context(), scope, s.ID, nil, "", "")
			wantFault(t, err, fault.Invalid, "stack", "Stack ["+s.ID+"] is in "+string(tt.status)+" state and can not continue rollback. "+
				"ContinueUpdateRollback is for stacks in UPDATE_ROLLBACK_FAILED state.")
			wantFault(t, b.Cancel(t.Context(), scope, s.ID, ""), fault.Invalid, "stack", "CancelUpdateStack cannot be called from current stack status")
		})
	}
}

func TestOperationsOnAStackThatIsNotThere(t *testing.T) {
	b := newBench(t)
	for name, act := range map[string]func() error{
		"rollback": func() error { _, err := b.Rollback(t.Context(), scope, "none", "", ""); return err },
		"continue": func() error { return b.ContinueRollback(t.Context(), scope, "none", nil, "", "") },
		"cancel":   func() error { return b.Cancel(t.Context(), scope, "none", "") },
		"update": func() error {
			_, err := b.Update(t.Context(), request(things("A=1"), func(r *stack.Request) { r.Name = "none" }))
			return err
		},
		"commit":  func() error { return b.Commit(t.Context(), scope, "none") },
		"retract": func() error { return b.Retract(t.Context(), scope, "none", "") },
		"goal":    func() error { _, err := b.Goal(t.Context(), scope, "none"); return err },
		"changes": func() error { _, err := b.ChangeSets(t.Context(), scope, "none"); return err },
		"events":  func() error { _, _, err := b.Events(t.Context(), scope, "none", 0, 0); return err },
	} {
		t.Run(name, func(t *testing.T) {
			wantFault(t, act(), fault.NotFound, "stack", "Stack with id none does not exist")
		})
	}
}

// A rollback that failed goes on as another role, and its second try may come through by itself.
func TestRollbackGoesOn(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1", "B=1>A"))
	b.cloud.before = refuse("update B")
	s := b.update(things("A=2", "B=2>A"))
	wantStatus(t, s, stack.UpdateRollbackFailed, "The following resource(s) failed to update: [B]. ")
	b.cloud.before = nil
	b.cloud.reset()
	if err := b.ContinueRollback(t.Context(), scope, "shop", nil, "arn:aws:iam::123456789012:role/other", "token"); err != nil {
		t.Fatal(err)
	}
	s = b.rest(s.ID)
	wantStatus(t, s, stack.UpdateRollbackComplete, "")
	wantLines(t, "what is there", b.cloud.values(), []string{"shop-A=1", "shop-B=1"})
	wantLines(t, "the orders", b.cloud.told(), []string{"update B undo"})
	if s.Role != "arn:aws:iam::123456789012:role/other" {
		t.Errorf("the role is %q", s.Role)
	}
	wantFaultOfSame(t, b, things("A=1", "B=1>A"))
}
