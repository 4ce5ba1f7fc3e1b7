package function

import (
	"context"
	"slices"
	"strings"

	"sluice/internal/fault"
)

// Delete deletes a function with all its versions and aliases. Calls that are running end where they began.
// Errors: fault.NotFound "function".
func (s *Service) Delete(ctx context.Context, id ID) error {
	err := s.store.WriteFunctions(ctx, func(tx Tx) error {
		if _, err := tx.Function(id); err != nil {
			return notFoundAs(err, id, "")
		}
		return tx.DeleteFunction(id)
	})
	if err != nil {
		return err
	}
	s.table.drop(ctx, id)
	s.tellDeleted(ctx, id)
	return nil
}

// DeleteVersion deletes a published version; its number is not used again. A version that does not exist is no error
// (recording test_delete_on_nonexisting_version).
// Errors: fault.NotFound "function"; fault.Invalid "version" for $LATEST; fault.Conflict "version" while aliases name it.
func (s *Service) DeleteVersion(ctx context.Context, id ID, n Number) error {
	if n == Latest {
		return fault.Errorf(fault.Invalid, "version", "$LATEST version cannot be deleted without deleting the function.")
	}
	err := s.store.WriteFunctions(ctx, func(tx Tx) error {
		if _, err := tx.Function(id); err != nil {
			return notFoundAs(err, id, "")
		}
		aliases, err := tx.Aliases(id, "", 0)
		if err != nil {
			return err
		}
		if names := naming(aliases, n); len(names) > 0 {
			return fault.Errorf(fault.Conflict, "version",
				"Unable to delete version because the following aliases reference it: [%s]", strings.Join(names, ", "))
		}
		if err := tx.DeleteVersion(id, n); !fault.Is(err, fault.NotFound, "") {
			return err
		}
		return nil
	})
	if err != nil {
		return err
	}
	s.table.dropVersion(id, n)
	s.table.refreshQuota(ctx, id)
	s.tellDeleted(ctx, id)
	return nil
}

// naming returns the names of the aliases that hold a version. One that a deployment moves holds both of the
// deployment's versions even while it points to one of them; rollouts keep that by claiming the alias.
func naming(aliases []*Alias, n Number) []string {
	var names []string
	for _, a := range aliases {
		if a.Names(n) || slices.Contains(a.Held, n) {
			names = append(names, a.Name)
		}
	}
	return names
}
