package apigatewayv2

import (
	"context"
	"net/http"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/apigatewayv2"
	"sluice/internal/api/wire"
	"sluice/internal/httpapi"
)

// noKeys refuses routes that ask for API keys, which HTTP APIs have not.
func noKeys(required *bool) error {
	if wire.Value(required) {
		return bad("ApiKeyRequired is not currently supported for HTTP APIs")
	}
	return nil
}

func (a *api) createRoute(ctx context.Context, r *wire.Request, in *shape.CreateRouteRequest) (*shape.CreateRouteResult, error) {
	if err := noKeys(in.ApiKeyRequired); err != nil {
		return nil, err
	}
	made, err := httpapi.Edit(ctx, a.apis, identify(r, in.ApiId), func(d *httpapi.Definition) (*httpapi.Route, error) {
		return d.CreateRoute(httpapi.Route{
			Key: wire.Value(in.RouteKey), Target: wire.Value(in.Target), Authorization: wire.Value(in.AuthorizationType),
			AuthorizerID: wire.Value(in.AuthorizerId), Scopes: in.AuthorizationScopes, OperationName: wire.Value(in.OperationName),
		})
	})
	return wire.Answer(made, err, func(x *httpapi.Route) *shape.CreateRouteResult { return (*shape.CreateRouteResult)(route(x)) })
}

func route(x *httpapi.Route) *shape.Route {
	out := &shape.Route{
		ApiGatewayManaged: wire.Optional(x.Managed), ApiKeyRequired: new(false), AuthorizationType: &x.Authorization, AuthorizerId: wire.Optional(x.AuthorizerID),
		OperationName: wire.Optional(x.OperationName), RouteId: &x.ID, RouteKey: &x.Key, Target: wire.Optional(x.Target),
	}
	if len(x.Scopes) > 0 {
		out.AuthorizationScopes = x.Scopes
	}
	return out
}

func (a *api) getRoute(ctx context.Context, r *wire.Request, in *shape.GetRouteRequest) (*shape.GetRouteResult, error) {
	found, err := httpapi.Look(ctx, a.apis, identify(r, in.ApiId), func(d *httpapi.Definition) (*httpapi.Route, error) {
		return d.Route(wire.Value(in.RouteId))
	})
	return wire.Answer(found, err, func(x *httpapi.Route) *shape.GetRouteResult { return (*shape.GetRouteResult)(route(x)) })
}

func (a *api) getRoutes(ctx context.Context, r *wire.Request, in *shape.GetRoutesRequest) (*shape.GetRoutesResponse, error) {
	return httpapi.Look(ctx, a.apis, identify(r, in.ApiId), func(d *httpapi.Definition) (*shape.GetRoutesResponse, error) {
		items, next, err := page(routeList, d.SortedRoutes(), func(x *httpapi.Route) string { return x.ID }, route, in.NextToken, in.MaxResults)
		return &shape.GetRoutesResponse{Items: items, NextToken: next}, err
	})
}

func (a *api) updateRoute(ctx context.Context, r *wire.Request, in *shape.UpdateRouteRequest) (*shape.UpdateRouteResult, error) {
	if err := noKeys(in.ApiKeyRequired); err != nil {
		return nil, err
	}
	changed, err := httpapi.Edit(ctx, a.apis, identify(r, in.ApiId), func(d *httpapi.Definition) (*httpapi.Route, error) {
		return d.UpdateRoute(wire.Value(in.RouteId), func(x *httpapi.Route) {
			wire.Set(&x.Key, in.RouteKey)
			wire.Set(&x.Target, in.Target)
			wire.Set(&x.Authorization, in.AuthorizationType)
			wire.Set(&x.AuthorizerID, in.AuthorizerId)
			wire.Set(&x.OperationName, in.OperationName)
			if in.AuthorizationScopes != nil {
				x.Scopes = in.AuthorizationScopes
			}
		})
	})
	return wire.Answer(changed, err, func(x *httpapi.Route) *shape.UpdateRouteResult { return (*shape.UpdateRouteResult)(route(x)) })
}

func (a *api) deleteRoute(ctx context.Context, r *wire.Request, in *shape.DeleteRouteRequest) (*apishape.Nothing, error) {
	_, err := httpapi.Edit(ctx, a.apis, identify(r, in.ApiId), nothing(func(d *httpapi.Definition) error { return d.DeleteRoute(wire.Value(in.RouteId)) }))
	return nil, err
}

// deleteRouteParameter has no parameter to delete: routes of HTTP APIs have none.
func (a *api) deleteRouteParameter(ctx context.Context, r *wire.Request, in *shape.DeleteRouteRequestParameterRequest) (*apishape.Nothing, error) {
	_, err := httpapi.Look(ctx, a.apis, identify(r, in.ApiId), func(d *httpapi.Definition) (*httpapi.Route, error) { return d.Route(wire.Value(in.RouteId)) })
	if err == nil {
		err = &wire.Error{Code: "NotFoundException", Status: http.StatusNotFound, Message: "Invalid RequestParameter identifier specified"}
	}
	return nil, err
}
