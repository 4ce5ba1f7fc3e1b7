package apigatewayv2

import (
	"context"
	"fmt"
	"math"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/apigatewayv2"
	"sluice/internal/api/wire"
	"sluice/internal/httpapi"
)

func (a *api) createDeployment(ctx context.Context, r *wire.Request, in *shape.CreateDeploymentRequest) (*shape.CreateDeploymentResponse, error) {
	made, err := a.apis.Deploy(ctx, identify(r, in.ApiId), wire.Value(in.StageName), wire.Value(in.Description))
	return wire.Answer(made, err, func(x *httpapi.Deployment) *shape.CreateDeploymentResponse {
		return (*shape.CreateDeploymentResponse)(deployment(x))
	})
}

func deployment(x *httpapi.Deployment) *shape.Deployment {
	return &shape.Deployment{
		AutoDeployed: &x.Auto, CreatedDate: apishape.AtDateTime(x.Created), DeploymentId: &x.ID, DeploymentStatus: new("DEPLOYED"), Description: wire.Optional(x.Description),
	}
}

func (a *api) getDeployment(ctx context.Context, r *wire.Request, in *shape.GetDeploymentRequest) (*shape.GetDeploymentResponse, error) {
	found, err := a.apis.Deployment(ctx, identify(r, in.ApiId), wire.Value(in.DeploymentId))
	return wire.Answer(found, err, func(x *httpapi.Deployment) *shape.GetDeploymentResponse {
		return (*shape.GetDeploymentResponse)(deployment(x))
	})
}

func (a *api) getDeployments(ctx context.Context, r *wire.Request, in *shape.GetDeploymentsRequest) (*shape.GetDeploymentsResponse, error) {
	found, err := a.apis.Deployments(ctx, identify(r, in.ApiId))
	if err != nil {
		return nil, err
	}
	items, next, err := page(deploymentList, found, age, deployment, in.NextToken, in.MaxResults)
	return &shape.GetDeploymentsResponse{Items: items, NextToken: next}, err
}

// age is a deployment's place in a list of deployments, which begins with the newest.
func age(x *httpapi.Deployment) string {
	return fmt.Sprintf("%016x%s", math.MaxInt64-x.Created.UnixMicro(), x.ID)
}

func (a *api) updateDeployment(ctx context.Context, r *wire.Request, in *shape.UpdateDeploymentRequest) (*shape.UpdateDeploymentResponse, error) {
	changed, err := a.apis.DescribeDeployment(ctx, identify(r, in.ApiId), wire.Value(in.DeploymentId), in.Description)
	return wire.Answer(changed, err, func(x *httpapi.Deployment) *shape.UpdateDeploymentResponse {
		return (*shape.UpdateDeploymentResponse)(deployment(x))
	})
}

func (a *api) deleteDeployment(ctx context.Context, r *wire.Request, in *shape.DeleteDeploymentRequest) (*apishape.Nothing, error) {
	return nil, a.apis.DeleteDeployment(ctx, identify(r, in.ApiId), wire.Value(in.DeploymentId))
}
