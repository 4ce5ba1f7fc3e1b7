package release

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// each does something for all items, some at once, and waits for all of them, also when one fails. It returns the error
// of the first item that has one, in their order, so that the same failure reads the same each time.
func each[T any](ctx context.Context, limit int, items []T, do func(context.Context, T) error) error {
	errs := make([]error, len(items))
	var group errgroup.Group
	group.SetLimit(limit)
	for i, item := range items {
		group.Go(func() error {
			errs[i] = do(ctx, item)
			return nil
		})
	}
	_ = group.Wait() // the errors are in errs
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
