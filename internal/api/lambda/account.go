package lambda

import (
	"context"

	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
	"sluice/internal/function"
	"sluice/internal/layer"
)

// Limits of an account, in bytes, as AWS gives them to new ones (Lambda Developer Guide, "Lambda quotas").
const (
	totalCodeSize = 80_530_636_800
	unzippedSize  = function.MaxUnzipped
	zippedSize    = maxPackage
)

func (a *api) getAccountSettings(ctx context.Context, r *wire.Request, _ *shape.GetAccountSettingsRequest) (*shape.GetAccountSettingsResponse, error) {
	usage, err := a.functions.Usage(ctx, scope(r))
	if err != nil {
		return nil, err
	}
	layers, err := a.layersSize(ctx, scope(r))
	if err != nil {
		return nil, err
	}
	free, size, count := int64(usage.Unreserved), usage.CodeSize+layers, int64(usage.Functions)
	return &shape.GetAccountSettingsResponse{
		AccountLimit: &shape.AccountLimit{
			TotalCodeSize: new(int64(totalCodeSize)), CodeSizeUnzipped: new(int64(unzippedSize)), CodeSizeZipped: new(int64(zippedSize)),
			ConcurrentExecutions:           new(int64(function.AccountConcurrency)),
			UnreservedConcurrentExecutions: &free,
		},
		AccountUsage: &shape.AccountUsage{TotalCodeSize: &size, FunctionCount: &count},
	}, nil
}

// layersSize is the size of all layer versions of a scope in bytes; they count as functions do (recording
// test_account_settings_total_code_size).
func (a *api) layersSize(ctx context.Context, scope function.Scope) (size int64, err error) {
	if a.layers == nil {
		return 0, nil
	}
	newest, _, err := a.layers.Layers(ctx, scope, layer.Filter{}, function.Page{})
	if err != nil {
		return 0, err
	}
	for _, l := range newest {
		versions, _, err := a.layers.Versions(ctx, scope, l.Layer, layer.Filter{}, function.Page{})
		if err != nil {
			return 0, err
		}
		for _, v := range versions {
			size += v.Code.Size
		}
	}
	return size, nil
}
