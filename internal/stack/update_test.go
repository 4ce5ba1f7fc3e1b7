package stack_test

import (
	"context"
	"slices"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/stack"
)

func TestUpdateChangesMakesAndRemoves(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1>B", "B=2>C", "C=3"))
	b.cloud.reset()
	s := b.update(things("A=1>B", "B=4", "D=5>B"))
	wantStatus(t, s, stack.UpdateComplete, "")
	wantLines(t, "what is there", b.cloud.values(), []string{"shop-A=1", "shop-B=4", "shop-D=5"})
	wantLines(t, "the orders", b.cloud.told(), []string{"update B", "create D", "delete C cleanup"})
	wantLines(t, "the resources", b.statuses("shop"), []string{"A=CREATE_COMPLETE", "B=UPDATE_COMPLETE", "D=CREATE_COMPLETE"})
	told := b.story("shop")
	wantLines(t, "the events", told[len(told)-9:], []string{
		"B UPDATE_IN_PROGRESS", "B UPDATE_COMPLETE",
		"D CREATE_IN_PROGRESS", "D CREATE_IN_PROGRESS Resource creation Initiated", "D CREATE_COMPLETE",
		"shop UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "C DELETE_IN_PROGRESS", "C DELETE_COMPLETE", "shop UPDATE_COMPLETE",
	})
}

func named(name, value string) string {
	return "--- {Resources: {A: {Type: 'Test::Thing', Properties: {Name: " + name + ", Value: '" + value + "'}}, " +
		"B: {Type: 'Test::Thing', Properties: {Needed: {Ref: A}, Value: {'Fn::GetAtt': [A, Arn]}}}}}"
}

func TestReplacementMakesFirstAndDeletesLater(t *testing.T) {
	b := newBench(t)
	b.create(named("one", "1"))
	b.cloud.reset()
	wantStatus(t, b.update(named("two", "1")), stack.UpdateComplete, "")
	wantLines(t, "the orders", b.cloud.told(), []string{"create A", "update B", "delete A cleanup"})
	wantLines(t, "what is there", b.cloud.values(), []string{"shop-B=arn:two", "two=1"})
	if told := b.story("shop"); !slices.Contains(told, "A UPDATE_IN_PROGRESS Requested update requires the creation of a new physical resource; hence creating one.") {
		t.Errorf("the events are %q", told)
	}
	wantLines(t, "the resources", b.statuses("shop"), []string{"A=UPDATE_COMPLETE", "B=UPDATE_COMPLETE"})
}

func TestProviderMayReplaceByItself(t *testing.T) {
	open := func(to string) string {
		return "--- {Resources: {A: {Type: 'Test::Open', Properties: {MoveTo: " + to + ", Name: one}}}}"
	}
	b := newBench(t)
	b.create(open("nowhere"))
	b.cloud.reset()
	b.update(open("two"))
	wantLines(t, "the orders", b.cloud.told(), []string{"update A", "delete A cleanup"})
	if told := b.story("shop"); !slices.Contains(told, "A UPDATE_IN_PROGRESS Requested update required the provider to create a new physical resource") {
		t.Errorf("the events are %q", told)
	}
}

func TestFailedUpdateIsTakenBack(t *testing.T) {
	for name, tt := range map[string]struct {
		before, after string
		refused       string
		orders        []string
	}{
		"an update in place": {
			things("A=1", "B=1>A"), things("A=2", "B=2>A"), "update B",
			[]string{"update A", "update B", "update A undo", "update B undo"},
		},
		"a replacement":             {named("one", "1"), named("two", "2"), "update B", []string{"create A", "update B", "update B undo", "delete A cleanup"}},
		"a replacement that failed": {named("one", "1"), named("two", "2"), "create A", []string{"create A"}},
		"what is new":               {things("A=1"), things("A=1", "B=1", "C=1>B"), "create C", []string{"create B", "create C", "delete B cleanup"}},
		"a removal is none yet":     {things("A=1", "B=1"), things("A=2"), "update A", []string{"update A", "update A undo"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.create(tt.before)
			there := b.cloud.values()
			b.cloud.reset()
			failing := refuse(tt.refused)
			b.cloud.before = func(ctx context.Context, verb string, o *stack.Order) error {
				if o.Undo {
					return nil
				}
				return failing(ctx, verb, o)
			}
			wantStatus(t, b.update(tt.after), stack.UpdateRollbackComplete, "")
			wantLines(t, "the orders", b.cloud.told(), tt.orders)
			wantLines(t, "what is there", b.cloud.values(), there)
			wantFaultOfSame(t, b, tt.before)
		})
	}
}

// wantFaultOfSame wants that a template is the one in force.
func wantFaultOfSame(t *testing.T, b *bench, template string) {
	t.Helper()
	_, err := b.Update(t.Context(), request(template))
	wantFault(t, err, fault.Invalid, "changes", "No updates are to be performed.")
}

func TestFailedUpdateIsLeftIfAsked(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1", "B=1>A"))
	b.cloud.before = refuse("update B")
	left := func(r *stack.Request) { r.DisableRollback = new(true) }
	wantStatus(t, b.update(things("A=2", "B=2>A"), left), stack.UpdateFailed, "The following resource(s) failed to update: [B]. ")
	wantLines(t, "what is there", b.cloud.values(), []string{"shop-A=2", "shop-B=1"})

	t.Run("and needs the same word again", func(t *testing.T) {
		_, err := b.Update(t.Context(), request(things("A=3", "B=3>A")))
		if !fault.Is(err, fault.Invalid, "stack") {
			t.Errorf("got %v", err)
		}
	})
	b.cloud.before = nil
	t.Run("and goes on", func(t *testing.T) {
		wantStatus(t, b.update(things("A=3", "B=2>A"), left), stack.UpdateComplete, "")
		wantLines(t, "what is there", b.cloud.values(), []string{"shop-A=3", "shop-B=2"})
	})
}

func TestUpdateThatWasLeftIsRolledBackOnDemand(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1", "B=1>A"))
	b.cloud.before = refuse("update B")
	s := b.update(things("A=2", "B=2>A", "C=1"), func(r *stack.Request) { r.DisableRollback = new(true) })
	b.cloud.before = nil
	if _, err := b.Rollback(t.Context(), scope, "shop", "", ""); err != nil {
		t.Fatal(err)
	}
	wantStatus(t, b.rest(s.ID), stack.UpdateRollbackComplete, "")
	wantLines(t, "what is there", b.cloud.values(), []string{"shop-A=1", "shop-B=1"})
}

func TestRollbackThatFailsGoesOnWithoutWhatIsSkipped(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1", "B=1>A"))
	b.cloud.before = refuse("update B")
	s := b.update(things("A=2", "B=2>A"))
	wantStatus(t, s, stack.UpdateRollbackFailed, "The following resource(s) failed to update: [B]. ")
	_, err := b.Update(t.Context(), request(things("A=3")))
	wantFault(t, err, fault.Invalid, "stack", "Stack:"+s.ID+" is in UPDATE_ROLLBACK_FAILED state and can not be updated.")

	if err := b.ContinueRollback(t.Context(), scope, "shop", nil, "", ""); err != nil {
		t.Fatal(err)
	}
	wantStatus(t, b.rest(s.ID), stack.UpdateRollbackFailed, "The following resource(s) failed to update: [B]. ")
	if err := b.ContinueRollback(t.Context(), scope, "shop", []string{"A"}, "", ""); !fault.Is(err, fault.Invalid, "stack") {
		t.Errorf("A, which was rolled back, is skipped: %v", err)
	}
	if err := b.ContinueRollback(t.Context(), scope, "shop", []string{"B"}, "", ""); err != nil {
		t.Fatal(err)
	}
	wantStatus(t, b.rest(s.ID), stack.UpdateRollbackComplete, "")
	wantFaultOfSame(t, b, things("A=1", "B=1>A"))
}

func TestParametersAndTemplateMayStay(t *testing.T) {
	template := "--- {Parameters: {P: {Type: String}, Q: {Type: String, NoEcho: true}}, Resources: {A: {Type: 'Test::Thing', Properties: {Value: {Ref: P}}}}}"
	b := newBench(t)
	b.create(template, func(r *stack.Request) { r.Parameters = []stack.Given{{Key: "P", Value: "1"}, {Key: "Q", Value: "q"}} })
	s := b.update("", func(r *stack.Request) {
		r.Previous, r.Parameters = true, []stack.Given{{Key: "P", Value: "2"}, {Key: "Q", Previous: true}}
	})
	wantLines(t, "what is there", b.cloud.values(), []string{"shop-A=2"})
	if len(s.Parameters) != 2 || s.Parameters[1] != (stack.Parameter{Key: "Q", Value: "q", Hidden: true}) {
		t.Errorf("the parameters are %v", s.Parameters)
	}
	_, err := b.Update(t.Context(), request("", func(r *stack.Request) {
		r.Previous, r.Parameters = true, []stack.Given{{Key: "R", Previous: true}}
	}))
	wantFault(t, err, fault.Invalid, "parameter", "Invalid input for parameter key R. Cannot specify usePreviousValue as true for a parameter key "+
		"not in the previous template")
}

func TestTypesThatKnowNoUpdateFail(t *testing.T) {
	b := newBench(t)
	fixed := func(value string) string {
		return "--- {Resources: {A: {Type: 'Test::Fixed', Properties: {Value: '" + value + "'}}}}"
	}
	b.create(fixed("1"))
	b.cloud.reset()
	wantStatus(t, b.update(fixed("2")), stack.UpdateRollbackComplete, "")
	wantLines(t, "the orders", b.cloud.told(), nil)
}

func TestTagsOfTheStackReachItsResources(t *testing.T) {
	b := newBench(t)
	tags := func(value string) func(*stack.Request) {
		return func(r *stack.Request) { r.Tags = map[string]string{"team": value} }
	}
	b.create(things("A=1"), tags("one"))
	var got *stack.Order
	b.cloud.before = func(_ context.Context, _ string, o *stack.Order) error { got = o; return nil }
	b.update(things("A=1"), tags("two"))
	if got == nil || got.Stack.Tags["team"] != "two" || got.OldTags["team"] != "one" {
		t.Errorf("the order is %+v", got)
	}
}

func TestTypeOfAResourceStays(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1"))
	_, err := b.Update(t.Context(), request("--- {Resources: {A: {Type: 'Test::Open'}}}"))
	wantFault(t, err, fault.Invalid, "resource type",
		"Update of resource type is not permitted. The new template modifies resource type of the following resources: [A]")
}

func TestPoliciesOfTheTemplateKeepResources(t *testing.T) {
	kept := func(name string) string {
		return "--- {Resources: {A: {Type: 'Test::Thing', DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: {Name: " + name + "}}}}"
	}
	b := newBench(t)
	b.create(kept("one"))
	b.update(kept("two"))
	wantLines(t, "what is there after a replacement", b.cloud.values(), []string{"one=<nil>", "two=<nil>"})
	b.delete("shop")
	wantLines(t, "what is there after the deletion", b.cloud.values(), []string{"one=<nil>", "two=<nil>"})
	if told := b.cloud.told(); slices.ContainsFunc(told, func(order string) bool { return order[0] == 'd' }) {
		t.Errorf("the orders are %q", told)
	}
}

func TestCleanupThatFailsLeavesTheUpdateComplete(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1", "B=1>A"))
	b.cloud.before = refuse("delete B")
	wantStatus(t, b.update(things("A=1")), stack.UpdateComplete, "Update successful. One or more resources could not be deleted.")
	wantLines(t, "the resources", b.statuses("shop"), []string{"A=CREATE_COMPLETE"})
}

// Recorded: test_no_echo_parameter.
func TestUpdateWithoutAChangeSet(t *testing.T) {
	b := newBench(t)
	s := b.execute(b.changeSet("one", stack.CreateSet, things("A=1"), func(r *stack.Request) { r.Capabilities = []string{"CAPABILITY_IAM"} }))
	if s.ChangeSetID == "" {
		t.Fatal("the stack does not name its change set")
	}
	s = b.update(things("A=2"))
	if s.ChangeSetID != "" {
		t.Errorf("the stack names the change set %s", s.ChangeSetID)
	}
	wantLines(t, "the capabilities", s.Capabilities, []string{"CAPABILITY_IAM"})
}
