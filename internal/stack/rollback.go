package stack

import (
	"context"

	"sluice/internal/fault"
	"sluice/internal/function"
)

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
