package stack_test

import (
	"context"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/stack"
)

func TestChangeSetsThatAreRefused(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1"))
	for name, tt := range map[string]struct {
		request stack.ChangeSetRequest
		kind    fault.Kind
		noun    string
		message string
	}{
		"an update of nothing": {stack.ChangeSetRequest{Request: request(things("A=1"), func(r *stack.Request) { r.Name = "none" }), ChangeSet: "c"},
			fault.NotFound, "stack", "Stack with id none does not exist"},
		"a creation of what is there": {stack.ChangeSetRequest{Request: request(things("A=1")), ChangeSet: "c", Type: stack.CreateSet},
			fault.Invalid, "stack", "Stack [shop] already exists and cannot be created again with the changeSet [c]."},
		"a deletion of what is there": {stack.ChangeSetRequest{Request: request(things("A=2"), func(r *stack.Request) { r.OnFailure = stack.OnFailureDelete }), ChangeSet: "c"},
			fault.Invalid, "change set", "OnStackFailure DELETE is for change sets of the type CREATE."},
		"a template that is none": {stack.ChangeSetRequest{Request: request(""), ChangeSet: "c"}, fault.Invalid, "template", "Template format error: The template is empty."},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := b.CreateChangeSet(t.Context(), tt.request)
			if !fault.Is(err, tt.kind, tt.noun) || tt.noun != "template" && err.Error() != tt.message {
				t.Errorf("got %v", err)
			}
		})
	}
	if sets, err := b.ChangeSets(t.Context(), scope, "shop"); err != nil || len(sets) > 0 {
		t.Errorf("there are %v, %v", sets, err)
	}
}

// A stack in review that somebody deletes and makes otherwise is not what its change set was made for.
func TestChangeSetOfAStackThatIsGone(t *testing.T) {
	b := newBench(t)
	set := b.changeSet("one", stack.CreateSet, things("A=1"))
	b.delete("shop")
	b.create(things("A=2"))
	err := b.Execute(t.Context(), stack.Execution{Scope: scope, ChangeSet: set.ID})
	if !fault.Is(err, fault.Conflict, "change set status") && !fault.Is(err, fault.NotFound, "change set") {
		t.Errorf("got %v", err)
	}
	wantLines(t, "what is there", b.cloud.values(), []string{"shop-A=2"})
}

// A second execution of a change set, and another's, find the stack at work.
func TestOneExecutionAtATime(t *testing.T) {
	b := newBench(t)
	set := b.changeSet("one", stack.CreateSet, things("A=1"))
	began, goOn := make(chan struct{}), make(chan struct{})
	b.cloud.before = func(context.Context, string, *stack.Order) error {
		close(began)
		<-goOn
		return nil
	}
	execute := func() error { return b.Execute(t.Context(), stack.Execution{Scope: scope, ChangeSet: set.ID}) }
	if err := execute(); err != nil {
		t.Fatal(err)
	}
	<-began
	wantFault(t, execute(), fault.Conflict, "change set status", "ChangeSet ["+set.ID+"] cannot be executed in its current execution status of [EXECUTE_IN_PROGRESS]")
	err := b.DeleteChangeSet(t.Context(), scope, set.ID, "")
	wantFault(t, err, fault.Conflict, "change set status", "ChangeSet ["+set.ID+"] cannot be deleted in its current execution status of [EXECUTE_IN_PROGRESS]")
	close(goOn)
	wantStatus(t, b.rest(set.Stack), stack.CreateComplete, "")
}

// How an execution ends is the change set's status.
func TestExecutionStatuses(t *testing.T) {
	for name, tt := range map[string]struct {
		refused string
		adjust  func(*stack.Request)
		status  stack.Status
		want    stack.ExecutionStatus
	}{
		"a creation":               {"", nil, stack.CreateComplete, stack.Executed},
		"one that is rolled back":  {"create A", nil, stack.RollbackComplete, stack.ExecutionFailed},
		"one that is left":         {"create A", left, stack.CreateFailed, stack.ExecutionFailed},
		"one rolled back in vain":  {"delete B", nil, stack.CreateComplete, stack.Executed},
		"one of a part after that": {"create B", nil, stack.RollbackComplete, stack.ExecutionFailed},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.cloud.before = refuse(tt.refused)
			var adjust []func(*stack.Request)
			if tt.adjust != nil {
				adjust = append(adjust, tt.adjust)
			}
			set := b.changeSet("one", stack.CreateSet, things("A=1", "B=1>A"), adjust...)
			if s := b.execute(set); s.Status != tt.status || s.ChangeSetID != set.ID {
				t.Errorf("the stack is %s, of the change set %s", s.Status, s.ChangeSetID)
			}
			if found, err := b.ChangeSet(t.Context(), scope, "one", "shop"); err != nil || found.Execution != tt.want {
				t.Errorf("the change set is %+v, %v", found, err)
			}
		})
	}
}

// An update by a change set carries the settings that the set was made with, whatever happened to its maker since.
func TestUpdatesByChangeSets(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1"), func(r *stack.Request) { r.Tags = map[string]string{"team": "one"} })
	set := b.changeSet("one", stack.UpdateSet, things("A=2"), func(r *stack.Request) { r.Tags = map[string]string{"team": "two"} })
	b.changeSet("two", stack.UpdateSet, things("A=3"))
	s := b.execute(set)
	wantStatus(t, s, stack.UpdateComplete, "")
	if s.Tags["team"] != "two" || s.ChangeSetID != set.ID {
		t.Errorf("it has %v, of %s", s.Tags, s.ChangeSetID)
	}
	if _, err := b.ChangeSet(t.Context(), scope, "two", "shop"); !fault.Is(err, fault.NotFound, "change set") {
		t.Errorf("the other change set: %v", err)
	}
	t.Run("which may leave failures as they are", func(t *testing.T) {
		b.cloud.before = refuse("update A")
		set := b.changeSet("left", stack.UpdateSet, things("A=4"))
		if err := b.Execute(t.Context(), stack.Execution{Scope: scope, ChangeSet: set.ID, DisableRollback: new(true)}); err != nil {
			t.Fatal(err)
		}
		wantStatus(t, b.rest(set.Stack), stack.UpdateFailed, "The following resource(s) failed to update: [A]. ")
	})
}

func TestChangeSetsAreFoundInTheirPlace(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1"))
	set := b.changeSet("one", stack.UpdateSet, things("A=2"))
	elsewhere := scope
	elsewhere.Region = "us-east-1"
	for name, tt := range map[string]struct {
		find    func() (*stack.ChangeSet, error)
		kind    fault.Kind
		noun    string
		message string
	}{
		"without its stack":      {func() (*stack.ChangeSet, error) { return b.ChangeSet(t.Context(), scope, "one", "") }, fault.Invalid, "change set", "StackName must be specified if ChangeSetName is not specified as an ARN."},
		"of another stack":       {func() (*stack.ChangeSet, error) { return b.ChangeSet(t.Context(), scope, "one", "none") }, fault.NotFound, "stack", "Stack with id none does not exist"},
		"of another name":        {func() (*stack.ChangeSet, error) { return b.ChangeSet(t.Context(), scope, "two", "shop") }, fault.NotFound, "change set", "ChangeSet [two] does not exist"},
		"by its ID, elsewhere":   {func() (*stack.ChangeSet, error) { return b.ChangeSet(t.Context(), elsewhere, set.ID, "") }, fault.NotFound, "change set", "ChangeSet [" + set.ID + "] does not exist"},
		"by its name, elsewhere": {func() (*stack.ChangeSet, error) { return b.ChangeSet(t.Context(), elsewhere, "one", "shop") }, fault.NotFound, "stack", "Stack with id shop does not exist"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := tt.find()
			wantFault(t, err, tt.kind, tt.noun, tt.message)
		})
	}
	if err := b.DeleteChangeSet(t.Context(), scope, "two", "shop"); err != nil {
		t.Errorf("deleting one that is not there: %v", err)
	}
	wantFault(t, b.DeleteChangeSet(t.Context(), scope, "one", "none"), fault.NotFound, "stack", "Stack with id none does not exist")
}
