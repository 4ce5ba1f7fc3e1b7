package ssm

import (
	"context"

	shape "sluice/internal/api/shape/ssm"
	"sluice/internal/api/wire"
)

func (a *api) label(ctx context.Context, r *wire.Request, in *shape.LabelParameterVersionRequest) (*shape.LabelParameterVersionResult, error) {
	id, err := named(r, in.Name)
	if err != nil {
		return nil, err
	}
	at, bad, err := a.parameters.Label(ctx, id, wire.Value(in.ParameterVersion), in.Labels)
	if err != nil {
		return nil, err
	}
	return &shape.LabelParameterVersionResult{InvalidLabels: append([]string{}, bad...), ParameterVersion: &at}, nil
}

func (a *api) unlabel(ctx context.Context, r *wire.Request, in *shape.UnlabelParameterVersionRequest) (*shape.UnlabelParameterVersionResult, error) {
	id, err := named(r, in.Name)
	if err != nil {
		return nil, err
	}
	removed, others, err := a.parameters.Unlabel(ctx, id, wire.Value(in.ParameterVersion), in.Labels)
	if err != nil {
		return nil, err
	}
	return &shape.UnlabelParameterVersionResult{
		RemovedLabels: append([]string{}, removed...), InvalidLabels: append([]string{}, others...),
	}, nil
}
