package remote

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/codedeploy"
	"github.com/aws/aws-sdk-go-v2/service/codedeploy/types"

	"sluice/internal/deployer/release"
	"sluice/internal/fault"
)

// Deploy creates a deployment and returns its id. Another one on the same alias is a Conflict that names it.
func (e *Endpoint) Deploy(ctx context.Context, d release.Deployment) (id string, err error) {
	content, err := appSpec(d)
	if err != nil {
		return "", err
	}
	out, err := e.codedeploy.CreateDeployment(ctx, &codedeploy.CreateDeploymentInput{
		ApplicationName: &d.Group.Application, DeploymentGroupName: &d.Group.Name, Description: optional(d.Description),
		Revision: &types.RevisionLocation{
			RevisionType: types.RevisionLocationTypeAppSpecContent, AppSpecContent: &types.AppSpecContent{Content: &content},
		},
	})
	if _, busy := errors.AsType[*types.DeploymentLimitExceededException](err); busy {
		return "", e.busy(ctx, d, err)
	}
	if err != nil {
		return "", failed(err, "deployment", "deploy version %s of %s", d.To, d.Function)
	}
	return text(out.DeploymentId), nil
}

// busy names the deployment that is in the way, if the endpoint's own text does not.
func (e *Endpoint) busy(ctx context.Context, d release.Deployment, refusal error) error {
	err := failed(refusal, "deployment", "deploy version %s of %s", d.To, d.Function)
	other, unknown := e.Deploying(ctx, d.Group)
	if unknown != nil || other == "" || strings.Contains(err.Error(), other) {
		return err
	}
	return fault.Errorf(fault.Conflict, "deployment", "%w (the deployment %s is under way)", err, other)
}

// Deploying returns the id of the group's deployment that is under way, or the empty string.
func (e *Endpoint) Deploying(ctx context.Context, g release.Group) (id string, err error) {
	out, err := e.codedeploy.ListDeployments(ctx, &codedeploy.ListDeploymentsInput{
		ApplicationName: &g.Application, DeploymentGroupName: &g.Name,
		IncludeOnlyStatuses: []types.DeploymentStatus{
			types.DeploymentStatusCreated, types.DeploymentStatusQueued, types.DeploymentStatusInProgress,
			types.DeploymentStatusBaking, types.DeploymentStatusReady,
		},
	})
	if err = failed(err, "group", "list the deployments of %s", g.Name); fault.Is(err, fault.NotFound, "group") {
		return "", nil
	} else if err != nil || len(out.Deployments) == 0 {
		return "", err
	}
	return out.Deployments[0], nil
}

// Deployment returns how one stands. One that failed is over when the deployment that rolls it back is.
func (e *Endpoint) Deployment(ctx context.Context, id string) (release.Progress, error) {
	d, err := e.deployment(ctx, id)
	if err != nil {
		return release.Progress{}, err
	}
	p := release.Progress{Status: string(d.Status), Over: over(d), Succeeded: d.Status == types.DeploymentStatusSucceeded}
	if !p.Over || p.Succeeded {
		return p, nil
	}
	p.Why = why(d)
	if d.RollbackInfo == nil || text(d.RollbackInfo.RollbackDeploymentId) == "" {
		return p, nil
	}
	back, err := e.deployment(ctx, text(d.RollbackInfo.RollbackDeploymentId))
	if err != nil {
		return release.Progress{}, err
	}
	p.Over = over(back)
	return p, nil
}

func (e *Endpoint) deployment(ctx context.Context, id string) (*types.DeploymentInfo, error) {
	out, err := e.codedeploy.GetDeployment(ctx, &codedeploy.GetDeploymentInput{DeploymentId: &id})
	if err != nil {
		return nil, failed(err, "deployment", "read the deployment %s", id)
	}
	return out.DeploymentInfo, nil
}

// Stop ends a deployment and has the alias go back. One that ended without success has gone back already; one that
// succeeded is a Conflict.
func (e *Endpoint) Stop(ctx context.Context, id string) error {
	_, err := e.codedeploy.StopDeployment(ctx, &codedeploy.StopDeploymentInput{DeploymentId: &id, AutoRollbackEnabled: new(true)})
	if err = failed(err, "deployment", "stop the deployment %s", id); !fault.Is(err, fault.Conflict, "deployment") {
		return err
	}
	if p, unknown := e.Deployment(ctx, id); unknown != nil || p.Succeeded {
		return err
	}
	return nil
}

func over(d *types.DeploymentInfo) bool {
	switch d.Status {
	case types.DeploymentStatusSucceeded, types.DeploymentStatusFailed, types.DeploymentStatusStopped:
		return true
	}
	return false
}

func why(d *types.DeploymentInfo) string {
	switch i := d.ErrorInformation; {
	case i == nil:
		return string(d.Status)
	case text(i.Message) == "":
		return string(i.Code)
	default:
		return text(i.Message)
	}
}

// appSpec words a deployment as CodeDeploy reads it ("AppSpec file structure", Lambda).
func appSpec(d release.Deployment) (string, error) {
	hooks := []map[string]string{}
	if d.Before != "" {
		hooks = append(hooks, map[string]string{"BeforeAllowTraffic": d.Before})
	}
	if d.After != "" {
		hooks = append(hooks, map[string]string{"AfterAllowTraffic": d.After})
	}
	content, err := json.Marshal(map[string]any{
		"version": 0.0,
		"Resources": []any{map[string]any{"function": map[string]any{
			"Type": "AWS::Lambda::Function",
			"Properties": map[string]string{
				"Name": d.Function, "Alias": d.Alias, "CurrentVersion": d.From, "TargetVersion": d.To,
			},
		}}},
		"Hooks": hooks,
	})
	return string(content), err
}
