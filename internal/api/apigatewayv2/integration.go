package apigatewayv2

import (
	"context"
	"maps"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/apigatewayv2"
	"sluice/internal/api/wire"
	"sluice/internal/httpapi"
)

// served refuses what an integration may say that httpapi.Integration has no member for. What only WebSocket APIs have is passed over.
func served(subtype, connection *string) error {
	if wire.Value(subtype) != "" {
		return httpapi.NoSubtype(*subtype)
	}
	if kind := wire.Value(connection); kind != "" && kind != "INTERNET" {
		return httpapi.NoConnection(kind)
	}
	return nil
}

func (a *api) createIntegration(ctx context.Context, r *wire.Request, in *shape.CreateIntegrationRequest) (*shape.CreateIntegrationResult, error) {
	if err := served(in.IntegrationSubtype, in.ConnectionType); err != nil {
		return nil, err
	}
	made, err := httpapi.Edit(ctx, a.apis, identify(r, in.ApiId), func(d *httpapi.Definition) (*httpapi.Integration, error) {
		return d.CreateIntegration(httpapi.Integration{
			Type: wire.Value(in.IntegrationType), URI: wire.Value(in.IntegrationUri), Method: wire.Value(in.IntegrationMethod),
			Format: wire.Value(in.PayloadFormatVersion), Timeout: wire.Value(in.TimeoutInMillis), Description: wire.Value(in.Description),
			Credentials: wire.Value(in.CredentialsArn), Parameters: in.RequestParameters, Responses: in.ResponseParameters,
		})
	})
	return wire.Answer(made, err, func(x *httpapi.Integration) *shape.CreateIntegrationResult {
		return (*shape.CreateIntegrationResult)(integration(x))
	})
}

func integration(x *httpapi.Integration) *shape.Integration {
	out := &shape.Integration{
		ApiGatewayManaged: wire.Optional(x.Managed), ConnectionType: new("INTERNET"), CredentialsArn: wire.Optional(x.Credentials), Description: wire.Optional(x.Description),
		IntegrationId: &x.ID, IntegrationMethod: &x.Method, IntegrationType: &x.Type, IntegrationUri: &x.URI, PayloadFormatVersion: &x.Format,
		TimeoutInMillis: &x.Timeout,
	}
	if len(x.Parameters) > 0 {
		out.RequestParameters = x.Parameters
	}
	if len(x.Responses) > 0 {
		out.ResponseParameters = x.Responses
	}
	return out
}

func (a *api) getIntegration(ctx context.Context, r *wire.Request, in *shape.GetIntegrationRequest) (*shape.GetIntegrationResult, error) {
	found, err := httpapi.Look(ctx, a.apis, identify(r, in.ApiId), func(d *httpapi.Definition) (*httpapi.Integration, error) {
		return d.Integration(wire.Value(in.IntegrationId))
	})
	return wire.Answer(found, err, func(x *httpapi.Integration) *shape.GetIntegrationResult {
		return (*shape.GetIntegrationResult)(integration(x))
	})
}

func (a *api) getIntegrations(ctx context.Context, r *wire.Request, in *shape.GetIntegrationsRequest) (*shape.GetIntegrationsResponse, error) {
	return httpapi.Look(ctx, a.apis, identify(r, in.ApiId), func(d *httpapi.Definition) (*shape.GetIntegrationsResponse, error) {
		items, next, err := page(integrationList, d.SortedIntegrations(), func(x *httpapi.Integration) string { return x.ID }, integration, in.NextToken, in.MaxResults)
		return &shape.GetIntegrationsResponse{Items: items, NextToken: next}, err
	})
}

func (a *api) updateIntegration(ctx context.Context, r *wire.Request, in *shape.UpdateIntegrationRequest) (*shape.UpdateIntegrationResult, error) {
	if err := served(in.IntegrationSubtype, in.ConnectionType); err != nil {
		return nil, err
	}
	changed, err := httpapi.Edit(ctx, a.apis, identify(r, in.ApiId), func(d *httpapi.Definition) (*httpapi.Integration, error) {
		return d.UpdateIntegration(wire.Value(in.IntegrationId), func(x *httpapi.Integration) { change(x, in) })
	})
	return wire.Answer(changed, err, func(x *httpapi.Integration) *shape.UpdateIntegrationResult {
		return (*shape.UpdateIntegrationResult)(integration(x))
	})
}

func change(x *httpapi.Integration, in *shape.UpdateIntegrationRequest) {
	wire.Set(&x.Type, in.IntegrationType)
	wire.Set(&x.URI, in.IntegrationUri)
	wire.Set(&x.Method, in.IntegrationMethod)
	wire.Set(&x.Format, in.PayloadFormatVersion)
	wire.Set(&x.Timeout, in.TimeoutInMillis)
	wire.Set(&x.Description, in.Description)
	wire.Set(&x.Credentials, in.CredentialsArn)
	x.Parameters = patched(x.Parameters, in.RequestParameters)
	if in.ResponseParameters == nil {
		return
	}
	changed := maps.Clone(shown(x.Responses))
	for status, given := range in.ResponseParameters {
		if changed[status] = patched(changed[status], given); len(changed[status]) == 0 {
			delete(changed, status)
		}
	}
	x.Responses = changed
}

// patched is a table with the entries that a request gives. An empty value takes one away: entries that are not given stay (AWS's
// page "UpdateIntegration").
func patched(table, given map[string]string) map[string]string {
	if given == nil {
		return table
	}
	changed := maps.Clone(shown(table))
	for key, value := range given {
		changed[key] = value
		if value == "" {
			delete(changed, key)
		}
	}
	return changed
}

func (a *api) deleteIntegration(ctx context.Context, r *wire.Request, in *shape.DeleteIntegrationRequest) (*apishape.Nothing, error) {
	_, err := httpapi.Edit(ctx, a.apis, identify(r, in.ApiId), nothing(func(d *httpapi.Definition) error {
		return d.DeleteIntegration(wire.Value(in.IntegrationId))
	}))
	return nil, err
}
