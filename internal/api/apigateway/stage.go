package apigateway

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/apigateway"
	"sluice/internal/api/wire"
	"sluice/internal/restapi"
)

func (a *api) createStage(ctx context.Context, r *wire.Request, in *shape.CreateStageRequest) (*shape.Stage, error) {
	wanted := restapi.Stage{
		API: identify(r, in.RestApiId), Name: wire.Value(in.StageName), Deployment: wire.Value(in.DeploymentId), Description: wire.Value(in.Description),
		Variables: in.Variables, CacheEnabled: wire.Value(in.CacheClusterEnabled), CacheSize: wire.Value(in.CacheClusterSize),
		Documentation: wire.Value(in.DocumentationVersion), Tracing: wire.Value(in.TracingEnabled), Tags: in.Tags,
	}
	if c := in.CanarySettings; c != nil {
		wanted.Canary = &restapi.Canary{
			Deployment: wire.Value(c.DeploymentId), Percent: wire.Value(c.PercentTraffic), Variables: c.StageVariableOverrides, UseCache: wire.Value(c.UseStageCache),
		}
	}
	made, err := a.apis.CreateStage(ctx, wanted)
	return wire.Answer(made, err, stage)
}

// stage shows no cache: there is none.
func stage(s *restapi.Stage) *shape.Stage {
	out := &shape.Stage{
		DeploymentId: &s.Deployment, ClientCertificateId: wire.Optional(s.ClientCertificate), StageName: &s.Name, Description: wire.Optional(s.Description),
		CacheClusterEnabled: &s.CacheEnabled, CacheClusterSize: wire.Optional(s.CacheSize), CacheClusterStatus: new("NOT_AVAILABLE"),
		MethodSettings: map[string]shape.MethodSetting{}, Variables: tagged(s.Variables), DocumentationVersion: wire.Optional(s.Documentation),
		TracingEnabled: &s.Tracing, WebAclArn: wire.Optional(s.Firewall), Tags: tagged(s.Tags),
		CreatedDate: apishape.At(s.Created), LastUpdatedDate: apishape.At(s.Updated),
	}
	for name, m := range s.Methods {
		out.MethodSettings[name] = methodSetting(m)
	}
	if l := s.AccessLog; l != nil {
		out.AccessLogSettings = &shape.AccessLogSettings{Format: wire.Optional(l.Format), DestinationArn: wire.Optional(l.Destination)}
	}
	if c := s.Canary; c != nil {
		out.CanarySettings = &shape.CanarySettings{
			PercentTraffic: &c.Percent, DeploymentId: wire.Optional(c.Deployment), StageVariableOverrides: tagged(c.Variables), UseStageCache: &c.UseCache,
		}
	}
	return out
}

func methodSetting(m *restapi.MethodSettings) shape.MethodSetting {
	return shape.MethodSetting{
		MetricsEnabled: &m.Metrics, LoggingLevel: wire.Optional(m.LoggingLevel), DataTraceEnabled: &m.DataTrace, ThrottlingBurstLimit: &m.Burst,
		ThrottlingRateLimit: &m.Rate, CachingEnabled: &m.Caching, CacheTtlInSeconds: &m.CacheTTL, CacheDataEncrypted: &m.CacheEncrypted,
		RequireAuthorizationForCacheControl: &m.CacheControlRequired, UnauthorizedCacheControlHeaderStrategy: wire.Optional(m.CacheControlStrategy),
	}
}

func (a *api) getStage(ctx context.Context, r *wire.Request, in *shape.GetStageRequest) (*shape.Stage, error) {
	found, err := a.apis.Stage(ctx, identify(r, in.RestApiId), wire.Value(in.StageName))
	return wire.Answer(found, err, stage)
}

func (a *api) getStages(ctx context.Context, r *wire.Request, in *shape.GetStagesRequest) (*shape.Stages, error) {
	found, err := a.apis.Stages(ctx, identify(r, in.RestApiId), wire.Value(in.DeploymentId))
	out := &shape.Stages{Item: []shape.Stage{}}
	for _, each := range found {
		out.Item = append(out.Item, *stage(each))
	}
	return out, err
}

func (a *api) updateStage(ctx context.Context, r *wire.Request, in *shape.UpdateStageRequest) (*shape.Stage, error) {
	changed, err := a.apis.UpdateStage(ctx, identify(r, in.RestApiId), wire.Value(in.StageName), patches(in.PatchOperations))
	return wire.Answer(changed, err, stage)
}

func (a *api) deleteStage(ctx context.Context, r *wire.Request, in *shape.DeleteStageRequest) (*apishape.Nothing, error) {
	return nil, a.apis.DeleteStage(ctx, identify(r, in.RestApiId), wire.Value(in.StageName))
}

// flushCache has no cache to flush, of a stage that is there.
func (a *api) flushCache(ctx context.Context, r *wire.Request, in *shape.FlushStageCacheRequest) (*apishape.Nothing, error) {
	_, err := a.apis.Stage(ctx, identify(r, in.RestApiId), wire.Value(in.StageName))
	return nil, err
}

// flushAuthorizers makes the front ask the stage's authorizers again.
func (a *api) flushAuthorizers(ctx context.Context, r *wire.Request, in *shape.FlushStageAuthorizersCacheRequest) (*apishape.Nothing, error) {
	return nil, a.apis.Renew(ctx, identify(r, in.RestApiId), wire.Value(in.StageName))
}
