package restapi

import "context"

// Edit changes an API's definition in one transaction: nothing is changed if the change fails. Stages show it after the next
// deployment.
// Errors: fault.NotFound "REST API"; change's.
func Edit[T any](ctx context.Context, s *Service, id ID, change func(d *Definition) (T, error)) (changed T, err error) {
	err = s.store.WriteRESTAPIs(ctx, func(tx Tx) error {
		a, err := tx.RESTAPI(id)
		if err != nil {
			return missing(err, noAPI(id))
		}
		if changed, err = change(&a.Definition); err != nil {
			return err
		}
		return tx.PutRESTAPI(a)
	})
	return changed, err
}

// Look reads an API's definition.
// Errors: fault.NotFound "REST API"; find's.
func Look[T any](ctx context.Context, s *Service, id ID, find func(d *Definition) (T, error)) (T, error) {
	return read(ctx, s, func(r Reader) (found T, err error) {
		a, err := r.RESTAPI(id)
		if err != nil {
			return found, missing(err, noAPI(id))
		}
		return find(&a.Definition)
	})
}
