package stack

import "slices"

// dismantle deletes all that a stack has: because it is to be deleted, or because it could not be made.
func (o *operation) dismantle(stack *Stack) (*Stack, error) {
	op := stack.Operation
	rollback := stack.Status == RollbackInProgress
	failed, err := o.removeAll(func(r *Resource) removal {
		if r.gone() {
			return removal{}
		}
		kept := r.kept(o.cfg.Provider.Schema, rollback && op.DeleteCreated, rollback) || slices.Contains(op.Retain, r.LogicalID)
		return removal{parts: r.parts(), keep: kept, last: true, force: op.Force, commit: kept && o.commits(r)}
	})
	if err != nil {
		return nil, err
	}
	return o.become(stack.Status, failedTo("delete", failed), func(tx Tx, s *Stack) error {
		switch {
		case rollback && s.Operation.Delete:
			s.Status, s.Reason, s.Operation.Retain = DeleteInProgress, userInitiated, nil
			return nil
		case rollback && len(failed) > 0:
			s.Status = RollbackFailed
			return nil
		case len(failed) > 0:
			s.Status = DeleteFailed
			return nil
		case rollback:
			s.Status = RollbackComplete
		default:
			s.Status, s.ChangeSetID = DeleteComplete, ""
			if err := tx.SetStackExports(s.ID, nil); err != nil {
				return err
			}
			if err := tx.SetStackImports(s, nil); err != nil {
				return err
			}
		}
		s.Operation = nil
		return o.forget(tx)
	})
}
