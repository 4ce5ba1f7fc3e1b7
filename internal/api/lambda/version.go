package lambda

import (
	"context"

	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
	"sluice/internal/function"
)

func (a *api) publishVersion(ctx context.Context, r *wire.Request, in *shape.PublishVersionRequest) (*shape.FunctionConfiguration, error) {
	id, err := unqualified(r, in.FunctionName)
	if err != nil {
		return nil, err
	}
	if err := refuseUnserved([]unserved{{in.PublishTo != nil, "PublishTo"}}); err != nil {
		return nil, err
	}
	v, err := a.functions.Publish(ctx, id, function.Publication{
		Description: wire.Value(in.Description), SHA256: wire.Value(in.CodeSha256), Revision: wire.Value(in.RevisionId),
	})
	if err != nil {
		return nil, err
	}
	return configuration(v, v.ARN()), nil
}

func (a *api) listVersions(ctx context.Context, r *wire.Request, in *shape.ListVersionsByFunctionRequest) (*shape.ListVersionsByFunctionResponse, error) {
	id, err := unqualified(r, in.FunctionName)
	if err != nil {
		return nil, err
	}
	page, err := pageOf(in.Marker, in.MaxItems)
	if err != nil {
		return nil, err
	}
	versions, next, err := a.functions.Versions(ctx, id, page)
	if err != nil {
		return nil, err
	}
	return &shape.ListVersionsByFunctionResponse{Versions: summaries(versions, listedARN), NextMarker: marker(next)}, nil
}
