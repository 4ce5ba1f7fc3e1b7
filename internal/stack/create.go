package stack

import (
	"context"
	"slices"

	"sluice/internal/fault"
)

// Create begins the creation of a stack. Errors: fault.Conflict "stack" if there is one of that name, fault.Limit "stack" if there are
// too many, fault.Denied "capability", and fault.Invalid for a template or parameters that can't be.
func (s *Service) Create(ctx context.Context, r Request) (*Stack, error) {
	if err := checkName(r.Name, "stackName"); err != nil {
		return nil, err
	}
	if again, err := s.checkFree(ctx, &r); again != nil || err != nil {
		return again, err
	}
	stack, err := s.conceived(ctx, &r)
	if err != nil {
		return nil, err
	}
	d, err := s.draft(ctx, stack, &r, nil, false)
	if err != nil {
		return nil, err
	}
	stack.Status, stack.Reason, stack.Token = CreateInProgress, userInitiated, r.Token
	err = s.cfg.Store.WriteStacks(ctx, func(tx Tx) error {
		if _, err := tx.StackNamed(r.Scope, r.Name); !fault.Is(err, fault.NotFound, "stack") {
			return firstOf(err, taken(r.Name))
		}
		if err := firstOf(checkQuota(tx, r.Scope), checkNesting(tx, stack)); err != nil {
			return err
		}
		return start(tx, stack, &d.goal, &r)
	})
	if err != nil {
		return nil, err
	}
	s.launch(stack.ID)
	return stack, nil
}

func taken(name string) error {
	return fault.Errorf(fault.Conflict, "stack", "Stack [%s] already exists", name)
}

// checkFree refuses a name before any work is done for it. It returns the stack that the same request has made already, by its token.
func (s *Service) checkFree(ctx context.Context, r *Request) (again *Stack, err error) {
	found, err := s.Stack(ctx, r.Scope, r.Name)
	switch {
	case fault.Is(err, fault.NotFound, "stack"):
		return nil, nil
	case err == nil && r.Token != "" && found.Token == r.Token:
		return found, nil
	}
	return nil, firstOf(err, taken(r.Name))
}

// conceived is a stack that a request asks for, of which nothing is stored yet.
func (s *Service) conceived(ctx context.Context, r *Request) (*Stack, error) {
	if !slices.Contains([]string{"", OnFailureRollback, OnFailureDelete, OnFailureNothing}, r.OnFailure) {
		return nil, fault.Errorf(fault.Invalid, "stack", "OnFailure is %s, %s or %s.", OnFailureRollback, OnFailureDelete, OnFailureNothing)
	}
	if r.OnFailure != "" && r.DisableRollback != nil {
		return nil, fault.Errorf(fault.Invalid, "stack", "You can specify either DisableRollback or OnFailure, but not both.")
	}
	if err := checkPolicy(r.Policy); err != nil {
		return nil, err
	}
	stack := &Stack{
		Scope: r.Scope, Name: r.Name, ID: arn(r.Scope, "stack", r.Name), Created: now(), Protected: r.Protected,
		TimeoutMinutes: r.TimeoutMinutes, Policy: r.Policy, Parent: r.Parent,
		DisableRollback: r.DisableRollback != nil && *r.DisableRollback || r.OnFailure == OnFailureNothing,
	}
	if r.Parent != "" {
		parent, err := s.Stack(ctx, r.Scope, r.Parent)
		if err != nil {
			return nil, err
		}
		if stack.Root = parent.Root; stack.Root == "" {
			stack.Root = parent.ID
		}
	}
	return stack, nil
}
