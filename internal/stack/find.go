package stack

import (
	"context"
	"strings"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// scopeOf reads account and region out of a stack's ID.
func scopeOf(id string) function.Scope {
	if parts := strings.SplitN(id, ":", 6); len(parts) == 6 {
		return function.Scope{Account: parts[4], Region: parts[3]}
	}
	return function.Scope{}
}

// named finds a stack by its name or ID.
func named(r Reader, scope function.Scope, name string) (stack *Stack, err error) {
	if strings.HasPrefix(name, "arn:") {
		if stack, err = r.Stack(name); err == nil && stack.Scope != scope {
			err = fault.Errorf(fault.NotFound, "stack", "")
		}
	} else {
		stack, err = r.StackNamed(scope, name)
	}
	if fault.Is(err, fault.NotFound, "stack") {
		return nil, noStack(name)
	}
	return stack, err
}

func noStack(name string) error {
	return fault.Errorf(fault.NotFound, "stack", "Stack with id %s does not exist", name)
}

// Stack returns a stack. Error: fault.NotFound "stack".
func (s *Service) Stack(ctx context.Context, scope function.Scope, name string) (stack *Stack, err error) {
	err = s.cfg.Store.ReadStacks(ctx, func(r Reader) error {
		stack, err = named(r, scope, name)
		return err
	})
	return stack, err
}

// Stacks lists stacks, those made last first, from behind a stack (its ID; empty: from the first on); with live, without those
// that are deleted. more is set if there are others behind the last.
func (s *Service) Stacks(ctx context.Context, scope function.Scope, live bool, after string, limit int) (found []*Stack, more bool, err error) {
	err = s.cfg.Store.ReadStacks(ctx, func(r Reader) error {
		found, err = r.Stacks(scope, live, after, beyond(limit))
		return err
	})
	found, more = within(found, limit)
	return found, more, err
}

// Events lists a stack's events, the newest first, those below a number; 0 means all.
func (s *Service) Events(ctx context.Context, scope function.Scope, name string, below int64, limit int) (found []*Event, more bool, err error) {
	err = s.cfg.Store.ReadStacks(ctx, func(r Reader) error {
		stack, err := named(r, scope, name)
		if err == nil {
			found, err = r.StackEvents(stack.ID, below, beyond(limit))
		}
		return err
	})
	found, more = within(found, limit)
	return found, more, err
}

// Resources lists a stack's resources by logical ID, with those of a deleted stack.
func (s *Service) Resources(ctx context.Context, scope function.Scope, name string) (stack *Stack, found []*Resource, err error) {
	err = s.cfg.Store.ReadStacks(ctx, func(r Reader) error {
		if stack, err = named(r, scope, name); err == nil {
			found, err = r.StackResources(stack.ID)
		}
		return err
	})
	return stack, found, err
}

// Exports lists exports by name, those behind a name.
func (s *Service) Exports(ctx context.Context, scope function.Scope, after string, limit int) (found []*Export, more bool, err error) {
	err = s.cfg.Store.ReadStacks(ctx, func(r Reader) error {
		found, err = r.Exports(scope, after, beyond(limit))
		return err
	})
	found, more = within(found, limit)
	return found, more, err
}

// Imports lists the names of the stacks that import an export. Error: fault.NotFound "export", also if there are none.
func (s *Service) Imports(ctx context.Context, scope function.Scope, export string) (names []string, err error) {
	err = s.cfg.Store.ReadStacks(ctx, func(r Reader) error {
		if _, err := r.Export(scope, export); err != nil {
			if fault.Is(err, fault.NotFound, "export") {
				return fault.Errorf(fault.NotFound, "export", "Export '%s' does not exist.", export)
			}
			return err
		}
		names, err = r.Importers(scope, export)
		return err
	})
	if err == nil && len(names) == 0 {
		return nil, fault.Errorf(fault.NotFound, "export", "Export '%s' is not imported by any stack.", export)
	}
	return names, err
}

// Goal returns the template in force and its settings, while an operation runs the one it aims at. Error: fault.NotFound "stack",
// and "goal" for a stack in review.
func (s *Service) Goal(ctx context.Context, scope function.Scope, name string) (goal *Goal, err error) {
	err = s.cfg.Store.ReadStacks(ctx, func(r Reader) error {
		stack, err := named(r, scope, name)
		if err == nil {
			goal, err = r.StackGoal(stack.ID, stack.aim())
		}
		return err
	})
	return goal, err
}

// aim is the number of the goal that a stack is made into, or that is in force, or that could not be reached.
func (s *Stack) aim() int {
	if s.Goal == 0 {
		return s.Goals
	}
	if s.Operation != nil && (s.Status == UpdateInProgress || s.Status == UpdateCleanupInProgress) {
		return s.Operation.Goal
	}
	return s.Goal
}

// beyond and within read one more than a limit, to tell whether there is more. A limit of 0 is none.
func beyond(limit int) int {
	if limit == 0 {
		return 0
	}
	return limit + 1
}

func within[T any](found []T, limit int) (kept []T, more bool) {
	if limit == 0 || len(found) <= limit {
		return found, false
	}
	return found[:limit], true
}
