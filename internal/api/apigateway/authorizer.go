package apigateway

import (
	"context"
	"maps"
	"net/http"
	"slices"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/apigateway"
	"sluice/internal/api/wire"
	"sluice/internal/restapi"
)

func (a *api) createAuthorizer(ctx context.Context, r *wire.Request, in *shape.CreateAuthorizerRequest) (*shape.Authorizer, error) {
	if in.JwtConfiguration != nil || wire.Value(in.Type) == restapi.JWTAuthorizer {
		return nil, unserved("Sluice has no JWT authorizers of REST APIs: use a Lambda authorizer (TOKEN or REQUEST).")
	}
	made, err := edit(ctx, a, identify(r, in.RestApiId), noAPIForAuthorizer(), func(d *restapi.Definition) (*restapi.Authorizer, error) {
		return d.CreateAuthorizer(restapi.Authorizer{
			Name: wire.Value(in.Name), Type: wire.Value(in.Type), URI: wire.Value(in.AuthorizerUri), Credentials: wire.Value(in.AuthorizerCredentials),
			Providers: in.ProviderARNs, AuthType: wire.Value(in.AuthType), Identity: wire.Value(in.IdentitySource),
			Expression: wire.Value(in.IdentityValidationExpression), TTL: in.AuthorizerResultTtlInSeconds,
		})
	})
	return wire.Answer(made, err, authorizer)
}

// unserved is the answer to what AWS has and Sluice hasn't.
func unserved(message string) error {
	return &wire.Error{Code: "NotImplementedException", Status: http.StatusBadRequest, Message: message}
}

func authorizer(z *restapi.Authorizer) *shape.Authorizer {
	return &shape.Authorizer{
		Id: &z.ID, Name: &z.Name, Type: &z.Type, ProviderARNs: listed(z.Providers), AuthType: wire.Optional(authType(z)), AuthorizerUri: wire.Optional(z.URI),
		AuthorizerCredentials: wire.Optional(z.Credentials), IdentitySource: wire.Optional(z.Identity), IdentityValidationExpression: wire.Optional(z.Expression),
		AuthorizerResultTtlInSeconds: z.TTL,
	}
}

// authType is custom for functions and cognito_user_pools for pools, unless somebody said something else.
func authType(z *restapi.Authorizer) string {
	switch {
	case z.AuthType != "":
		return z.AuthType
	case z.Type == restapi.CognitoAuthorizer:
		return "cognito_user_pools"
	}
	return "custom"
}

func (a *api) getAuthorizer(ctx context.Context, r *wire.Request, in *shape.GetAuthorizerRequest) (*shape.Authorizer, error) {
	found, err := look(ctx, a, identify(r, in.RestApiId), noAuthorizer(), func(d *restapi.Definition) (*restapi.Authorizer, error) {
		return d.Authorizer(wire.Value(in.AuthorizerId))
	})
	return wire.Answer(found, err, authorizer)
}

func (a *api) getAuthorizers(ctx context.Context, r *wire.Request, in *shape.GetAuthorizersRequest) (*shape.Authorizers, error) {
	return look(ctx, a, identify(r, in.RestApiId), nil, func(d *restapi.Definition) (*shape.Authorizers, error) {
		cut, next, err := page(authorizerList, slices.Sorted(maps.Keys(d.Authorizers)), self, in.Position, in.Limit)
		out := &shape.Authorizers{Position: next, Items: []shape.Authorizer{}}
		for _, id := range cut {
			out.Items = append(out.Items, *authorizer(d.Authorizers[id]))
		}
		return out, err
	})
}

func (a *api) updateAuthorizer(ctx context.Context, r *wire.Request, in *shape.UpdateAuthorizerRequest) (*shape.Authorizer, error) {
	changed, err := edit(ctx, a, identify(r, in.RestApiId), noAuthorizer(), func(d *restapi.Definition) (*restapi.Authorizer, error) {
		return d.UpdateAuthorizer(wire.Value(in.AuthorizerId), patches(in.PatchOperations))
	})
	return wire.Answer(changed, err, authorizer)
}

func (a *api) deleteAuthorizer(ctx context.Context, r *wire.Request, in *shape.DeleteAuthorizerRequest) (*apishape.Nothing, error) {
	_, err := edit(ctx, a, identify(r, in.RestApiId), noAuthorizer(), nothing(func(d *restapi.Definition) error {
		return d.DeleteAuthorizer(wire.Value(in.AuthorizerId))
	}))
	return nil, err
}
