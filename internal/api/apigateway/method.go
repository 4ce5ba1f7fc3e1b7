package apigateway

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/apigateway"
	"sluice/internal/api/wire"
	"sluice/internal/restapi"
)

func (a *api) putMethod(ctx context.Context, r *wire.Request, in *shape.PutMethodRequest) (*shape.Method, error) {
	made, err := edit(ctx, a, identify(r, in.RestApiId), noResource(), func(d *restapi.Definition) (*restapi.Method, error) {
		return d.PutMethod(wire.Value(in.ResourceId), restapi.Method{
			HTTPMethod: wire.Value(in.HttpMethod), Authorization: wire.Value(in.AuthorizationType), AuthorizerID: wire.Value(in.AuthorizerId),
			Scopes: in.AuthorizationScopes, KeyRequired: wire.Value(in.ApiKeyRequired), ValidatorID: wire.Value(in.RequestValidatorId),
			OperationName: wire.Value(in.OperationName), Parameters: in.RequestParameters, Models: in.RequestModels,
		})
	})
	return wire.Answer(made, err, method)
}

func (a *api) getMethod(ctx context.Context, r *wire.Request, in *shape.GetMethodRequest) (*shape.Method, error) {
	found, err := look(ctx, a, identify(r, in.RestApiId), noResource(), func(d *restapi.Definition) (*restapi.Method, error) {
		return d.Method(wire.Value(in.ResourceId), wire.Value(in.HttpMethod))
	})
	return wire.Answer(found, err, method)
}

func (a *api) updateMethod(ctx context.Context, r *wire.Request, in *shape.UpdateMethodRequest) (*shape.Method, error) {
	changed, err := edit(ctx, a, identify(r, in.RestApiId), noResource(), func(d *restapi.Definition) (*restapi.Method, error) {
		return d.UpdateMethod(wire.Value(in.ResourceId), wire.Value(in.HttpMethod), patches(in.PatchOperations))
	})
	return wire.Answer(changed, err, method)
}

func (a *api) deleteMethod(ctx context.Context, r *wire.Request, in *shape.DeleteMethodRequest) (*apishape.Nothing, error) {
	_, err := edit(ctx, a, identify(r, in.RestApiId), noResource(), nothing(func(d *restapi.Definition) error {
		return d.DeleteMethod(wire.Value(in.ResourceId), wire.Value(in.HttpMethod))
	}))
	return nil, err
}

func method(m *restapi.Method) *shape.Method {
	out := &shape.Method{
		HttpMethod: &m.HTTPMethod, AuthorizationType: &m.Authorization, AuthorizerId: wire.Optional(m.AuthorizerID), ApiKeyRequired: &m.KeyRequired,
		RequestValidatorId: wire.Optional(m.ValidatorID), OperationName: wire.Optional(m.OperationName), RequestParameters: m.Parameters,
		RequestModels: m.Models, AuthorizationScopes: listed(m.Scopes),
	}
	for status, each := range m.Responses {
		if out.MethodResponses == nil {
			out.MethodResponses = map[string]shape.MethodResponse{}
		}
		out.MethodResponses[status] = *methodResponse(each)
	}
	if m.Integration != nil {
		out.MethodIntegration = integration(m.Integration)
	}
	return out
}

func (a *api) putMethodResponse(ctx context.Context, r *wire.Request, in *shape.PutMethodResponseRequest) (*shape.MethodResponse, error) {
	made, err := edit(ctx, a, identify(r, in.RestApiId), noResource(), func(d *restapi.Definition) (*restapi.MethodResponse, error) {
		return d.PutMethodResponse(wire.Value(in.ResourceId), wire.Value(in.HttpMethod), restapi.MethodResponse{
			Status: wire.Value(in.StatusCode), Parameters: in.ResponseParameters, Models: in.ResponseModels,
		})
	})
	return wire.Answer(made, err, methodResponse)
}

func (a *api) getMethodResponse(ctx context.Context, r *wire.Request, in *shape.GetMethodResponseRequest) (*shape.MethodResponse, error) {
	found, err := look(ctx, a, identify(r, in.RestApiId), noResource(), func(d *restapi.Definition) (*restapi.MethodResponse, error) {
		return d.MethodResponse(wire.Value(in.ResourceId), wire.Value(in.HttpMethod), wire.Value(in.StatusCode))
	})
	return wire.Answer(found, err, methodResponse)
}

func (a *api) updateMethodResponse(ctx context.Context, r *wire.Request, in *shape.UpdateMethodResponseRequest) (*shape.MethodResponse, error) {
	changed, err := edit(ctx, a, identify(r, in.RestApiId), noResource(), func(d *restapi.Definition) (*restapi.MethodResponse, error) {
		return d.UpdateMethodResponse(wire.Value(in.ResourceId), wire.Value(in.HttpMethod), wire.Value(in.StatusCode), patches(in.PatchOperations))
	})
	return wire.Answer(changed, err, methodResponse)
}

func (a *api) deleteMethodResponse(ctx context.Context, r *wire.Request, in *shape.DeleteMethodResponseRequest) (*apishape.Nothing, error) {
	_, err := edit(ctx, a, identify(r, in.RestApiId), noResource(), nothing(func(d *restapi.Definition) error {
		return d.DeleteMethodResponse(wire.Value(in.ResourceId), wire.Value(in.HttpMethod), wire.Value(in.StatusCode))
	}))
	return nil, err
}

func methodResponse(r *restapi.MethodResponse) *shape.MethodResponse {
	return &shape.MethodResponse{StatusCode: &r.Status, ResponseParameters: r.Parameters, ResponseModels: r.Models}
}
