package lambda

import (
	"context"

	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
)

func (a *api) putRecursion(ctx context.Context, r *wire.Request, in *shape.PutFunctionRecursionConfigRequest) (*shape.PutFunctionRecursionConfigResponse, error) {
	id, err := unqualified(r, in.FunctionName)
	if err != nil {
		return nil, err
	}
	return &shape.PutFunctionRecursionConfigResponse{RecursiveLoop: in.RecursiveLoop},
		a.functions.SetRecursion(ctx, id, wire.Value(in.RecursiveLoop))
}

func (a *api) getRecursion(ctx context.Context, r *wire.Request, in *shape.GetFunctionRecursionConfigRequest) (*shape.GetFunctionRecursionConfigResponse, error) {
	id, err := unqualified(r, in.FunctionName)
	if err != nil {
		return nil, err
	}
	recursion, err := a.functions.Recursion(ctx, id)
	return &shape.GetFunctionRecursionConfigResponse{RecursiveLoop: &recursion}, err
}
