package stack

import (
	"context"
	"slices"
	"strings"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// ChangeSet returns a change set: by its ID, or by its name and its stack's name. Errors: fault.NotFound "change set" and "stack".
func (s *Service) ChangeSet(ctx context.Context, scope function.Scope, changeSet, stack string) (set *ChangeSet, err error) {
	err = s.cfg.Store.ReadStacks(ctx, func(r Reader) error {
		set, err = findChangeSet(r, scope, changeSet, stack)
		return err
	})
	return set, err
}

func findChangeSet(r Reader, scope function.Scope, changeSet, stack string) (*ChangeSet, error) {
	missing := fault.Errorf(fault.NotFound, "change set", "ChangeSet [%s] does not exist", changeSet)
	if strings.HasPrefix(changeSet, "arn:") {
		set, err := r.ChangeSet(changeSet)
		if fault.Is(err, fault.NotFound, "change set") || err == nil && set.Scope != scope {
			return nil, missing
		}
		return set, err
	}
	if stack == "" {
		return nil, fault.Errorf(fault.Invalid, "change set", "StackName must be specified if ChangeSetName is not specified as an ARN.")
	}
	owner, err := named(r, scope, stack)
	if err != nil {
		return nil, err
	}
	sets, err := r.ChangeSets(owner.ID)
	if err != nil {
		return nil, err
	}
	var found *ChangeSet
	for _, set := range sets { // one that waits comes before those of its name that were executed
		if set.Name == changeSet && (found == nil || found.done()) {
			found = set
		}
	}
	if found == nil {
		return nil, missing
	}
	return found, nil
}

// ChangeSets lists those of a stack that were not executed, the oldest first (recorded: test_list_change_sets).
func (s *Service) ChangeSets(ctx context.Context, scope function.Scope, stack string) (sets []*ChangeSet, err error) {
	err = s.cfg.Store.ReadStacks(ctx, func(r Reader) error {
		owner, err := named(r, scope, stack)
		if err == nil {
			sets, err = r.ChangeSets(owner.ID)
		}
		return err
	})
	return slices.DeleteFunc(sets, func(set *ChangeSet) bool { return set.done() && set.Execution != Executing }), err
}
