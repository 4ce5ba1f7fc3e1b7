package lambda

import (
	"context"

	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
	"sluice/internal/function"
)

func (a *api) putRuntimeManagement(ctx context.Context, r *wire.Request, in *shape.PutRuntimeManagementConfigRequest) (*shape.PutRuntimeManagementConfigResponse, error) {
	id, qualifier, err := identify(r, wire.Value(in.FunctionName), wire.Value(in.Qualifier))
	if err != nil {
		return nil, err
	}
	updates := function.RuntimeUpdates{Qualifier: qualifier, Mode: wire.Value(in.UpdateRuntimeOn), ARN: wire.Value(in.RuntimeVersionArn)}
	if err := a.functions.SetRuntimeUpdates(ctx, id, updates); err != nil {
		return nil, err
	}
	return &shape.PutRuntimeManagementConfigResponse{
		UpdateRuntimeOn: in.UpdateRuntimeOn, RuntimeVersionArn: in.RuntimeVersionArn, FunctionArn: new(id.Qualified(qualifier)),
	}, nil
}

// getRuntimeManagement shows no build where none is fixed (AWS's page GetRuntimeManagementConfig).
func (a *api) getRuntimeManagement(ctx context.Context, r *wire.Request, in *shape.GetRuntimeManagementConfigRequest) (*shape.GetRuntimeManagementConfigResponse, error) {
	id, qualifier, err := identify(r, wire.Value(in.FunctionName), wire.Value(in.Qualifier))
	if err != nil {
		return nil, err
	}
	updates, err := a.functions.RuntimeUpdates(ctx, id, qualifier)
	if err != nil {
		return nil, err
	}
	return &shape.GetRuntimeManagementConfigResponse{
		UpdateRuntimeOn: &updates.Mode, RuntimeVersionArn: wire.Optional(updates.ARN), FunctionArn: new(id.Qualified(qualifier)),
	}, nil
}
