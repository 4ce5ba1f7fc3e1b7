package stack_test

import (
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/stack"
)

func TestStacksAreFoundByNameOrID(t *testing.T) {
	b := newBench(t)
	s := b.create(things("A=1"))
	elsewhere := function.Scope{Account: scope.Account, Region: "ap-south-1"}
	for name, tt := range map[string]struct {
		scope function.Scope
		name  string
		found bool
	}{
		"by its name": {scope, "shop", true}, "by its ID": {scope, s.ID, true}, "not by another name": {scope, "shops", false},
		"not in another region": {elsewhere, "shop", false}, "not by its ID in another region": {elsewhere, s.ID, false},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := b.Stack(t.Context(), tt.scope, tt.name)
			if tt.found {
				if err != nil || got.ID != s.ID {
					t.Errorf("got %v, %v", got, err)
				}
				return
			}
			wantFault(t, err, fault.NotFound, "stack", "Stack with id "+tt.name+" does not exist")
		})
	}
}

func TestListsComeInPages(t *testing.T) {
	b := newBench(t)
	for _, name := range []string{"one", "two", "three"} {
		b.create(exporting(name, "1"), as(name))
	}
	first, more, err := b.Stacks(t.Context(), scope, true, "", 2)
	if err != nil || !more || len(first) != 2 || first[0].Name != "three" {
		t.Fatalf("got %v, %v, %v", first, more, err)
	}
	last, more, err := b.Stacks(t.Context(), scope, true, first[1].ID, 2)
	if err != nil || more || len(last) != 1 || last[0].Name != "one" {
		t.Errorf("got %v, %v, %v", last, more, err)
	}
	events, more, err := b.Events(t.Context(), scope, "one", 0, 3)
	if err != nil || !more || len(events) != 3 {
		t.Errorf("got %d events, %v, %v", len(events), more, err)
	}
	exports, more, err := b.Exports(t.Context(), scope, "one", 1)
	if err != nil || !more || exports[0].Name != "three" {
		t.Errorf("got %v, %v, %v", exports, more, err)
	}
}

func TestGoalIsTheTemplateThatIsShown(t *testing.T) {
	b := newBench(t)
	want := func(what, text string) {
		t.Helper()
		if goal, err := b.Goal(t.Context(), scope, "shop"); err != nil || goal.Text != text {
			t.Errorf("%s it is %v, %v", what, goal, err)
		}
	}
	b.cloud.before = refuse("create B")
	b.create(things("A=1", "B=1"))
	want("after a creation that failed", things("A=1", "B=1"))
	b.delete("shop")
	b.create(things("A=1"))
	b.update(things("A=2"))
	want("after an update", things("A=2"))
	b.cloud.before = nil
	begun, before := halting("A")
	b.cloud.before = before
	s, err := b.Update(t.Context(), request(things("A=3")))
	if err != nil {
		t.Fatal(err)
	}
	<-begun
	want("during an update", things("A=3"))
	if err := b.Cancel(t.Context(), scope, "shop", ""); err != nil {
		t.Fatal(err)
	}
	b.rest(s.ID)
	want("after an update was rolled back", things("A=2"))

	b.changeSet("one", stack.CreateSet, things("A=1"), as("other"))
	if _, err := b.Goal(t.Context(), scope, "other"); !fault.Is(err, fault.NotFound, "goal") {
		t.Errorf("a stack in review has a template: %v", err)
	}
}
