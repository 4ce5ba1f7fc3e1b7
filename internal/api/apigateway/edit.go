package apigateway

import (
	"context"

	"sluice/internal/fault"
	"sluice/internal/restapi"
)

// edit changes an API's definition. absent is AWS's refusal of the operation for an API that is not there, nil for the usual one.
func edit[T any](ctx context.Context, a *api, id restapi.ID, absent error, change func(*restapi.Definition) (T, error)) (T, error) {
	changed, err := restapi.Edit(ctx, a.apis, id, change)
	return changed, worded(err, absent)
}

// look reads an API's definition. absent is as in edit.
func look[T any](ctx context.Context, a *api, id restapi.ID, absent error, find func(*restapi.Definition) (T, error)) (T, error) {
	found, err := restapi.Look(ctx, a.apis, id, find)
	return found, worded(err, absent)
}

func worded(err, absent error) error {
	if absent != nil && fault.Is(err, fault.NotFound, "REST API") {
		return absent
	}
	return err
}

// The refusals that AWS has for an API that is not there, where it is not the usual one.

// noResource is what operations on resources' methods answer.
func noResource() error { return absent("Resource") }

// noModel is what operations on a model answer.
func noModel(name string) error {
	return fault.Errorf(fault.NotFound, "model", "Invalid model name specified: %s", name)
}

// noValidator is what operations on a request validator answer.
func noValidator() error { return absent("Request Validator") }

// noAuthorizer is what operations on an authorizer answer.
func noAuthorizer() error { return absent("Authorizer") }

// noAPIForAuthorizer is what CreateAuthorizer answers (recording test_authorizer_crud_no_api).
func noAPIForAuthorizer() error {
	return fault.Errorf(fault.Conflict, "REST API", "Unable to complete operation due to concurrent modification. Please try again later.")
}

// badAPI is what CreateRequestValidator answers (recording test_create_request_validator_invalid_api_id).
func badAPI() error {
	return fault.Errorf(fault.Invalid, "request", "Invalid REST API identifier specified")
}

func absent(what string) error {
	return fault.Errorf(fault.NotFound, what, "Invalid %s identifier specified", what)
}
