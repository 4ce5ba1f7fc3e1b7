package stack_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/stack"
)

func nestsItself() string {
	return "Resources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: self}}}"
}

func TestTemplateThatNestsItselfEnds(t *testing.T) {
	b := newNestBench(t, map[string]string{"self": nestsItself()})
	s := b.create(nestsItself(), func(r *stack.Request) { r.OnFailure = stack.OnFailureNothing })
	wantStatus(t, s, stack.CreateFailed, "The following resource(s) failed to create: [N]. ")
	all, _, err := b.Stacks(t.Context(), scope, false, "", 0)
	if err != nil || len(all) != 10 {
		t.Fatalf("there are %d stacks, %v", len(all), err)
	}
	story := strings.Join(b.story(all[0].ID), "\n")
	if !strings.Contains(story, "N CREATE_FAILED Stacks can be nested at most 10 levels deep, the root stack included.") {
		t.Errorf("the innermost stack's events are\n%s", story)
	}
	b.delete("shop")
	if left, _, err := b.Stacks(t.Context(), scope, true, "", 0); err != nil || len(left) > 0 {
		t.Errorf("left are %d stacks, %v", len(left), err)
	}
}

// Whoever deletes a root does not chase what it nests meanwhile.
func TestStackThatIsDeletedNestsNoMore(t *testing.T) {
	b := newNestBench(t, map[string]string{"self": nestsItself(), "waits": "Resources:\n" +
		"  A: {Type: 'Test::Thing'}\n  N: {Type: AWS::CloudFormation::Stack, DependsOn: A, Properties: {TemplateURL: self}}"})
	at, deleted := make(chan string, 1), make(chan struct{})
	b.cloud.before = func(_ context.Context, verb string, o *stack.Order) error {
		if verb == "create" {
			at <- o.Stack.ID
			<-deleted // it hears of nothing
		}
		return nil
	}
	s, err := b.Create(t.Context(), request(strings.Replace(nestsItself(), "self", "waits", 1)))
	if err != nil {
		t.Fatal(err)
	}
	middle := <-at
	if err := b.Delete(t.Context(), stack.Deletion{Scope: scope, Name: "shop"}); err != nil {
		t.Fatal(err)
	}
	inner := request(things("B=1"), func(r *stack.Request) { r.Name, r.Parent = "inner", middle })
	if _, err := b.Create(t.Context(), inner); !fault.Is(err, fault.Invalid, "stack") {
		t.Errorf("another one in what goes: %v", err)
	}
	close(deleted)
	wantStatus(t, b.rest(s.ID), stack.DeleteComplete, "")
	if left, _, err := b.Stacks(t.Context(), scope, true, "", 0); err != nil || len(left) > 0 {
		t.Errorf("left are %d stacks, %v", len(left), err)
	}
}

func TestThereAreAtMostTwoThousandStacks(t *testing.T) {
	b := newBench(t)
	err := b.store.WriteStacks(t.Context(), func(tx stack.Tx) error {
		for i := range 1999 {
			s := &stack.Stack{Scope: scope, Name: fmt.Sprint("s", i), ID: fmt.Sprint("arn:", i), Status: stack.CreateComplete}
			if err := tx.PutStack(s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	b.create(things("A=1"))
	_, err = b.Create(t.Context(), request(things("A=1"), func(r *stack.Request) { r.Name = "another" }))
	if !fault.Is(err, fault.Limit, "stack") {
		t.Errorf("one stack too many: %v", err)
	}
	r := stack.ChangeSetRequest{Request: request(things("A=1")), ChangeSet: "first", Type: stack.CreateSet}
	if r.Name = "another"; !fault.Is(second(b.CreateChangeSet(t.Context(), r)), fault.Limit, "stack") {
		t.Error("a change set makes one stack too many")
	}
	b.delete("shop")
	b.create(things("A=1"))
}
