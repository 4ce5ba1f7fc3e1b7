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
