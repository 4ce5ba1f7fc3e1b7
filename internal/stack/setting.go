package stack

import (
	"context"

	"sluice/internal/fault"
	"sluice/internal/function"
)

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
