package apigateway

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/apigateway"
	"sluice/internal/api/wire"
	"sluice/internal/restapi"
)

func (a *api) getAccount(ctx context.Context, r *wire.Request, _ *shape.GetAccountRequest) (*shape.Account, error) {
	found, err := a.apis.Account(ctx, scope(r))
	return wire.Answer(found, err, account)
}

func (a *api) updateAccount(ctx context.Context, r *wire.Request, in *shape.UpdateAccountRequest) (*shape.Account, error) {
	changed, err := a.apis.UpdateAccount(ctx, scope(r), patches(in.PatchOperations))
	return wire.Answer(changed, err, account)
}

func account(a *restapi.Account) *shape.Account {
	return &shape.Account{
		CloudwatchRoleArn: wire.Optional(a.LogRole), Features: []string{"UsagePlans"}, ApiKeyVersion: new("4"),
		ThrottleSettings: &shape.ThrottleSettings{BurstLimit: new(int64(restapi.AccountBurst)), RateLimit: new(restapi.AccountRate)},
	}
}

func (a *api) tag(ctx context.Context, r *wire.Request, in *shape.TagResourceRequest) (*apishape.Nothing, error) {
	return nil, a.apis.ChangeTags(ctx, scope(r), wire.Value(in.ResourceArn), in.Tags, nil)
}

func (a *api) untag(ctx context.Context, r *wire.Request, in *shape.UntagResourceRequest) (*apishape.Nothing, error) {
	return nil, a.apis.ChangeTags(ctx, scope(r), wire.Value(in.ResourceArn), nil, in.TagKeys)
}

func (a *api) getTags(ctx context.Context, r *wire.Request, in *shape.GetTagsRequest) (*shape.Tags, error) {
	tags, err := a.apis.Tags(ctx, scope(r), wire.Value(in.ResourceArn))
	if tags == nil {
		tags = map[string]string{}
	}
	return &shape.Tags{Tags: tags}, err
}
