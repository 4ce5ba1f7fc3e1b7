package apigateway

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/apigateway"
	"sluice/internal/api/wire"
	"sluice/internal/restapi"
)

func (a *api) putResponse(ctx context.Context, r *wire.Request, in *shape.PutGatewayResponseRequest) (*shape.GatewayResponse, error) {
	made, err := edit(ctx, a, identify(r, in.RestApiId), nil, func(d *restapi.Definition) (*restapi.GatewayResponse, error) {
		return d.PutResponse(restapi.GatewayResponse{
			Type: wire.Value(in.ResponseType), Status: wire.Value(in.StatusCode), Parameters: in.ResponseParameters, Templates: in.ResponseTemplates,
		})
	})
	return wire.Answer(made, err, response)
}

// response shows the status of the default where none was given.
func response(g *restapi.GatewayResponse) *shape.GatewayResponse {
	status := g.Status
	if standard, ok := restapi.DefaultResponse(g.Type); ok && status == "" {
		status = standard.Status
	}
	return &shape.GatewayResponse{
		ResponseType: &g.Type, StatusCode: wire.Optional(status), ResponseParameters: g.Parameters, ResponseTemplates: g.Templates, DefaultResponse: &g.Default,
	}
}

func (a *api) getResponse(ctx context.Context, r *wire.Request, in *shape.GetGatewayResponseRequest) (*shape.GatewayResponse, error) {
	found, err := look(ctx, a, identify(r, in.RestApiId), nil, func(d *restapi.Definition) (*restapi.GatewayResponse, error) {
		found, _ := d.Response(wire.Value(in.ResponseType)) // the model's constraints let only types through
		return found, nil
	})
	return wire.Answer(found, err, response)
}

func (a *api) getResponses(ctx context.Context, r *wire.Request, in *shape.GetGatewayResponsesRequest) (*shape.GatewayResponses, error) {
	return look(ctx, a, identify(r, in.RestApiId), nil, func(d *restapi.Definition) (*shape.GatewayResponses, error) {
		out := &shape.GatewayResponses{Items: []shape.GatewayResponse{}}
		for _, each := range d.GatewayResponses() {
			out.Items = append(out.Items, *response(each))
		}
		return out, nil
	})
}

func (a *api) updateResponse(ctx context.Context, r *wire.Request, in *shape.UpdateGatewayResponseRequest) (*shape.GatewayResponse, error) {
	changed, err := edit(ctx, a, identify(r, in.RestApiId), nil, func(d *restapi.Definition) (*restapi.GatewayResponse, error) {
		return d.UpdateResponse(wire.Value(in.ResponseType), patches(in.PatchOperations))
	})
	return wire.Answer(changed, err, response)
}

func (a *api) deleteResponse(ctx context.Context, r *wire.Request, in *shape.DeleteGatewayResponseRequest) (*apishape.Nothing, error) {
	_, err := edit(ctx, a, identify(r, in.RestApiId), nil, nothing(func(d *restapi.Definition) error {
		return d.DeleteResponse(wire.Value(in.ResponseType))
	}))
	return nil, err
}
