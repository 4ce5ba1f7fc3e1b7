package stack

import (
	"context"
	"slices"

	"sluice/internal/fault"
)

// Delete begins the deletion of a stack. One that is not there is no error. Errors: fault.Invalid "stack" in a state that forbids it, or
// protected; fault.Invalid "export" if another stack imports from it.
func (s *Service) Delete(ctx context.Context, d Deletion) error {
	var stack *Stack
	err := s.cfg.Store.WriteStacks(ctx, func(tx Tx) (err error) {
		if stack, err = named(tx, d.Scope, d.Name); err != nil {
			return err
		}
		if err := stack.checkDeletion(tx, &d); err != nil {
			return err
		}
		return stack.doom(tx, &d)
	})
	if fault.Is(err, fault.NotFound, "stack") {
		return nil
	}
	if err != nil {
		return err
	}
	if stack.Status == CreateInProgress {
		s.interrupt(stack.ID)
	}
	s.launch(stack.ID)
	return nil
}

// checkDeletion refuses what can't be deleted.
func (s *Stack) checkDeletion(r Reader, d *Deletion) error {
	switch {
	case s.Protected:
		return fault.Errorf(fault.Invalid, "stack", "Stack [%s] cannot be deleted while TerminationProtection is enabled", s.Name)
	case s.Held() && d.Parent != "" && d.Parent == s.Parent:
	case s.Status.Running() && !slices.Contains([]Status{CreateInProgress, RollbackInProgress, DeleteInProgress}, s.Status):
		return fault.Errorf(fault.Invalid, "stack", "Stack [%s] cannot be deleted while in status %s", s.ID, s.Status)
	case len(d.Retain) > 0 && s.Status != DeleteFailed:
		return fault.Errorf(fault.Invalid, "stack", "Invalid operation on stack [%s]. When you delete a stack, specify which resources to retain only when the "+
			"stack is in the DELETE_FAILED state.", s.ID)
	case d.Force && s.Status != DeleteFailed:
		return fault.Errorf(fault.Invalid, "stack", "Invalid operation on stack [%s]. FORCE_DELETE_STACK is for stacks in the DELETE_FAILED state.", s.ID)
	}
	if err := checkUse(r, s, nil); err != nil {
		return err
	}
	resources, err := r.StackResources(s.ID)
	if err != nil {
		return err
	}
	for _, id := range d.Retain {
		if !slices.ContainsFunc(resources, func(r *Resource) bool { return r.LogicalID == id }) {
			return fault.Errorf(fault.Invalid, "stack", "The specified resources to retain must be in a valid state. Do not specify stack resources that are "+
				"in DELETE_COMPLETE state: [%s]", id)
		}
	}
	return nil
}

// doom writes that a stack is to be deleted. What is made first ends, and then goes too.
func (s *Stack) doom(tx Tx, d *Deletion) error {
	switch s.Status {
	case DeleteInProgress, DeleteComplete:
		return nil
	case CreateInProgress, RollbackInProgress:
		s.Operation.Delete = true
		return tx.PutStack(s)
	}
	if s.Operation == nil {
		s.Operation = &Operation{}
	}
	s.Operation.Began, s.Operation.Retain, s.Operation.Force = now(), d.Retain, d.Force
	s.Status, s.Reason, s.Token = DeleteInProgress, userInitiated, d.Token
	s.Deleted = now()
	if d.Role != "" {
		s.Role = d.Role
	}
	return firstOf(pardon(tx, s.ID), tx.PutStack(s), tx.AddStackEvent(stackEvent(s)))
}
