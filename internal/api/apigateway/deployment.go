package apigateway

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/apigateway"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/restapi"
)

func (a *api) createDeployment(ctx context.Context, r *wire.Request, in *shape.CreateDeploymentRequest) (*shape.Deployment, error) {
	release := restapi.Release{
		Description: wire.Value(in.Description), Stage: wire.Value(in.StageName), StageDescription: wire.Value(in.StageDescription),
		Variables: in.Variables, Tracing: in.TracingEnabled, CacheEnabled: in.CacheClusterEnabled, CacheSize: wire.Value(in.CacheClusterSize),
	}
	if c := in.CanarySettings; c != nil {
		if release.Stage == "" {
			return nil, noCanaryStage(in.StageName)
		}
		release.Canary = &restapi.Canary{Percent: wire.Value(c.PercentTraffic), Variables: c.StageVariableOverrides, UseCache: wire.Value(c.UseStageCache)}
	}
	made, err := a.apis.Deploy(ctx, identify(r, in.RestApiId), release)
	return wire.Answer(made, err, deployment)
}

// noCanaryStage is in AWS's words (recording test_create_canary_deployment_validation).
func noCanaryStage(given *string) error {
	name := "null"
	if given != nil {
		name = *given
	}
	return fault.Errorf(fault.Invalid, "stage", "Invalid deployment content specified.Non null and non empty stageName must be provided for canary deployment. Provided value is %s", name)
}

func deployment(d *restapi.Deployment) *shape.Deployment {
	return &shape.Deployment{Id: &d.ID, Description: wire.Optional(d.Description), CreatedDate: apishape.At(d.Created)}
}

func (a *api) getDeployment(ctx context.Context, r *wire.Request, in *shape.GetDeploymentRequest) (*shape.Deployment, error) {
	found, err := a.apis.Deployment(ctx, identify(r, in.RestApiId), wire.Value(in.DeploymentId))
	if err != nil {
		return nil, err
	}
	out := deployment(found)
	if embeds(in.Embed, "apisummary") {
		out.ApiSummary = map[string]map[string]shape.MethodSnapshot{}
		for path, methods := range found.Summary() {
			out.ApiSummary[path] = map[string]shape.MethodSnapshot{}
			for name, m := range methods {
				out.ApiSummary[path][name] = shape.MethodSnapshot{AuthorizationType: &m.Authorization, ApiKeyRequired: &m.KeyRequired}
			}
		}
	}
	return out, nil
}

func (a *api) getDeployments(ctx context.Context, r *wire.Request, in *shape.GetDeploymentsRequest) (*shape.Deployments, error) {
	found, err := a.apis.Deployments(ctx, identify(r, in.RestApiId))
	if err != nil {
		return nil, err
	}
	cut, next, err := page(deploymentList, found, func(d *restapi.Deployment) string { return d.Created.Format("2006-01-02T15:04:05.000000") + d.ID }, in.Position, in.Limit)
	out := &shape.Deployments{Position: next, Items: []shape.Deployment{}}
	for _, each := range cut {
		out.Items = append(out.Items, *deployment(each))
	}
	return out, err
}

func (a *api) updateDeployment(ctx context.Context, r *wire.Request, in *shape.UpdateDeploymentRequest) (*shape.Deployment, error) {
	changed, err := a.apis.UpdateDeployment(ctx, identify(r, in.RestApiId), wire.Value(in.DeploymentId), patches(in.PatchOperations))
	return wire.Answer(changed, err, deployment)
}

func (a *api) deleteDeployment(ctx context.Context, r *wire.Request, in *shape.DeleteDeploymentRequest) (*apishape.Nothing, error) {
	return nil, a.apis.DeleteDeployment(ctx, identify(r, in.RestApiId), wire.Value(in.DeploymentId))
}
