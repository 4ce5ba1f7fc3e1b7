package stack

import (
	"context"

	"sluice/internal/fault"
	"sluice/internal/function"
)

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
