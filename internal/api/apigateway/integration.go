package apigateway

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/apigateway"
	"sluice/internal/api/wire"
	"sluice/internal/restapi"
)

func (a *api) putIntegration(ctx context.Context, r *wire.Request, in *shape.PutIntegrationRequest) (*shape.Integration, error) {
	made, err := edit(ctx, a, identify(r, in.RestApiId), nil, func(d *restapi.Definition) (*restapi.Integration, error) {
		return d.PutIntegration(wire.Value(in.ResourceId), wire.Value(in.HttpMethod), wantedIntegration(in))
	})
	return wire.Answer(made, err, integration)
}

func wantedIntegration(in *shape.PutIntegrationRequest) restapi.Integration {
	i := restapi.Integration{
		Type: wire.Value(in.Type), HTTPMethod: wire.Value(in.IntegrationHttpMethod), URI: wire.Value(in.Uri),
		ConnectionType: wire.Value(in.ConnectionType), ConnectionID: wire.Value(in.ConnectionId), Credentials: wire.Value(in.Credentials),
		Parameters: in.RequestParameters, Templates: in.RequestTemplates, Passthrough: wire.Value(in.PassthroughBehavior),
		ContentHandling: wire.Value(in.ContentHandling), Timeout: wire.Value(in.TimeoutInMillis), CacheNamespace: wire.Value(in.CacheNamespace),
		CacheKeys: in.CacheKeyParameters, Transfer: wire.Value(in.ResponseTransferMode),
	}
	if in.TlsConfig != nil {
		i.Insecure = in.TlsConfig.InsecureSkipVerification
	}
	return i
}

func (a *api) getIntegration(ctx context.Context, r *wire.Request, in *shape.GetIntegrationRequest) (*shape.Integration, error) {
	found, err := look(ctx, a, identify(r, in.RestApiId), noResource(), func(d *restapi.Definition) (*restapi.Integration, error) {
		return d.Integration(wire.Value(in.ResourceId), wire.Value(in.HttpMethod))
	})
	return wire.Answer(found, err, integration)
}

func (a *api) updateIntegration(ctx context.Context, r *wire.Request, in *shape.UpdateIntegrationRequest) (*shape.Integration, error) {
	changed, err := edit(ctx, a, identify(r, in.RestApiId), nil, func(d *restapi.Definition) (*restapi.Integration, error) {
		return d.UpdateIntegration(wire.Value(in.ResourceId), wire.Value(in.HttpMethod), patches(in.PatchOperations))
	})
	return wire.Answer(changed, err, integration)
}

func (a *api) deleteIntegration(ctx context.Context, r *wire.Request, in *shape.DeleteIntegrationRequest) (*apishape.Nothing, error) {
	_, err := edit(ctx, a, identify(r, in.RestApiId), noResource(), nothing(func(d *restapi.Definition) error {
		return d.DeleteIntegration(wire.Value(in.ResourceId), wire.Value(in.HttpMethod))
	}))
	return nil, err
}

func integration(i *restapi.Integration) *shape.Integration {
	out := &shape.Integration{
		Type: &i.Type, HttpMethod: wire.Optional(i.HTTPMethod), Uri: wire.Optional(i.URI), ConnectionType: wire.Optional(i.ConnectionType), ConnectionId: wire.Optional(i.ConnectionID),
		Credentials: wire.Optional(i.Credentials), RequestParameters: i.Parameters, RequestTemplates: i.Templates, PassthroughBehavior: &i.Passthrough,
		ContentHandling: wire.Optional(i.ContentHandling), TimeoutInMillis: &i.Timeout, CacheNamespace: &i.CacheNamespace,
		CacheKeyParameters: append([]string{}, i.CacheKeys...), ResponseTransferMode: wire.Optional(i.Transfer),
	}
	if i.Insecure != nil {
		out.TlsConfig = &shape.TlsConfig{InsecureSkipVerification: i.Insecure}
	}
	for status, each := range i.Responses {
		if out.IntegrationResponses == nil {
			out.IntegrationResponses = map[string]shape.IntegrationResponse{}
		}
		out.IntegrationResponses[status] = *integrationResponse(each)
	}
	return out
}

func (a *api) putIntegrationResponse(ctx context.Context, r *wire.Request, in *shape.PutIntegrationResponseRequest) (*shape.IntegrationResponse, error) {
	made, err := edit(ctx, a, identify(r, in.RestApiId), noResource(), func(d *restapi.Definition) (*restapi.IntegrationResponse, error) {
		return d.PutIntegrationResponse(wire.Value(in.ResourceId), wire.Value(in.HttpMethod), restapi.IntegrationResponse{
			Status: wire.Value(in.StatusCode), Selection: in.SelectionPattern, Parameters: in.ResponseParameters,
			Templates: in.ResponseTemplates, ContentHandling: wire.Value(in.ContentHandling),
		})
	})
	return wire.Answer(made, err, integrationResponse)
}

func (a *api) getIntegrationResponse(ctx context.Context, r *wire.Request, in *shape.GetIntegrationResponseRequest) (*shape.IntegrationResponse, error) {
	found, err := look(ctx, a, identify(r, in.RestApiId), noResource(), func(d *restapi.Definition) (*restapi.IntegrationResponse, error) {
		return d.IntegrationResponse(wire.Value(in.ResourceId), wire.Value(in.HttpMethod), wire.Value(in.StatusCode))
	})
	return wire.Answer(found, err, integrationResponse)
}

func (a *api) updateIntegrationResponse(ctx context.Context, r *wire.Request, in *shape.UpdateIntegrationResponseRequest) (*shape.IntegrationResponse, error) {
	changed, err := edit(ctx, a, identify(r, in.RestApiId), noResource(), func(d *restapi.Definition) (*restapi.IntegrationResponse, error) {
		return d.UpdateIntegrationResponse(wire.Value(in.ResourceId), wire.Value(in.HttpMethod), wire.Value(in.StatusCode), patches(in.PatchOperations))
	})
	return wire.Answer(changed, err, integrationResponse)
}

func (a *api) deleteIntegrationResponse(ctx context.Context, r *wire.Request, in *shape.DeleteIntegrationResponseRequest) (*apishape.Nothing, error) {
	_, err := edit(ctx, a, identify(r, in.RestApiId), noResource(), nothing(func(d *restapi.Definition) error {
		return d.DeleteIntegrationResponse(wire.Value(in.ResourceId), wire.Value(in.HttpMethod), wire.Value(in.StatusCode))
	}))
	return nil, err
}

func integrationResponse(r *restapi.IntegrationResponse) *shape.IntegrationResponse {
	return &shape.IntegrationResponse{
		StatusCode: &r.Status, SelectionPattern: r.Selection, ResponseParameters: r.Parameters, ResponseTemplates: r.Templates,
		ContentHandling: wire.Optional(r.ContentHandling),
	}
}
