package stack

import (
	"context"

	"sluice/internal/fault"
)

// Update begins an update. Errors: as Create's; fault.NotFound "stack"; fault.Invalid "changes" if there is nothing to do;
// fault.Invalid "stack" in a state that forbids it.
func (s *Service) Update(ctx context.Context, r Request) (*Stack, error) {
	stack, before, err := s.updatable(ctx, &r)
	if err != nil {
		if again := s.repeated(ctx, &r); again != nil {
			return again, nil
		}
		return nil, err
	}
	d, err := s.draft(ctx, stack, &r, before, false)
	if err != nil {
		return nil, err
	}
	changes, err := s.plan(ctx, stack, before, d)
	if err != nil {
		return nil, err
	}
	if !changes.any() && d.goal.Processed == "" { // what a transform makes counts as a change
		return nil, fault.Errorf(fault.Invalid, "changes", "No updates are to be performed.")
	}
	if err := checkPolicy(r.PolicyDuringUpdate); err != nil {
		return nil, err
	}
	stack, err = s.startUpdate(ctx, stack, &d.goal, &r, "")
	if err != nil {
		return nil, err
	}
	s.launch(stack.ID)
	return stack, nil
}

// repeated returns the stack if a request has begun its update already, by its token; nil if not.
func (s *Service) repeated(ctx context.Context, r *Request) *Stack {
	found, err := s.Stack(ctx, r.Scope, r.Name)
	if err != nil || r.Token == "" || found.Token != r.Token || found.Status != UpdateInProgress {
		return nil
	}
	return found
}

// updatable returns a stack that may be updated, and the goal in force.
func (s *Service) updatable(ctx context.Context, r *Request) (stack *Stack, before *Goal, err error) {
	err = s.cfg.Store.ReadStacks(ctx, func(reader Reader) error {
		if stack, err = named(reader, r.Scope, r.Name); err != nil {
			return err
		}
		if err := stack.checkUpdate(r); err != nil {
			return err
		}
		number := stack.Goal
		if stack.Operation != nil { // it failed and was left as it is
			number = stack.Operation.Goal
		}
		before, err = reader.StackGoal(stack.ID, number)
		return err
	})
	return stack, before, err
}

// checkUpdate refuses an update that a stack's status forbids.
func (s *Stack) checkUpdate(r *Request) error {
	switch {
	case s.Status == UpdateCleanupInProgress && s.Held() && r.Parent != "" && r.Parent == s.Parent:
		return nil // the parent's own update failed and was left as it was, as this one is
	case s.Status == ReviewInProgress: // it is none yet (boto/boto3 issue 2327 shows AWS's answer)
		return fault.Errorf(fault.NotFound, "stack", "Stack [%s] does not exist", s.Name)
	case !s.Status.Updatable():
		return fault.Errorf(fault.Invalid, "stack", "Stack:%s is in %s state and can not be updated.", s.ID, s.Status)
	case (s.Status == CreateFailed || s.Status == UpdateFailed) && (r.DisableRollback == nil || !*r.DisableRollback):
		return fault.Errorf(fault.Invalid, "stack", "This stack is currently in a non-terminal [%s] state. To update the stack from this state, "+
			"please use the disable-rollback parameter with update-stack API. To rollback to the last known good state, use the rollback-stack API", s.Status)
	}
	return nil
}

// startUpdate stores the beginning of an update, of a change set if it is one's.
func (s *Service) startUpdate(ctx context.Context, seen *Stack, goal *Goal, r *Request, changeSet string) (stack *Stack, err error) {
	err = s.cfg.Store.WriteStacks(ctx, func(tx Tx) error {
		if stack, err = tx.Stack(seen.ID); err != nil {
			return err
		}
		if err := stack.checkUpdate(r); err != nil {
			return err
		}
		stack.Status, stack.Reason, stack.Token, stack.Updated = UpdateInProgress, userInitiated, r.Token, now()
		stack.DisableRollback = r.DisableRollback != nil && *r.DisableRollback
		stack.ChangeSetID = changeSet
		if err := outdate(tx, stack, changeSet); err != nil {
			return err
		}
		if err := pardon(tx, stack.ID); err != nil {
			return err
		}
		return start(tx, stack, goal, r)
	})
	return stack, err
}

// outdate makes change sets useless that were made for another state of a stack. When one is executed, the others go, also those that were
// executed before.
func outdate(tx Tx, stack *Stack, executed string) error {
	sets, err := tx.ChangeSets(stack.ID)
	if err != nil {
		return err
	}
	for _, set := range sets {
		switch {
		case set.ID == executed:
			set.Execution = Executing
			err = tx.PutChangeSet(set)
		case executed != "":
			err = tx.DeleteChangeSet(set.ID)
		case set.Execution == Available:
			set.Execution = Obsolete
			err = tx.PutChangeSet(set)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// pardon forgets at which resources the operation before failed.
func pardon(tx Tx, id string) error {
	resources, err := tx.StackResources(id)
	if err != nil {
		return err
	}
	for _, r := range resources {
		if r.Failed {
			r.Failed = false
			if err := tx.PutStackResource(r); err != nil {
				return err
			}
		}
	}
	return nil
}
