package restapi

import (
	"context"

	"sluice/internal/function"
)

// Account returns what is kept of an account in a region.
func (s *Service) Account(ctx context.Context, scope function.Scope) (*Account, error) {
	return read(ctx, s, func(r Reader) (*Account, error) { return r.RESTAccount(scope) })
}

// UpdateAccount changes what is kept of an account in a region.
// Errors: fault.Invalid "patch".
func (s *Service) UpdateAccount(ctx context.Context, scope function.Scope, patches []Patch) (changed *Account, err error) {
	err = s.store.WriteRESTAPIs(ctx, func(tx Tx) error {
		if changed, err = tx.RESTAccount(scope); err != nil {
			return err
		}
		err := apply(patches, listed,
			text("/cloudwatchRoleArn", replaced, &changed.LogRole),
			field{"/features", addedOff, func(*Patch, string) error { return nil }}) // usage plans are always there
		if err != nil {
			return err
		}
		return tx.PutRESTAccount(changed)
	})
	return changed, err
}
