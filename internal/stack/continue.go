package stack

import (
	"context"

	"sluice/internal/fault"
	"sluice/internal/function"
)

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
