package stack

import "slices"

// cleanUp deletes what an update left behind, or its rollback. What can't be deleted stays, and the stack forgets it.
func (o *operation) cleanUp(stack *Stack) (*Stack, error) {
	goal := map[string]bool{}
	back := stack.Status == UpdateRollbackCleanupInProgress
	if !back {
		bound, err := o.bound(stack, stack.Goal)
		if err != nil {
			return nil, err
		}
		for _, r := range bound.Resources {
			goal[r.LogicalID] = true
		}
	}
	gone := func(r *Resource) bool { return back && r.Fresh || !back && !goal[r.LogicalID] }
	failed, err := o.removeAll(func(r *Resource) removal {
		switch {
		case r.gone():
			return removal{}
		case gone(r):
			kept := r.kept(o.cfg.Provider.Schema, back && stack.Operation.DeleteCreated, back)
			return removal{parts: r.parts(), keep: kept, last: true, cleanup: true, commit: o.commits(r)}
		}
		replaced := slices.Clone(r.Leftovers)
		if r.replaced() {
			replaced = append(replaced, *r.Before)
		}
		return removal{parts: replaced, keep: r.UpdateReplacePolicy == "Retain" && !back, cleanup: true, commit: o.commits(r)}
	})
	if err != nil {
		return nil, err
	}
	next, reason := UpdateComplete, ""
	if back {
		next = UpdateRollbackComplete
	} else if len(failed) > 0 {
		reason = leftBehind
	}
	return o.become(next, reason, func(tx Tx, s *Stack) error {
		s.Operation = nil
		if err := o.forget(tx); err != nil {
			return err
		}
		for _, r := range o.all() {
			if gone(r) {
				if err := tx.DropStackResource(s.ID, r.LogicalID); err != nil {
					return err
				}
			}
		}
		return tx.DropStackGoals(s.ID, s.Goal)
	})
}
