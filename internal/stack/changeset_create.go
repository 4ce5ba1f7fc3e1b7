package stack

import (
	"context"
	"slices"

	"sluice/internal/fault"
)

// CreateChangeSet makes a change set, and for ChangeSetType CreateSet a stack in review, if there is none. Errors: as Create's
// and Update's; fault.Conflict "change set" if there is one of that name.
func (s *Service) CreateChangeSet(ctx context.Context, r ChangeSetRequest) (*ChangeSet, error) {
	stack, before, err := s.subject(ctx, &r)
	if err != nil {
		return nil, err
	}
	set := &ChangeSet{
		Scope: r.Scope, ID: arn(r.Scope, "changeSet", r.ChangeSet), Name: r.ChangeSet, Stack: stack.ID, StackName: stack.Name, Type: r.Type,
		Description: r.Description, Created: now(), Status: ChangeSetComplete, Execution: Available, OnFailure: r.OnFailure, Nested: r.Nested,
		Token: r.Token, DisableRollback: r.DisableRollback != nil && *r.DisableRollback,
	}
	if err := s.fill(ctx, set, stack, before, &r); err != nil {
		return nil, err
	}
	return set, s.cfg.Store.WriteStacks(ctx, func(tx Tx) error {
		if err := checkSubject(tx, set, &r); err != nil {
			return err
		}
		if stack.Status == ReviewInProgress && before == nil {
			if current, err := tx.Stack(stack.ID); fault.Is(err, fault.NotFound, "stack") {
				if err := firstOf(checkQuota(tx, r.Scope), tx.PutStack(stack), tx.AddStackEvent(stackEvent(stack))); err != nil {
					return err
				}
			} else if err != nil || current.Status != ReviewInProgress {
				return firstOf(err, existing(&r))
			}
		}
		return tx.PutChangeSet(set)
	})
}

// subject is the stack that a change set is for; for one that is to be made, maybe one that is not stored yet.
func (s *Service) subject(ctx context.Context, r *ChangeSetRequest) (stack *Stack, before *Goal, err error) {
	if err := checkName(r.ChangeSet, "changeSetName"); err != nil {
		return nil, nil, err
	}
	if r.Type == UpdateSet || r.Type == "" {
		r.Type = UpdateSet
		if r.OnFailure != "" && r.OnFailure != OnFailureRollback && r.OnFailure != OnFailureNothing {
			return nil, nil, fault.Errorf(fault.Invalid, "change set", "OnStackFailure %s is for change sets of the type CREATE.", r.OnFailure)
		}
		return s.updatable(ctx, &r.Request)
	}
	if r.Type != CreateSet {
		return nil, nil, fault.Errorf(fault.Invalid, "change set", "Change sets of the type %s are not served here: create the resources by a stack.", r.Type)
	}
	stack, err = s.Stack(ctx, r.Scope, r.Name)
	switch {
	case fault.Is(err, fault.NotFound, "stack"):
		if err := checkName(r.Name, "stackName"); err != nil {
			return nil, nil, err
		}
		request := r.Request
		request.OnFailure = ""
		stack, err = s.conceived(ctx, &request)
		if err != nil {
			return nil, nil, err
		}
		stack.Status, stack.Reason, stack.Token = ReviewInProgress, userInitiated, r.Token
		return stack, nil, nil
	case err != nil:
		return nil, nil, err
	case stack.Status != ReviewInProgress:
		return nil, nil, existing(r)
	}
	return stack, nil, nil
}

func existing(r *ChangeSetRequest) error {
	return fault.Errorf(fault.Invalid, "stack", "Stack [%s] already exists and cannot be created again with the changeSet [%s].", r.Name, r.ChangeSet)
}

// fill finds the changes, or why there are none to be had.
func (s *Service) fill(ctx context.Context, set *ChangeSet, stack *Stack, before *Goal, r *ChangeSetRequest) error {
	d, err := s.draft(ctx, stack, &r.Request, before, true)
	if fault.Is(err, fault.Invalid, "transform") {
		set.fail(fault.Of(err).Message)
		set.Goal = Goal{Stack: stack.ID, Text: r.Template, Settings: settings(&r.Request, stack.Settings)}
		return nil
	}
	if err != nil {
		return err
	}
	set.Goal = d.goal
	found, err := s.plan(ctx, stack, before, d)
	if err != nil {
		return err
	}
	set.Values = found.values
	switch set.Changes = found.resources; {
	case found.any(), before == nil: // a stack may come to have no resources
	case before != nil && len(d.goal.Processed) > 0: // as recorded for templates with transforms
		set.fail("No updates are to be performed.")
	default:
		set.fail("The submitted information didn't contain changes. Submit different information to create a change set.")
	}
	return nil
}

func (c *ChangeSet) fail(reason string) {
	c.Status, c.Reason, c.Execution = ChangeSetFailed, reason, Unavailable
}

// done reports whether a change set was executed.
func (c *ChangeSet) done() bool {
	return c.Execution == Executing || c.Execution == Executed || c.Execution == ExecutionFailed
}

// checkSubject refuses a name that a change set of the stack has.
func checkSubject(tx Tx, set *ChangeSet, r *ChangeSetRequest) error {
	if set.Type == CreateSet {
		if other, err := tx.StackNamed(r.Scope, set.StackName); err == nil && other.ID != set.Stack {
			return existing(r)
		}
	}
	sets, err := tx.ChangeSets(set.Stack)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(sets, func(other *ChangeSet) bool { return other.Name == set.Name && !other.done() }) {
		return fault.Errorf(fault.Conflict, "change set", "ChangeSet %s already exists", set.Name)
	}
	return nil
}
