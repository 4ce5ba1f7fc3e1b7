package function

import "context"

// Usage is what an account has in a region.
type Usage struct {
	Functions int
	// CodeSize is the size of all packages in bytes. Each version counts, even if it shares its package with another
	// (recording test_account_settings_total_code_size).
	CodeSize int64
	// Unreserved is how many calls may run at once of functions for which nothing is reserved or provisioned.
	Unreserved int
}

// Usage counts what a scope has; one without functions has nothing.
// Errors: those of the store alone.
func (s *Service) Usage(ctx context.Context, scope Scope) (Usage, error) {
	var usage Usage
	err := s.store.ReadFunctions(ctx, func(r Reader) error {
		functions, err := r.Functions(scope, "", 0)
		if err != nil {
			return err
		}
		usage.Functions = len(functions)
		for _, f := range functions {
			versions, err := r.Versions(f.ID, 0, 0)
			if err != nil {
				return err
			}
			usage.CodeSize += f.Latest.Code.Size
			for _, v := range versions {
				usage.CodeSize += v.Code.Size
			}
		}
		taken, err := claimsIn(r, scope)
		usage.Unreserved = taken.unclaimed(ID{})
		return err
	})
	return usage, err
}
