package stack

import (
	"context"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// Cancel ends an update, which is rolled back. Error: fault.Invalid "stack" if none is under way.
func (s *Service) Cancel(ctx context.Context, scope function.Scope, name, token string) error {
	stack, err := s.change(ctx, scope, name, func(tx Tx, stack *Stack) error {
		if stack.Status != UpdateInProgress {
			return fault.Errorf(fault.Invalid, "stack", "CancelUpdateStack cannot be called from current stack status")
		}
		stack.Operation.Cancelled, stack.Token = true, token
		return nil
	})
	if err == nil {
		s.interrupt(stack.ID)
	}
	return err
}

// ContinueRollback tries again to roll an update back. skip names resources that are taken as rolled back.
func (s *Service) ContinueRollback(ctx context.Context, scope function.Scope, name string, skip []string, role, token string) error {
	stack, err := s.change(ctx, scope, name, func(tx Tx, stack *Stack) error {
		if stack.Status != UpdateRollbackFailed {
			return fault.Errorf(fault.Invalid, "stack", "Stack [%s] is in %s state and can not continue rollback. "+
				"ContinueUpdateRollback is for stacks in UPDATE_ROLLBACK_FAILED state.", stack.ID, stack.Status)
		}
		if err := checkSkipped(tx, stack.ID, skip); err != nil {
			return err
		}
		stack.Operation.Skip = skip
		return stack.retreat(tx, UpdateRollbackInProgress, role, token)
	})
	if err == nil {
		s.launch(stack.ID)
	}
	return err
}

// checkSkipped refuses to skip what was rolled back already.
func checkSkipped(tx Tx, id string, skip []string) error {
	resources, err := tx.StackResources(id)
	if err != nil {
		return err
	}
	failed := map[string]bool{}
	for _, r := range resources {
		failed[r.LogicalID] = r.Status == UpdateRefused
	}
	for _, logicalID := range skip {
		if !failed[logicalID] {
			return fault.Errorf(fault.Invalid, "stack", "ResourcesToSkip [%s] is not in UPDATE_FAILED state", logicalID)
		}
	}
	return nil
}

// Rollback rolls back a creation or update that failed and was left as it was.
func (s *Service) Rollback(ctx context.Context, scope function.Scope, name, role, token string) (*Stack, error) {
	stack, err := s.change(ctx, scope, name, func(tx Tx, stack *Stack) error {
		switch {
		case stack.Status != CreateFailed && stack.Status != UpdateFailed:
			return fault.Errorf(fault.Invalid, "stack", "Stack [%s] is in %s state and can not be rolled back. "+
				"RollbackStack is for stacks in CREATE_FAILED or UPDATE_FAILED state.", stack.ID, stack.Status)
		case stack.Goal == 0:
			stack.Deleted = now()
			return stack.retreat(tx, RollbackInProgress, role, token)
		}
		if err := stack.restore(tx); err != nil {
			return err
		}
		return stack.retreat(tx, UpdateRollbackInProgress, role, token)
	})
	if err == nil {
		s.launch(stack.ID)
	}
	return stack, err
}

// retreat writes that a stack is being rolled back because a client wants it.
func (s *Stack) retreat(tx Tx, status Status, role, token string) error {
	s.Status, s.Reason, s.Token = status, userInitiated, token
	if role != "" {
		s.Role = role
	}
	return firstOf(pardon(tx, s.ID), tx.AddStackEvent(stackEvent(s)))
}

// change reads a stack, changes it and writes it, in one transaction.
func (s *Service) change(ctx context.Context, scope function.Scope, name string, change func(Tx, *Stack) error) (stack *Stack, err error) {
	err = s.cfg.Store.WriteStacks(ctx, func(tx Tx) error {
		if stack, err = named(tx, scope, name); err != nil {
			return err
		}
		if err := change(tx, stack); err != nil {
			return err
		}
		return tx.PutStack(stack)
	})
	return stack, err
}

// Protect sets whether a stack is protected from deletion.
func (s *Service) Protect(ctx context.Context, scope function.Scope, name string, on bool) (*Stack, error) {
	return s.change(ctx, scope, name, func(_ Tx, stack *Stack) error {
		if stack.Status == DeleteComplete || stack.Status == DeleteInProgress {
			return fault.Errorf(fault.Invalid, "stack", "Stack [%s] is in %s state: its TerminationProtection can't be changed.", stack.ID, stack.Status)
		}
		stack.Protected = on
		return nil
	})
}

// SetPolicy sets the policy that updates of a stack are under: JSON.
func (s *Service) SetPolicy(ctx context.Context, scope function.Scope, name, policy string) error {
	if err := checkPolicy(policy); err != nil {
		return err
	}
	_, err := s.change(ctx, scope, name, func(_ Tx, stack *Stack) error {
		stack.Policy = policy
		return nil
	})
	return err
}
