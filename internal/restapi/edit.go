package restapi

import (
	"context"

	"sluice/internal/fault"
)

// Edit changes an API's definition in one transaction: nothing is changed if the change fails. Stages show it after the next
// deployment. absent is the refusal for an API that is not there, nil for the usual one: AWS has several.
// Errors: fault.NotFound "REST API", or absent; change's.
func Edit[T any](ctx context.Context, s *Service, id ID, absent error, change func(d *Definition) (T, error)) (changed T, err error) {
	err = s.store.WriteRESTAPIs(ctx, func(tx Tx) error {
		a, err := tx.RESTAPI(id)
		if err != nil {
			return refused(err, id, absent)
		}
		if changed, err = change(&a.Definition); err != nil {
			return err
		}
		return tx.PutRESTAPI(a)
	})
	return changed, err
}

// Look reads an API's definition. absent is as in Edit.
// Errors: fault.NotFound "REST API", or absent; find's.
func Look[T any](ctx context.Context, s *Service, id ID, absent error, find func(d *Definition) (T, error)) (found T, err error) {
	err = s.store.ReadRESTAPIs(ctx, func(r Reader) error {
		a, err := r.RESTAPI(id)
		if err != nil {
			return refused(err, id, absent)
		}
		found, err = find(&a.Definition)
		return err
	})
	return found, err
}

func refused(err error, id ID, absent error) error {
	if !fault.Is(err, fault.NotFound, "REST API") {
		return err
	}
	if absent != nil {
		return absent
	}
	return noAPI(id)
}

// The refusals that AWS has for an API that is not there, where it is not the usual one.

// NoResource is what operations on resources' methods answer.
func NoResource() error { return noResource() }

// NoModel is what operations on a model answer.
func NoModel(name string) error { return noModel(name) }

// NoValidator is what operations on a request validator answer.
func NoValidator() error { return absent("Request Validator") }

// NoAuthorizer is what operations on an authorizer answer.
func NoAuthorizer() error { return absent("Authorizer") }

// BadAPI is what CreateRequestValidator answers (recording test_create_request_validator_invalid_api_id).
func BadAPI() error { return bad("Invalid REST API identifier specified") }
