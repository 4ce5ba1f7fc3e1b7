package stack_test

import (
	"context"
	"errors"
	"slices"
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

func TestTimesOfEventsRise(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1>B", "B=2>C", "C=3", "D=4"))
	events, _, err := b.Events(t.Context(), scope, "shop", 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for i, e := range events {
		if i > 0 && e.Time.After(events[i-1].Time) {
			t.Errorf("%s is of %v, the next of %v", e.ID, e.Time, events[i-1].Time)
		}
		if seen[e.ID] {
			t.Errorf("two events are %s", e.ID)
		}
		seen[e.ID] = true
	}
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

func TestFailedCreationIsLeftOrDeletedAsAsked(t *testing.T) {
	for name, tt := range map[string]struct {
		adjust func(*stack.Request)
		status stack.Status
		reason string
		there  []string
	}{
		"left": {func(r *stack.Request) { r.OnFailure = stack.OnFailureNothing }, stack.CreateFailed,
			"The following resource(s) failed to create: [B]. ", []string{"shop-C=3"}},
		"left, by the older word": {func(r *stack.Request) { r.DisableRollback = new(true) }, stack.CreateFailed,
			"The following resource(s) failed to create: [B]. ", []string{"shop-C=3"}},
		"deleted": {func(r *stack.Request) { r.OnFailure = stack.OnFailureDelete }, stack.DeleteComplete, "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.cloud.before = refuse("create B")
			wantStatus(t, b.create(things("A=1>B", "B=2>C", "C=3"), tt.adjust), tt.status, tt.reason)
			wantLines(t, "what is there", b.cloud.values(), tt.there)
		})
	}
}

func TestFailureCancelsWhatIsUnderWay(t *testing.T) {
	b := newBench(t)
	begun := make(chan struct{})
	b.cloud.before = func(ctx context.Context, verb string, o *stack.Order) error {
		if verb == "delete" {
			return nil
		}
		if o.LogicalID == "B" {
			<-begun
			return errors.New("no")
		}
		close(begun)
		<-ctx.Done()
		return context.Cause(ctx)
	}
	b.create(things("A=1", "B=2"))
	told := b.story("shop")
	for _, want := range []string{
		"A CREATE_FAILED Resource creation cancelled", "B CREATE_FAILED no",
		"shop ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [A, B]. Rollback requested by user.",
	} {
		if !slices.Contains(told, want) {
			t.Errorf("no %q in %q", want, told)
		}
	}
}

// Recorded: TestStackEvents.test_invalid_stack_deploy.
func TestPropertiesAreCheckedBeforeTheProviderIsAsked(t *testing.T) {
	b := newBench(t)
	wantStatus(t, b.create("--- {Resources: {A: {Type: 'Test::Strict'}}}"), stack.RollbackComplete, "")
	if told := b.story("shop"); !slices.Contains(told, "A CREATE_FAILED Property validation failure: [The property {/Needed} is required]") {
		t.Errorf("the events are %q", told)
	}
	wantLines(t, "the orders", b.cloud.told(), nil)
}

func TestTemplatesThatCannotBeAreRefusedAtOnce(t *testing.T) {
	b := newBench(t)
	for name, tt := range map[string]struct {
		template, noun, message string
	}{
		"unknown types": {"--- {Resources: {A: {Type: 'Test::Thing'}, B: {Type: 'Test::No'}, C: {Type: 'AWS::X::Y'}}}", "resource type",
			"Template format error: Unrecognized resource types: [AWS::X::Y, Test::No] of B, C. Sluice makes no resources of that kind: " +
				"take them out of the template, or put them under a condition that is false here."},
		"SAM's types without its transform": {"--- {Resources: {F: {Type: 'AWS::Serverless::Function'}}}", "resource type",
			"Template format error: Unrecognized resource types: [AWS::Serverless::Function] of F. " +
				"Types of SAM need the template's Transform: AWS::Serverless-2016-10-31."},
		"a type that is refused": {"--- {Resources: {A: {Type: 'Test::Refused'}}}", "resource type",
			"Template format error: Unrecognized resource types: [Test::Refused]. There are none."},
		"unknown attribute of an output": {"--- {Resources: {A: {Type: 'Test::Thing'}}, Outputs: {O: {Value: {'Fn::Sub': '${A.No}'}}}}", "template",
			"Template error: resource A does not support attribute type No in Fn::GetAtt"},
		"unknown attribute of an export": {"--- {Resources: {A: {Type: 'Test::Thing'}}, Outputs: {O: {Value: x, Export: {Name: {'Fn::GetAtt': [A, No]}}}}}", "template",
			"Template error: resource A does not support attribute type No in Fn::GetAtt"},
		"unknown attribute": {"--- {Resources: {A: {Type: 'Test::Thing'}, B: {Type: 'Test::Thing', Properties: {Value: {'Fn::GetAtt': [A, No]}}}}}", "template",
			"Template error: resource A does not support attribute type No in Fn::GetAtt"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := b.Create(t.Context(), request(tt.template))
			wantFault(t, err, fault.Invalid, tt.noun, tt.message)
		})
	}
	if found, _, err := b.Stacks(t.Context(), scope, false, "", 0); err != nil || len(found) > 0 {
		t.Errorf("there are stacks %v, %v", found, err)
	}
}

func TestPartOfAResourceIsRolledBackToo(t *testing.T) {
	b := newBench(t)
	b.cloud.after = refuse("create A") // it is there, but not ready
	b.create(things("A=1"))
	wantLines(t, "what is there", b.cloud.values(), nil)
	wantLines(t, "the events", b.story("shop"), []string{
		"shop CREATE_IN_PROGRESS User Initiated",
		"A CREATE_IN_PROGRESS", "A CREATE_IN_PROGRESS Resource creation Initiated", "A CREATE_FAILED create of A was refused",
		"shop ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [A]. Rollback requested by user.",
		"A DELETE_IN_PROGRESS", "A DELETE_COMPLETE", "shop ROLLBACK_COMPLETE",
	})
}

// Recorded: test_blocked_stack_deletion.
func TestRollbackThatFailsCanBeDeletedWithoutWhatStays(t *testing.T) {
	b := newBench(t)
	b.cloud.before, b.cloud.after = refuse("delete A"), refuse("create A")
	s := b.create(things("A=1"))
	wantStatus(t, s, stack.RollbackFailed, "The following resource(s) failed to delete: [A]. ")
	wantStatus(t, b.delete("shop"), stack.DeleteFailed, "The following resource(s) failed to delete: [A]. ")
	if err := b.Delete(t.Context(), stack.Deletion{Scope: scope, Name: s.ID, Retain: []string{"A"}}); err != nil {
		t.Fatal(err)
	}
	wantStatus(t, b.rest(s.ID), stack.DeleteComplete, "")
	told := b.story(s.ID)
	wantLines(t, "the last events", told[len(told)-3:], []string{"shop DELETE_IN_PROGRESS User Initiated", "A DELETE_SKIPPED", "shop DELETE_COMPLETE"})
}

func TestCapabilitiesHaveToBeGiven(t *testing.T) {
	b := newBench(t, func(c *stack.Config) { c.Provider = anyType{c.Provider} })
	template := "--- {Resources: {R: {Type: 'AWS::IAM::Role', Properties: {RoleName: r}}}}"
	_, err := b.Create(t.Context(), request(template))
	wantFault(t, err, fault.Denied, "capability", "Requires capabilities : [CAPABILITY_NAMED_IAM]")
	b.create(template, func(r *stack.Request) { r.Capabilities = []string{"CAPABILITY_NAMED_IAM"} })
}

// anyType takes each type for an open one.
type anyType struct{ stack.Provider }

func (anyType) Schema(resourceType string) (*stack.Schema, bool) {
	return &stack.Schema{Type: resourceType, Open: true, Attributes: []string{"*"}}, true
}
