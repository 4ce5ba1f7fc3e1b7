package apigatewayv2

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/apigatewayv2"
	"sluice/internal/api/wire"
	"sluice/internal/httpapi"
)

func (a *api) create(ctx context.Context, r *wire.Request, in *shape.CreateApiRequest) (*shape.CreateApiResponse, error) {
	if kind := wire.Value(in.ProtocolType); kind != "HTTP" {
		return nil, unserved("Sluice has no %s APIs: the protocol type can only be HTTP.", kind)
	}
	c := httpapi.Creation{
		Name: wire.Value(in.Name), Description: wire.Value(in.Description), Version: wire.Value(in.Version), IPAddressType: wire.Value(in.IpAddressType),
		DisableEndpoint: wire.Value(in.DisableExecuteApiEndpoint), KeySelection: wire.Value(in.ApiKeySelectionExpression),
		RouteSelection: wire.Value(in.RouteSelectionExpression), CORS: readCORS(in.CorsConfiguration), Tags: in.Tags,
		Quick: quick(in.Target, in.RouteKey, in.CredentialsArn),
	}
	if c.Quick != nil && c.Quick.Target == "" {
		return nil, bad("A route key or credentials need a target.")
	}
	made, err := a.apis.Create(ctx, scope(r), c)
	return wire.Answer(made, err, func(x *httpapi.API) *shape.CreateApiResponse { return (*shape.CreateApiResponse)(a.show(x)) })
}

// quick is what a request says of the route and the integration that come with an API; nil: nothing.
func quick(target, key, credentials *string) *httpapi.Quick {
	if target == nil && key == nil && credentials == nil {
		return nil
	}
	return &httpapi.Quick{Key: wire.Value(key), Target: wire.Value(target), Credentials: wire.Value(credentials)}
}

func readCORS(given *shape.Cors) *httpapi.CORS {
	if given == nil {
		return nil
	}
	return &httpapi.CORS{
		Credentials: given.AllowCredentials, Headers: given.AllowHeaders, Methods: given.AllowMethods, Origins: given.AllowOrigins,
		Expose: given.ExposeHeaders, MaxAge: given.MaxAge,
	}
}

func (a *api) show(x *httpapi.API) *shape.Api {
	out := &shape.Api{
		ApiEndpoint: new(a.endpoint(x.ID)), ApiId: &x.ID.API, ApiKeySelectionExpression: &x.KeySelection, CreatedDate: apishape.AtDateTime(x.Created),
		Description: wire.Optional(x.Description), DisableExecuteApiEndpoint: &x.DisableEndpoint, IpAddressType: &x.IPAddressType, Name: &x.Name,
		ProtocolType: new("HTTP"), RouteSelectionExpression: &x.RouteSelection, Tags: shown(x.Tags), Version: wire.Optional(x.Version),
	}
	if c := x.CORS; c != nil {
		out.CorsConfiguration = &shape.Cors{
			AllowCredentials: c.Credentials, AllowHeaders: c.Headers, AllowMethods: c.Methods, AllowOrigins: c.Origins, ExposeHeaders: c.Expose, MaxAge: c.MaxAge,
		}
	}
	return out
}

func (a *api) get(ctx context.Context, r *wire.Request, in *shape.GetApiRequest) (*shape.GetApiResponse, error) {
	found, err := a.apis.Get(ctx, identify(r, in.ApiId))
	return wire.Answer(found, err, func(x *httpapi.API) *shape.GetApiResponse { return (*shape.GetApiResponse)(a.show(x)) })
}

func (a *api) list(ctx context.Context, r *wire.Request, in *shape.GetApisRequest) (*shape.GetApisResponse, error) {
	found, err := a.apis.List(ctx, scope(r))
	if err != nil {
		return nil, err
	}
	items, next, err := page(apiList, found, func(x *httpapi.API) string { return x.ID.API }, a.show, in.NextToken, in.MaxResults)
	return &shape.GetApisResponse{Items: items, NextToken: next}, err
}

func (a *api) update(ctx context.Context, r *wire.Request, in *shape.UpdateApiRequest) (*shape.UpdateApiResponse, error) {
	changed, err := a.apis.Update(ctx, identify(r, in.ApiId), quick(in.Target, in.RouteKey, in.CredentialsArn), func(x *httpapi.API) {
		wire.Set(&x.Name, in.Name)
		wire.Set(&x.Description, in.Description)
		wire.Set(&x.Version, in.Version)
		wire.Set(&x.IPAddressType, in.IpAddressType)
		wire.Set(&x.DisableEndpoint, in.DisableExecuteApiEndpoint)
		wire.Set(&x.KeySelection, in.ApiKeySelectionExpression)
		wire.Set(&x.RouteSelection, in.RouteSelectionExpression)
		if in.CorsConfiguration != nil {
			x.CORS = readCORS(in.CorsConfiguration)
		}
	})
	return wire.Answer(changed, err, func(x *httpapi.API) *shape.UpdateApiResponse { return (*shape.UpdateApiResponse)(a.show(x)) })
}

func (a *api) delete(ctx context.Context, r *wire.Request, in *shape.DeleteApiRequest) (*apishape.Nothing, error) {
	return nil, a.apis.Delete(ctx, identify(r, in.ApiId))
}

func (a *api) deleteCORS(ctx context.Context, r *wire.Request, in *shape.DeleteCorsConfigurationRequest) (*apishape.Nothing, error) {
	return nil, a.apis.DeleteCORS(ctx, identify(r, in.ApiId))
}

func (a *api) tag(ctx context.Context, r *wire.Request, in *shape.TagResourceRequest) (*shape.TagResourceResponse, error) {
	return nil, a.apis.ChangeTags(ctx, scope(r), wire.Value(in.ResourceArn), in.Tags, nil)
}

func (a *api) untag(ctx context.Context, r *wire.Request, in *shape.UntagResourceRequest) (*apishape.Nothing, error) {
	return nil, a.apis.ChangeTags(ctx, scope(r), wire.Value(in.ResourceArn), nil, in.TagKeys)
}

func (a *api) getTags(ctx context.Context, r *wire.Request, in *shape.GetTagsRequest) (*shape.GetTagsResponse, error) {
	tags, err := a.apis.Tags(ctx, scope(r), wire.Value(in.ResourceArn))
	return &shape.GetTagsResponse{Tags: shown(tags)}, err
}
