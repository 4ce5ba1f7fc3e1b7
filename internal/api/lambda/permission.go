package lambda

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
	"sluice/internal/permission"
)

// A permission is for callers from outside: whoever signs with the account's own keys may invoke without one. It is asked
// where a request comes over HTTP, by internal/gateway.

func (a *api) addPermission(ctx context.Context, r *wire.Request, in *shape.AddPermissionRequest) (*shape.AddPermissionResponse, error) {
	id, qualifier, err := identify(r, wire.Value(in.FunctionName), wire.Value(in.Qualifier))
	if err != nil {
		return nil, err
	}
	statement, err := a.permissions.Add(ctx, id, qualifier, permission.Grant{
		Sid: wire.Value(in.StatementId), Principal: wire.Value(in.Principal), Action: wire.Value(in.Action),
		SourceAccount: wire.Value(in.SourceAccount), SourceARN: wire.Value(in.SourceArn),
		Organization: wire.Value(in.PrincipalOrgID), EventToken: wire.Value(in.EventSourceToken),
		URLAuthType: wire.Value(in.FunctionUrlAuthType), ViaURL: in.InvokedViaFunctionUrl, Revision: wire.Value(in.RevisionId),
	})
	if err != nil {
		return nil, err
	}
	text := statement.Text()
	return &shape.AddPermissionResponse{Statement: &text}, nil
}

func (a *api) removePermission(ctx context.Context, r *wire.Request, in *shape.RemovePermissionRequest) (*apishape.Nothing, error) {
	id, qualifier, err := identify(r, wire.Value(in.FunctionName), wire.Value(in.Qualifier))
	if err != nil {
		return nil, err
	}
	return nil, a.permissions.Remove(ctx, id, qualifier, wire.Value(in.StatementId), wire.Value(in.RevisionId))
}

func (a *api) getPolicy(ctx context.Context, r *wire.Request, in *shape.GetPolicyRequest) (*shape.GetPolicyResponse, error) {
	id, qualifier, err := identify(r, wire.Value(in.FunctionName), wire.Value(in.Qualifier))
	if err != nil {
		return nil, err
	}
	found, err := a.permissions.Get(ctx, id, qualifier)
	if err != nil {
		return nil, err
	}
	return &shape.GetPolicyResponse{Policy: new(found.Policy.Text()), RevisionId: &found.Policy.RevisionID}, nil
}
