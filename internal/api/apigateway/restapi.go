package apigateway

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/apigateway"
	"sluice/internal/api/wire"
	"sluice/internal/restapi"
)

func (a *api) create(ctx context.Context, r *wire.Request, in *shape.CreateRestApiRequest) (*shape.RestApi, error) {
	made, err := a.apis.Create(ctx, scope(r), restapi.Creation{
		Name: wire.Value(in.Name), Description: wire.Value(in.Description), Described: in.Description != nil, Version: wire.Value(in.Version),
		Endpoint: endpoint(in.EndpointConfiguration), EndpointTypes: endpointTypes(in.EndpointConfiguration), DisableEndpoint: wire.Value(in.DisableExecuteApiEndpoint),
		SecurityPolicy: wire.Value(in.SecurityPolicy), AccessMode: wire.Value(in.EndpointAccessMode), Tags: in.Tags, CloneFrom: wire.Value(in.CloneFrom),
		Settings: restapi.Settings{
			BinaryMediaTypes: in.BinaryMediaTypes, MinimumCompression: in.MinimumCompressionSize,
			KeySource: wire.Value(in.ApiKeySource), Policy: wire.Value(in.Policy),
		},
	})
	return wire.Answer(made, err, restAPI)
}

func endpoint(given *shape.EndpointConfiguration) (e restapi.Endpoint) {
	if given == nil {
		return e
	}
	if len(given.Types) > 0 {
		e.Type = given.Types[0]
	}
	e.IPAddressType, e.VPCEndpoints = wire.Value(given.IpAddressType), given.VpcEndpointIds
	return e
}

func endpointTypes(given *shape.EndpointConfiguration) []string {
	if given == nil {
		return nil
	}
	return given.Types
}

func restAPI(a *restapi.API) *shape.RestApi {
	return &shape.RestApi{
		Id: &a.ID.API, Name: &a.Name, Description: wire.Optional(a.Description), Version: wire.Optional(a.Version), CreatedDate: apishape.At(a.Created),
		BinaryMediaTypes: listed(a.BinaryMediaTypes), MinimumCompressionSize: a.MinimumCompression, ApiKeySource: &a.KeySource,
		EndpointConfiguration: &shape.EndpointConfiguration{
			Types: []string{a.Endpoint.Type}, IpAddressType: wire.Optional(a.Endpoint.IPAddressType), VpcEndpointIds: listed(a.Endpoint.VPCEndpoints),
		},
		Policy: wire.Optional(a.Policy), Tags: tagged(a.Tags), DisableExecuteApiEndpoint: &a.DisableEndpoint, RootResourceId: &a.Root,
		SecurityPolicy: wire.Optional(a.SecurityPolicy), EndpointAccessMode: wire.Optional(a.AccessMode),
	}
}

// listed is a list as a member, or none instead of an empty one.
func listed(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	return list
}

// tagged are tags as a member, or none.
func tagged(tags map[string]string) map[string]string {
	if len(tags) == 0 {
		return nil
	}
	return tags
}

func (a *api) get(ctx context.Context, r *wire.Request, in *shape.GetRestApiRequest) (*shape.RestApi, error) {
	found, err := a.apis.Get(ctx, identify(r, in.RestApiId))
	return wire.Answer(found, err, withTags)
}

// withTags shows tags also where there are none (recordings test_update_rest_api_behaviour and
// test_put_rest_api_mode_binary_media_types).
func withTags(a *restapi.API) *shape.RestApi {
	out := restAPI(a)
	if out.Tags == nil {
		out.Tags = map[string]string{}
	}
	return out
}

func (a *api) list(ctx context.Context, r *wire.Request, in *shape.GetRestApisRequest) (*shape.RestApis, error) {
	found, err := a.apis.List(ctx, scope(r), "", 0)
	if err != nil {
		return nil, err
	}
	cut, next, err := page(apiList, found, func(a *restapi.API) string { return a.ID.API }, in.Position, in.Limit)
	out := &shape.RestApis{Position: next, Items: []shape.RestApi{}}
	for _, each := range cut {
		out.Items = append(out.Items, *restAPI(each))
	}
	return out, err
}

func (a *api) update(ctx context.Context, r *wire.Request, in *shape.UpdateRestApiRequest) (*shape.RestApi, error) {
	changed, err := a.apis.Update(ctx, identify(r, in.RestApiId), patches(in.PatchOperations))
	return wire.Answer(changed, err, withTags)
}

func (a *api) delete(ctx context.Context, r *wire.Request, in *shape.DeleteRestApiRequest) (*apishape.Nothing, error) {
	return nil, a.apis.Delete(ctx, identify(r, in.RestApiId))
}
