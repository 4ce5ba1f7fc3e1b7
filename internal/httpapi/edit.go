package httpapi

import (
	"context"
)

// Edit changes an API's definition in one transaction: nothing is changed if the change fails. Stages that deploy automatically
// show it when Edit returns, the others after the next deployment.
// Errors: fault.NotFound "HTTP API"; change's.
func Edit[T any](ctx context.Context, s *Service, id ID, change func(d *Definition) (T, error)) (changed T, err error) {
	err = s.write(ctx, id, func(tx Tx) error {
		a, err := tx.HTTPAPI(id)
		if err != nil {
			return missing(err, noAPI(id))
		}
		if changed, err = change(&a.Definition); err != nil {
			return err
		}
		return putDeployed(tx, a)
	})
	return changed, err
}

// putDeployed keeps an API whose definition has changed, and deploys it where that happens automatically.
func putDeployed(tx Tx, a *API) error {
	if err := tx.PutHTTPAPI(a); err != nil {
		return err
	}
	return autoDeploy(tx, a)
}

// Look reads an API's definition.
// Errors: fault.NotFound "HTTP API"; find's.
func Look[T any](ctx context.Context, s *Service, id ID, find func(d *Definition) (T, error)) (found T, err error) {
	return read(ctx, s, func(r Reader) (found T, err error) {
		a, err := r.HTTPAPI(id)
		if err != nil {
			return found, missing(err, noAPI(id))
		}
		return find(&a.Definition)
	})
}

// one returns a part of a definition.
func one[T any](parts map[string]*T, id, what string) (*T, error) {
	if parts[id] == nil {
		return nil, absent(what)
	}
	return parts[id], nil
}

// put adds a part to a definition, or replaces the one of its ID.
func put[T any](parts *map[string]*T, id string, part *T) {
	if *parts == nil {
		*parts = map[string]*T{}
	}
	(*parts)[id] = part
}
