package stack_test

import (
	"context"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/stack"
)

const allowsAll = `{"Statement": [{"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*"}]}`

func TestProtectionFromDeletion(t *testing.T) {
	b := newBench(t)
	made := b.create(things("A=1"), func(r *stack.Request) { r.Protected = true })
	err := b.Delete(t.Context(), stack.Deletion{Scope: scope, Name: "shop"})
	wantFault(t, err, fault.Invalid, "stack", "Stack [shop] cannot be deleted while TerminationProtection is enabled")
	for _, on := range []bool{false, true, false} {
		changed, err := b.Protect(t.Context(), scope, "shop", on)
		if err != nil || changed.Protected != on {
			t.Errorf("protected: %v, %v", changed.Protected, err)
		}
	}
	b.delete("shop")
	_, err = b.Protect(t.Context(), scope, made.ID, true)
	wantFault(t, err, fault.Invalid, "stack", "Stack ["+made.ID+"] is in DELETE_COMPLETE state: its TerminationProtection can't be changed.")
	_, err = b.Protect(t.Context(), scope, "none", true)
	wantFault(t, err, fault.NotFound, "stack", "Stack with id none does not exist")
}

// A protection does not hold against the deletion that was asked for before it.
func TestProtectionComesTooLateForADeletion(t *testing.T) {
	b := newBench(t)
	made := b.create(things("A=1"))
	began, goOn := make(chan struct{}), make(chan struct{})
	b.cloud.before = func(context.Context, string, *stack.Order) error {
		close(began)
		<-goOn
		return nil
	}
	if err := b.Delete(t.Context(), stack.Deletion{Scope: scope, Name: "shop"}); err != nil {
		t.Fatal(err)
	}
	<-began
	if _, err := b.Protect(t.Context(), scope, made.ID, true); !fault.Is(err, fault.Invalid, "stack") {
		t.Errorf("the error is %v", err)
	}
	close(goOn)
	wantStatus(t, b.rest(made.ID), stack.DeleteComplete, "")
}

func TestPolicyIsSetAndReplaced(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1"))
	denies := `{"Statement": [{"Effect": "Deny", "Action": "Update:*", "Principal": "*", "Resource": "*"}]}`
	if err := b.SetPolicy(t.Context(), scope, "shop", denies); err != nil {
		t.Fatal(err)
	}
	wantStatus(t, b.update(things("A=2")), stack.UpdateRollbackComplete, "")
	if err := b.SetPolicy(t.Context(), scope, "shop", allowsAll); err != nil {
		t.Fatal(err)
	}
	wantStatus(t, b.update(things("A=2")), stack.UpdateComplete, "")
	kept, err := b.Stack(t.Context(), scope, "shop")
	if err != nil || kept.Policy != allowsAll {
		t.Errorf("the policy is %s, %v", kept.Policy, err)
	}
	wantFault(t, b.SetPolicy(t.Context(), scope, "none", allowsAll), fault.NotFound, "stack", "Stack with id none does not exist")
	if err := b.SetPolicy(t.Context(), scope, "shop", "{"); !fault.Is(err, fault.Invalid, "stack policy") {
		t.Errorf("the error is %v", err)
	}
}
