package lambda

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
	"sluice/internal/layer"
)

func (a *api) addLayerVersionPermission(ctx context.Context, r *wire.Request, in *shape.AddLayerVersionPermissionRequest) (*shape.AddLayerVersionPermissionResponse, error) {
	id, err := layerID(r, in.LayerName)
	if err != nil {
		return nil, err
	}
	added, revision, err := a.layers.AddPermission(ctx, scope(r), id, int(wire.Value(in.VersionNumber)), layer.Grant{
		Sid: wire.Value(in.StatementId), Principal: wire.Value(in.Principal), Organization: wire.Value(in.OrganizationId),
		Revision: wire.Value(in.RevisionId),
	})
	if err != nil {
		return nil, err
	}
	text := added.Text()
	return &shape.AddLayerVersionPermissionResponse{Statement: &text, RevisionId: &revision}, nil
}

func (a *api) removeLayerVersionPermission(ctx context.Context, r *wire.Request, in *shape.RemoveLayerVersionPermissionRequest) (*apishape.Nothing, error) {
	id, err := layerID(r, in.LayerName)
	if err != nil {
		return nil, err
	}
	return nil, a.layers.RemovePermission(ctx, scope(r), id, int(wire.Value(in.VersionNumber)), wire.Value(in.StatementId), wire.Value(in.RevisionId))
}

func (a *api) getLayerVersionPolicy(ctx context.Context, r *wire.Request, in *shape.GetLayerVersionPolicyRequest) (*shape.GetLayerVersionPolicyResponse, error) {
	id, err := layerID(r, in.LayerName)
	if err != nil {
		return nil, err
	}
	document, err := a.layers.Policy(ctx, scope(r), id, int(wire.Value(in.VersionNumber)))
	if err != nil {
		return nil, err
	}
	return &shape.GetLayerVersionPolicyResponse{Policy: new(document.Text()), RevisionId: &document.RevisionID}, nil
}
