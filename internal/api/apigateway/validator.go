package apigateway

import (
	"context"
	"maps"
	"slices"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/apigateway"
	"sluice/internal/api/wire"
	"sluice/internal/restapi"
)

func (a *api) createValidator(ctx context.Context, r *wire.Request, in *shape.CreateRequestValidatorRequest) (*shape.RequestValidator, error) {
	made, err := edit(ctx, a, identify(r, in.RestApiId), badAPI(), func(d *restapi.Definition) (*restapi.RequestValidator, error) {
		return d.CreateValidator(restapi.RequestValidator{
			Name: wire.Value(in.Name), Body: wire.Value(in.ValidateRequestBody), Parameters: wire.Value(in.ValidateRequestParameters),
		})
	})
	return wire.Answer(made, err, validator)
}

func validator(v *restapi.RequestValidator) *shape.RequestValidator {
	return &shape.RequestValidator{Id: &v.ID, Name: wire.Optional(v.Name), ValidateRequestBody: &v.Body, ValidateRequestParameters: &v.Parameters}
}

func (a *api) getValidator(ctx context.Context, r *wire.Request, in *shape.GetRequestValidatorRequest) (*shape.RequestValidator, error) {
	found, err := look(ctx, a, identify(r, in.RestApiId), noValidator(), func(d *restapi.Definition) (*restapi.RequestValidator, error) {
		return d.Validator(wire.Value(in.RequestValidatorId))
	})
	return wire.Answer(found, err, validator)
}

func (a *api) getValidators(ctx context.Context, r *wire.Request, in *shape.GetRequestValidatorsRequest) (*shape.RequestValidators, error) {
	return look(ctx, a, identify(r, in.RestApiId), nil, func(d *restapi.Definition) (*shape.RequestValidators, error) {
		cut, next, err := page(validatorList, slices.Sorted(maps.Keys(d.Validators)), self, in.Position, in.Limit)
		out := &shape.RequestValidators{Position: next, Items: []shape.RequestValidator{}}
		for _, id := range cut {
			out.Items = append(out.Items, *validator(d.Validators[id]))
		}
		return out, err
	})
}

func (a *api) updateValidator(ctx context.Context, r *wire.Request, in *shape.UpdateRequestValidatorRequest) (*shape.RequestValidator, error) {
	changed, err := edit(ctx, a, identify(r, in.RestApiId), noValidator(), func(d *restapi.Definition) (*restapi.RequestValidator, error) {
		return d.UpdateValidator(wire.Value(in.RequestValidatorId), patches(in.PatchOperations))
	})
	return wire.Answer(changed, err, validator)
}

func (a *api) deleteValidator(ctx context.Context, r *wire.Request, in *shape.DeleteRequestValidatorRequest) (*apishape.Nothing, error) {
	_, err := edit(ctx, a, identify(r, in.RestApiId), noValidator(), nothing(func(d *restapi.Definition) error {
		return d.DeleteValidator(wire.Value(in.RequestValidatorId))
	}))
	return nil, err
}
