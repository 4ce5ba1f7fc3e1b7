package apigatewayv2

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/apigatewayv2"
	"sluice/internal/api/wire"
	"sluice/internal/httpapi"
)

func (a *api) createAuthorizer(ctx context.Context, r *wire.Request, in *shape.CreateAuthorizerRequest) (*shape.CreateAuthorizerResponse, error) {
	wanted := httpapi.Authorizer{
		Name: wire.Value(in.Name), Type: wire.Value(in.AuthorizerType), Identity: in.IdentitySource, URI: wire.Value(in.AuthorizerUri),
		Credentials: wire.Value(in.AuthorizerCredentialsArn), Format: wire.Value(in.AuthorizerPayloadFormatVersion),
		Simple: wire.Value(in.EnableSimpleResponses), TTL: in.AuthorizerResultTtlInSeconds,
	}
	if j := in.JwtConfiguration; j != nil {
		wanted.Issuer, wanted.Audience = wire.Value(j.Issuer), j.Audience
	}
	made, err := httpapi.Edit(ctx, a.apis, identify(r, in.ApiId), func(d *httpapi.Definition) (*httpapi.Authorizer, error) { return d.CreateAuthorizer(wanted) })
	return wire.Answer(made, err, func(x *httpapi.Authorizer) *shape.CreateAuthorizerResponse {
		return (*shape.CreateAuthorizerResponse)(authorizer(x))
	})
}

func authorizer(x *httpapi.Authorizer) *shape.Authorizer {
	out := &shape.Authorizer{AuthorizerId: &x.ID, AuthorizerType: &x.Type, IdentitySource: x.Identity, Name: &x.Name}
	if x.Type == httpapi.JWTAuthorizer {
		out.JwtConfiguration = &shape.JWTConfiguration{Audience: x.Audience, Issuer: &x.Issuer}
		return out
	}
	out.AuthorizerUri, out.AuthorizerCredentialsArn, out.AuthorizerPayloadFormatVersion = &x.URI, wire.Optional(x.Credentials), &x.Format
	out.EnableSimpleResponses, out.AuthorizerResultTtlInSeconds = &x.Simple, x.TTL
	return out
}

func (a *api) getAuthorizer(ctx context.Context, r *wire.Request, in *shape.GetAuthorizerRequest) (*shape.GetAuthorizerResponse, error) {
	found, err := httpapi.Look(ctx, a.apis, identify(r, in.ApiId), func(d *httpapi.Definition) (*httpapi.Authorizer, error) {
		return d.Authorizer(wire.Value(in.AuthorizerId))
	})
	return wire.Answer(found, err, func(x *httpapi.Authorizer) *shape.GetAuthorizerResponse {
		return (*shape.GetAuthorizerResponse)(authorizer(x))
	})
}

func (a *api) getAuthorizers(ctx context.Context, r *wire.Request, in *shape.GetAuthorizersRequest) (*shape.GetAuthorizersResponse, error) {
	return httpapi.Look(ctx, a.apis, identify(r, in.ApiId), func(d *httpapi.Definition) (*shape.GetAuthorizersResponse, error) {
		items, next, err := page(authorizerList, d.SortedAuthorizers(), func(x *httpapi.Authorizer) string { return x.ID }, authorizer, in.NextToken, in.MaxResults)
		return &shape.GetAuthorizersResponse{Items: items, NextToken: next}, err
	})
}

func (a *api) updateAuthorizer(ctx context.Context, r *wire.Request, in *shape.UpdateAuthorizerRequest) (*shape.UpdateAuthorizerResponse, error) {
	changed, err := httpapi.Edit(ctx, a.apis, identify(r, in.ApiId), func(d *httpapi.Definition) (*httpapi.Authorizer, error) {
		return d.UpdateAuthorizer(wire.Value(in.AuthorizerId), func(x *httpapi.Authorizer) {
			wire.Set(&x.Name, in.Name)
			wire.Set(&x.Type, in.AuthorizerType)
			wire.Set(&x.URI, in.AuthorizerUri)
			wire.Set(&x.Credentials, in.AuthorizerCredentialsArn)
			wire.Set(&x.Format, in.AuthorizerPayloadFormatVersion)
			wire.Set(&x.Simple, in.EnableSimpleResponses)
			if in.AuthorizerResultTtlInSeconds != nil {
				x.TTL = in.AuthorizerResultTtlInSeconds
			}
			if in.IdentitySource != nil {
				x.Identity = in.IdentitySource
			}
			if j := in.JwtConfiguration; j != nil {
				x.Issuer, x.Audience = wire.Value(j.Issuer), j.Audience
			}
		})
	})
	return wire.Answer(changed, err, func(x *httpapi.Authorizer) *shape.UpdateAuthorizerResponse {
		return (*shape.UpdateAuthorizerResponse)(authorizer(x))
	})
}

func (a *api) deleteAuthorizer(ctx context.Context, r *wire.Request, in *shape.DeleteAuthorizerRequest) (*apishape.Nothing, error) {
	_, err := httpapi.Edit(ctx, a.apis, identify(r, in.ApiId), nothing(func(d *httpapi.Definition) error {
		return d.DeleteAuthorizer(wire.Value(in.AuthorizerId))
	}))
	return nil, err
}
