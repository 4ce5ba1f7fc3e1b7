package lambda

import (
	"context"

	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
	"sluice/internal/function"
)

// Limits of an account, in bytes, as AWS gives them to new ones (Lambda Developer Guide, "Lambda quotas").
const (
	totalCodeSize = 80_530_636_800
	unzippedSize  = 262_144_000
	zippedSize    = maxPackage
)

func (a *api) getAccountSettings(ctx context.Context, r *wire.Request, _ *shape.GetAccountSettingsRequest) (*shape.GetAccountSettingsResponse, error) {
	usage, err := a.functions.Usage(ctx, scope(r))
	if err != nil {
		return nil, err
	}
	return &shape.GetAccountSettingsResponse{
		AccountLimit: &shape.AccountLimit{
			TotalCodeSize: new(int64(totalCodeSize)), CodeSizeUnzipped: new(int64(unzippedSize)), CodeSizeZipped: new(int64(zippedSize)),
			ConcurrentExecutions:           new(int64(function.AccountConcurrency)),
			UnreservedConcurrentExecutions: new(int64(usage.Unreserved)),
		},
		AccountUsage: &shape.AccountUsage{TotalCodeSize: &usage.CodeSize, FunctionCount: new(int64(usage.Functions))},
	}, nil
}
