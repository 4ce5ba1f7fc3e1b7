package apigatewayv2

import (
	"context"
	"maps"
	"net/http"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/apigatewayv2"
	"sluice/internal/api/wire"
	"sluice/internal/httpapi"
)

func (a *api) createStage(ctx context.Context, r *wire.Request, in *shape.CreateStageRequest) (*shape.CreateStageResponse, error) {
	made, err := a.apis.CreateStage(ctx, httpapi.Stage{
		API: identify(r, in.ApiId), Name: wire.Value(in.StageName), Deployment: wire.Value(in.DeploymentId), AutoDeploy: wire.Value(in.AutoDeploy),
		Description: wire.Value(in.Description), Variables: in.StageVariables, Default: readSettings(in.DefaultRouteSettings),
		Routes: readAllSettings(in.RouteSettings), AccessLog: readAccessLog(in.AccessLogSettings), ClientCertificate: wire.Value(in.ClientCertificateId), Tags: in.Tags,
	})
	return wire.Answer(made, err, func(x *httpapi.Stage) *shape.CreateStageResponse { return (*shape.CreateStageResponse)(stage(x)) })
}

func readSettings(given *shape.RouteSettings) httpapi.RouteSettings {
	if given == nil {
		return httpapi.RouteSettings{}
	}
	return httpapi.RouteSettings{
		Metrics: given.DetailedMetricsEnabled, DataTrace: given.DataTraceEnabled, LoggingLevel: given.LoggingLevel,
		Burst: given.ThrottlingBurstLimit, Rate: given.ThrottlingRateLimit,
	}
}

func readAllSettings(given map[string]shape.RouteSettings) (all map[string]httpapi.RouteSettings) {
	for key, each := range given {
		if all == nil {
			all = map[string]httpapi.RouteSettings{}
		}
		all[key] = readSettings(&each)
	}
	return all
}

func readAccessLog(given *shape.AccessLogSettings) *httpapi.AccessLog {
	if given == nil || wire.Value(given.DestinationArn) == "" && wire.Value(given.Format) == "" {
		return nil
	}
	return &httpapi.AccessLog{Destination: wire.Value(given.DestinationArn), Format: wire.Value(given.Format)}
}

// stage shows whether the metrics of single routes are published if nobody said so too (AWS's page "get-stages" of its CLI).
func stage(x *httpapi.Stage) *shape.Stage {
	out := &shape.Stage{
		ApiGatewayManaged: wire.Optional(x.Managed), AutoDeploy: wire.Optional(x.AutoDeploy), ClientCertificateId: wire.Optional(x.ClientCertificate),
		CreatedDate: apishape.AtDateTime(x.Created), DeploymentId: wire.Optional(x.Deployment), Description: wire.Optional(x.Description),
		LastDeploymentStatusMessage: wire.Optional(x.Message), LastUpdatedDate: apishape.AtDateTime(x.Updated), RouteSettings: map[string]shape.RouteSettings{},
		StageName: &x.Name, StageVariables: shown(x.Variables), Tags: shown(x.Tags),
	}
	general := settings(x.Default)
	if general.DetailedMetricsEnabled == nil {
		general.DetailedMetricsEnabled = new(false)
	}
	out.DefaultRouteSettings = &general
	for key, each := range x.Routes {
		out.RouteSettings[key] = settings(each)
	}
	if l := x.AccessLog; l != nil {
		out.AccessLogSettings = &shape.AccessLogSettings{DestinationArn: wire.Optional(l.Destination), Format: wire.Optional(l.Format)}
	}
	return out
}

func settings(s httpapi.RouteSettings) shape.RouteSettings {
	return shape.RouteSettings{
		DataTraceEnabled: s.DataTrace, DetailedMetricsEnabled: s.Metrics, LoggingLevel: s.LoggingLevel, ThrottlingBurstLimit: s.Burst, ThrottlingRateLimit: s.Rate,
	}
}

func (a *api) getStage(ctx context.Context, r *wire.Request, in *shape.GetStageRequest) (*shape.GetStageResponse, error) {
	found, err := a.apis.Stage(ctx, identify(r, in.ApiId), wire.Value(in.StageName))
	return wire.Answer(found, err, func(x *httpapi.Stage) *shape.GetStageResponse { return (*shape.GetStageResponse)(stage(x)) })
}

func (a *api) getStages(ctx context.Context, r *wire.Request, in *shape.GetStagesRequest) (*shape.GetStagesResponse, error) {
	found, err := a.apis.Stages(ctx, identify(r, in.ApiId))
	if err != nil {
		return nil, err
	}
	items, next, err := page(stageList, found, func(x *httpapi.Stage) string { return x.Name }, stage, in.NextToken, in.MaxResults)
	return &shape.GetStagesResponse{Items: items, NextToken: next}, err
}

func (a *api) updateStage(ctx context.Context, r *wire.Request, in *shape.UpdateStageRequest) (*shape.UpdateStageResponse, error) {
	changed, err := a.apis.UpdateStage(ctx, identify(r, in.ApiId), wire.Value(in.StageName), func(x *httpapi.Stage) error {
		wire.Set(&x.Deployment, in.DeploymentId)
		wire.Set(&x.AutoDeploy, in.AutoDeploy)
		wire.Set(&x.Description, in.Description)
		wire.Set(&x.ClientCertificate, in.ClientCertificateId)
		if in.DefaultRouteSettings != nil {
			x.Default = readSettings(in.DefaultRouteSettings)
		}
		if in.AccessLogSettings != nil {
			x.AccessLog = readAccessLog(in.AccessLogSettings)
		}
		x.Variables = patched(x.Variables, in.StageVariables)
		if all := readAllSettings(in.RouteSettings); all != nil {
			x.Routes = maps.Clone(shown(x.Routes))
			maps.Copy(x.Routes, all)
		}
		return nil
	})
	return wire.Answer(changed, err, func(x *httpapi.Stage) *shape.UpdateStageResponse { return (*shape.UpdateStageResponse)(stage(x)) })
}

func (a *api) deleteStage(ctx context.Context, r *wire.Request, in *shape.DeleteStageRequest) (*apishape.Nothing, error) {
	return nil, a.apis.DeleteStage(ctx, identify(r, in.ApiId), wire.Value(in.StageName))
}

func (a *api) deleteAccessLog(ctx context.Context, r *wire.Request, in *shape.DeleteAccessLogSettingsRequest) (*apishape.Nothing, error) {
	_, err := a.apis.UpdateStage(ctx, identify(r, in.ApiId), wire.Value(in.StageName), func(x *httpapi.Stage) error {
		if x.AccessLog == nil {
			return &wire.Error{Code: "NotFoundException", Status: http.StatusNotFound, Message: "Invalid AccessLogSettings identifier specified"}
		}
		x.AccessLog = nil
		return nil
	})
	return nil, err
}

func (a *api) deleteRouteSettings(ctx context.Context, r *wire.Request, in *shape.DeleteRouteSettingsRequest) (*apishape.Nothing, error) {
	return nil, a.apis.DeleteRouteSettings(ctx, identify(r, in.ApiId), wire.Value(in.StageName), wire.Value(in.RouteKey))
}
