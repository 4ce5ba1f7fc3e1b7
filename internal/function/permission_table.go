package function

import (
	"context"

	"sluice/internal/policy"
)

// policy returns the policy of a qualifier, nil if it has none. A function's policies are read when they are first asked
// for, and again after a change.
func (t *table) policy(ctx context.Context, id ID, qualifier string) (*policy.Document, error) {
	e, err := t.entry(ctx, id)
	if err != nil {
		return nil, err
	}
	if held := e.policies.Load(); held != nil {
		return (*held)[qualifier], nil
	}
	mu := t.lock(id)
	mu.Lock()
	defer mu.Unlock()
	held := map[string]*policy.Document{}
	err = t.store.ReadFunctions(ctx, func(r Reader) error {
		all, err := r.AllPermissions(id)
		for _, each := range all {
			held[each.Qualifier] = &each.Policy
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	e.policies.Store(&held)
	return held[qualifier], nil
}

// forgetPolicies follows a write or a deletion of policies. It waits for whoever reads what was there before, so that
// they don't bring it back.
func (t *table) forgetPolicies(id ID) {
	mu := t.lock(id)
	mu.Lock()
	defer mu.Unlock()
	if e, ok := t.entries.Load(id); ok {
		e.(*entry).policies.Store(nil)
	}
}
