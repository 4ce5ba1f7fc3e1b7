package stack

import (
	"context"

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
