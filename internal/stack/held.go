package stack

import (
	"context"

	"sluice/internal/function"
)

// Held reports whether an update of a nested stack, or its being taken back, has done all but its cleanup, and waits for the parent: what
// there was before is there still. CloudFormation leaves nested stacks in these statuses until the root's own update ends.
func (s *Stack) Held() bool {
	return s.Operation != nil && s.Operation.Held && (s.Status == UpdateCleanupInProgress || s.Status == UpdateRollbackCleanupInProgress)
}

// keepPrior remembers what a stack told before the first of the updates that are held. Its Goal stays that of before, too.
func (s *Stack) keepPrior() {
	if s.Operation.Prior == nil {
		s.Operation.Prior = &Prior{Outputs: s.Outputs, Imports: s.Imports}
	}
}

// restore gives a stack back what it said of itself before an update.
func (s *Stack) restore(tx Tx) error {
	before, err := tx.StackGoal(s.ID, s.Operation.Before)
	if err != nil {
		return err
	}
	s.Settings = before.Settings
	prior := s.Operation.Prior
	if prior == nil {
		return nil
	}
	s.Outputs, s.Imports, s.Operation.Prior = prior.Outputs, prior.Imports, nil
	return s.trade(tx)
}

// Commit lets a nested stack go on that is held: its parent needs no way back any more. One that has nothing to wait for is left as it is.
// Error: fault.NotFound "stack".
func (s *Service) Commit(ctx context.Context, scope function.Scope, name string) error {
	stack, err := s.Stack(ctx, scope, name)
	if err != nil || stack.Operation == nil || !stack.Operation.Held {
		return err
	}
	stack, err = s.change(ctx, scope, name, func(_ Tx, stack *Stack) error {
		if stack.Held() && stack.Status == UpdateCleanupInProgress {
			stack.Goal, stack.Operation.Prior = stack.Operation.Goal, nil
		}
		if stack.Operation != nil {
			stack.Operation.Held = false // also of one whose rollback failed and was skipped
		}
		return nil
	})
	if err == nil {
		s.launch(stack.ID)
	}
	return err
}

// Retract has a nested stack take its last update back, which its parent asked for: one that is under way, is held, or could not be rolled
// back before. A stack without one is left as it is. Error: fault.NotFound "stack".
func (s *Service) Retract(ctx context.Context, scope function.Scope, name, token string) error {
	stack, err := s.change(ctx, scope, name, func(tx Tx, stack *Stack) error {
		switch {
		case stack.Status == UpdateInProgress:
			stack.Operation.Cancelled = true
			return nil
		case stack.Status == UpdateRollbackFailed:
			return stack.retreat(tx, UpdateRollbackInProgress, "", token)
		case stack.Status == UpdateFailed && stack.Goal != 0, stack.Status == UpdateCleanupInProgress && stack.Held():
			return firstOf(stack.restore(tx), stack.retreat(tx, UpdateRollbackInProgress, "", token))
		}
		return nil
	})
	if err != nil {
		return err
	}
	if stack.Status == UpdateInProgress {
		s.interrupt(stack.ID)
	}
	s.launch(stack.ID)
	return nil
}

// commits reports whether there is something of a resource that has to be told that an operation stands.
func (o *operation) commits(r *Resource) bool {
	schema, known := o.cfg.Provider.Schema(r.Type)
	return known && schema.Commits && r.PhysicalID != ""
}

// commit lets stand what was ordered for a resource.
func (o *operation) commit(r *Resource) error {
	err := o.cfg.Provider.Commit(o.closing, o.order(r, &Task{Verb: ToUpdate, Token: newUUID(), Goal: r.Instance}, true))
	if o.closing.Err() != nil {
		return ErrClosing
	}
	return err
}
