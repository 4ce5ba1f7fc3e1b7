package stack

import (
	"context"
	"strings"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// Execution is which change set a client wants to be carried out.
type Execution struct {
	Scope            function.Scope
	ChangeSet, Stack string // as for Service.ChangeSet
	DisableRollback  *bool
	DeleteCreated    bool
	Token            string
}

// Execute carries a change set out; the stack's others are deleted. Errors: as ChangeSet's; fault.Conflict "change set status" if it
// can't be executed (any more).
func (s *Service) Execute(ctx context.Context, e Execution) error {
	set, err := s.ChangeSet(ctx, e.Scope, e.ChangeSet, e.Stack)
	if err != nil {
		return err
	}
	if err := set.checkExecution(); err != nil {
		return err
	}
	disable := set.DisableRollback || e.DisableRollback != nil && *e.DisableRollback
	r := Request{Scope: e.Scope, Name: set.Stack, Token: e.Token, DisableRollback: &disable, DeleteCreated: e.DeleteCreated, OnFailure: set.OnFailure}
	goal := set.Goal
	if set.Type == CreateSet {
		err = s.startCreation(ctx, set, &goal, &r)
	} else {
		_, err = s.startUpdate(ctx, &Stack{ID: set.Stack}, &goal, &r, set.ID)
	}
	if err == nil {
		s.launch(set.Stack)
	}
	return err
}

func (c *ChangeSet) checkExecution() error {
	if c.Status != ChangeSetComplete {
		return fault.Errorf(fault.Conflict, "change set status", "ChangeSet [%s] cannot be executed in its current status of [%s]", c.ID, c.Status)
	}
	if c.Execution != Available {
		return fault.Errorf(fault.Conflict, "change set status", "ChangeSet [%s] cannot be executed in its current execution status of [%s]", c.ID, c.Execution)
	}
	return nil
}

// startCreation stores the beginning of a stack that was in review.
func (s *Service) startCreation(ctx context.Context, set *ChangeSet, goal *Goal, r *Request) error {
	return s.cfg.Store.WriteStacks(ctx, func(tx Tx) error {
		stack, err := tx.Stack(set.Stack)
		if err != nil {
			return err
		}
		if stack.Status != ReviewInProgress {
			return fault.Errorf(fault.Conflict, "change set status", "ChangeSet [%s] cannot be executed while its stack is in status %s", set.ID, stack.Status)
		}
		stack.Status, stack.Reason, stack.Token, stack.Updated = CreateInProgress, userInitiated, r.Token, now()
		stack.ChangeSetID, stack.DisableRollback = set.ID, *r.DisableRollback || set.OnFailure == OnFailureNothing
		if err := outdate(tx, stack, set.ID); err != nil {
			return err
		}
		return start(tx, stack, goal, r)
	})
}

// ChangeSet returns a change set: by its ID, or by its name and its stack's name. Errors: fault.NotFound "change set" and "stack".
func (s *Service) ChangeSet(ctx context.Context, scope function.Scope, changeSet, stack string) (set *ChangeSet, err error) {
	err = s.cfg.Store.ReadStacks(ctx, func(r Reader) error {
		set, err = findChangeSet(r, scope, changeSet, stack)
		return err
	})
	return set, err
}

func findChangeSet(r Reader, scope function.Scope, changeSet, stack string) (*ChangeSet, error) {
	missing := fault.Errorf(fault.NotFound, "change set", "ChangeSet [%s] does not exist", changeSet)
	if strings.HasPrefix(changeSet, "arn:") {
		set, err := r.ChangeSet(changeSet)
		if fault.Is(err, fault.NotFound, "change set") || err == nil && set.Scope != scope {
			return nil, missing
		}
		return set, err
	}
	if stack == "" {
		return nil, fault.Errorf(fault.Invalid, "change set", "StackName must be specified if ChangeSetName is not specified as an ARN.")
	}
	owner, err := named(r, scope, stack)
	if err != nil {
		return nil, err
	}
	sets, err := r.ChangeSets(owner.ID)
	if err != nil {
		return nil, err
	}
	var found *ChangeSet
	for _, set := range sets { // one that waits comes before those of its name that were executed
		if set.Name == changeSet && (found == nil || found.done()) {
			found = set
		}
	}
	if found == nil {
		return nil, missing
	}
	return found, nil
}

// ChangeSets lists those of a stack, the oldest first.
func (s *Service) ChangeSets(ctx context.Context, scope function.Scope, stack string) (sets []*ChangeSet, err error) {
	err = s.cfg.Store.ReadStacks(ctx, func(r Reader) error {
		owner, err := named(r, scope, stack)
		if err == nil {
			sets, err = r.ChangeSets(owner.ID)
		}
		return err
	})
	return sets, err
}

// DeleteChangeSet deletes a change set; one that is not there is no error. Errors: fault.NotFound "stack"; fault.Conflict "change set status"
// while it is executed.
func (s *Service) DeleteChangeSet(ctx context.Context, scope function.Scope, changeSet, stack string) error {
	return s.cfg.Store.WriteStacks(ctx, func(tx Tx) error {
		set, err := findChangeSet(tx, scope, changeSet, stack)
		switch {
		case fault.Is(err, fault.NotFound, "change set"):
			return nil
		case err != nil:
			return err
		case set.Execution == Executing:
			return fault.Errorf(fault.Conflict, "change set status", "ChangeSet [%s] cannot be deleted in its current execution status of [%s]", set.ID, set.Execution)
		}
		return tx.DeleteChangeSet(set.ID)
	})
}
