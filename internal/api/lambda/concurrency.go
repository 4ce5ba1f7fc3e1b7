package lambda

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/function"
)

// whole returns the function that a request is about. What is reserved is reserved for all its versions, so AWS wants no
// qualifier, not even $LATEST (recording test_function_concurrency_exceptions).
func whole(r *wire.Request, functionName *string) (function.ID, error) {
	id, qualifier, err := identify(r, wire.Value(functionName), "")
	if err == nil && qualifier != "" {
		err = fault.Errorf(fault.Invalid, "qualifier", "This operation is permitted on Lambda functions only. "+
			"Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.")
	}
	return id, err
}

func (a *api) putConcurrency(ctx context.Context, r *wire.Request, in *shape.PutFunctionConcurrencyRequest) (*shape.Concurrency, error) {
	id, err := whole(r, in.FunctionName)
	if err != nil {
		return nil, err
	}
	if err := a.functions.Reserve(ctx, id, int(wire.Value(in.ReservedConcurrentExecutions))); err != nil {
		return nil, err
	}
	return &shape.Concurrency{ReservedConcurrentExecutions: in.ReservedConcurrentExecutions}, nil
}

func (a *api) getConcurrency(ctx context.Context, r *wire.Request, in *shape.GetFunctionConcurrencyRequest) (*shape.GetFunctionConcurrencyResponse, error) {
	id, err := whole(r, in.FunctionName)
	if err != nil {
		return nil, err
	}
	shown, err := a.concurrency(ctx, id)
	if err != nil || shown == nil {
		return &shape.GetFunctionConcurrencyResponse{}, err
	}
	return &shape.GetFunctionConcurrencyResponse{ReservedConcurrentExecutions: shown.ReservedConcurrentExecutions}, nil
}

func (a *api) deleteConcurrency(ctx context.Context, r *wire.Request, in *shape.DeleteFunctionConcurrencyRequest) (*apishape.Nothing, error) {
	id, err := whole(r, in.FunctionName)
	if err != nil {
		return nil, err
	}
	return nil, a.functions.Unreserve(ctx, id)
}

// concurrency shows what is reserved for a function; nil if nothing is.
func (a *api) concurrency(ctx context.Context, id function.ID) (*shape.Concurrency, error) {
	n, set, err := a.functions.Reservation(ctx, id)
	if err != nil || !set {
		return nil, err
	}
	reserved := int64(n)
	return &shape.Concurrency{ReservedConcurrentExecutions: &reserved}, nil
}
