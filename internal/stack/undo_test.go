package stack_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"sluice/internal/stack"
)

// failing lets the order of a resource fail unless it takes an update back.
func failing(order string) func(context.Context, string, *stack.Order) error {
	refused := refuse(order)
	return func(ctx context.Context, verb string, o *stack.Order) error {
		if o.Undo {
			return nil
		}
		return refused(ctx, verb, o)
	}
}

// A custom resource may give another physical ID on each update, also on the one that takes one back.
func TestReplacementByTheProviderIsTakenBack(t *testing.T) {
	open := func(to, value string) string {
		return "--- {Resources: {A: {Type: 'Test::Open', Properties: {Name: one, MoveTo: " + to + ", Value: '" + value + "'}}, " +
			"B: {Type: 'Test::Thing', DependsOn: A, Properties: {Value: '" + value + "'}}}}"
	}
	for name, tt := range map[string]struct {
		home  string // where the template before wants it
		there []string
	}{
		"to where it was": {"one", []string{"one=1", "shop-B=1"}},
		"to a third":      {"three", []string{"shop-B=1", "three=1"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.create(open(tt.home, "1")) // a creation does not look at MoveTo
			b.cloud.before = failing("update B")
			wantStatus(t, b.update(open("two", "2")), stack.UpdateRollbackComplete, "")
			wantLines(t, "what is there", b.cloud.values(), tt.there)
		})
	}
}

func TestPartOfAReplacementIsDeleted(t *testing.T) {
	b := newBench(t)
	b.create(named("one", "1"))
	b.cloud.after = refuse("create A") // it is there, but not ready
	wantStatus(t, b.update(named("two", "1")), stack.UpdateRollbackComplete, "")
	wantLines(t, "what is there", b.cloud.values(), []string{"one=1", "shop-B=arn:one"})
	b.cloud.after = nil
	b.delete("shop")
	wantLines(t, "what is left", b.cloud.values(), nil)
}

func TestUpdateThatFailedHalfwayIsTakenBackFromThere(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1"))
	var undo *stack.Order
	b.cloud.after = func(_ context.Context, verb string, o *stack.Order) error {
		if o.Undo {
			undo = o
			return nil
		}
		return errors.New("halfway")
	}
	wantStatus(t, b.update(things("A=2")), stack.UpdateRollbackComplete, "")
	if undo == nil || undo.Old["Value"] != "2" || undo.Properties["Value"] != "1" {
		t.Errorf("the order is %+v", undo)
	}
	wantLines(t, "what is there", b.cloud.values(), []string{"shop-A=1"})
}

func TestTagsOfTheStackAreTakenBack(t *testing.T) {
	tags := func(value string) func(*stack.Request) {
		return func(r *stack.Request) { r.Tags = map[string]string{"team": value} }
	}
	b := newBench(t)
	b.create(things("A=1", "B=1>A"), tags("one"))
	var last *stack.Order
	refused := failing("update B")
	b.cloud.before = func(ctx context.Context, verb string, o *stack.Order) error {
		if o.LogicalID == "A" {
			last = o
		}
		return refused(ctx, verb, o)
	}
	s := b.update(things("A=1", "B=2>A"), tags("two"))
	wantStatus(t, s, stack.UpdateRollbackComplete, "")
	if !last.Undo || last.Stack.Tags["team"] != "one" || last.OldTags["team"] != "two" || s.Tags["team"] != "one" {
		t.Errorf("the last order is %+v, the stack's tags %v", last, s.Tags)
	}
}

// What concerns the stack alone is no provider's business, forth or back.
func TestMetadataGoesAndComesWithoutOrders(t *testing.T) {
	with := func(text, value string) string {
		return "--- {Resources: {A: {Type: 'Test::Thing', Metadata: {About: " + text + "}}, B: {Type: 'Test::Thing', Properties: {Value: '" + value + "'}}}}"
	}
	about := func(b *bench) any {
		_, resources, err := b.Resources(t.Context(), scope, "shop")
		if err != nil {
			t.Fatal(err)
		}
		return resources[0].Metadata["About"]
	}
	b := newBench(t)
	b.create(with("one", "1"))
	b.cloud.reset()
	wantStatus(t, b.update(with("two", "1")), stack.UpdateComplete, "")
	if got := about(b); got != "two" {
		t.Errorf("the metadata is %v", got)
	}
	b.cloud.before = failing("update B")
	wantStatus(t, b.update(with("three", "2")), stack.UpdateRollbackComplete, "")
	if got := about(b); got != "two" {
		t.Errorf("after the rollback the metadata is %v", got)
	}
	if told := b.cloud.told(); slices.Contains(told, "update A") || slices.Contains(told, "update A undo") {
		t.Errorf("the orders are %q", told)
	}
}

func TestRollbackDeletesWhatItMadeIfAsked(t *testing.T) {
	kept := "--- {Resources: {A: {Type: 'Test::Thing', DeletionPolicy: POLICY}, B: {Type: 'Test::Thing', DependsOn: A}}}"
	for name, tt := range map[string]struct {
		policy  string
		deleted bool // RetainExceptOnCreate of the request
		there   int
	}{
		"retained":                   {"Retain", false, 1},
		"retained, except on create": {"RetainExceptOnCreate", false, 0},
		"retained, and asked not to": {"Retain", true, 0},
		"deleted":                    {"Delete", false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.cloud.before = refuse("create B")
			template := replace(kept, "POLICY", tt.policy)
			wantStatus(t, b.create(template, func(r *stack.Request) { r.DeleteCreated = tt.deleted }), stack.RollbackComplete, "")
			if got := b.cloud.values(); len(got) != tt.there {
				t.Errorf("there is %v", got)
			}
		})
	}
}
