package codedeploy

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/codedeploy"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/rollout"
)

func (a *api) createApplication(ctx context.Context, r *wire.Request, in *shape.CreateApplicationInput) (*shape.CreateApplicationOutput, error) {
	if err := checkPlatform(in.ComputePlatform); err != nil {
		return nil, err
	}
	made, err := a.rollouts.CreateApplication(ctx, scope(r), wire.Value(in.ApplicationName), tagMap(in.Tags))
	if err != nil {
		return nil, err
	}
	return &shape.CreateApplicationOutput{ApplicationId: &made.ID}, nil
}

func applicationInfo(a *rollout.Application) *shape.ApplicationInfo {
	return &shape.ApplicationInfo{
		ApplicationId: &a.ID, ApplicationName: &a.Name, CreateTime: apishape.At(a.Created), LinkedToGitHub: new(false),
		ComputePlatform: new(platform),
	}
}

func (a *api) getApplication(ctx context.Context, r *wire.Request, in *shape.GetApplicationInput) (*shape.GetApplicationOutput, error) {
	found, err := a.rollouts.Application(ctx, scope(r), wire.Value(in.ApplicationName))
	if err != nil {
		return nil, err
	}
	return &shape.GetApplicationOutput{Application: applicationInfo(found)}, nil
}

func (a *api) batchGetApplications(ctx context.Context, r *wire.Request, in *shape.BatchGetApplicationsInput) (*shape.BatchGetApplicationsOutput, error) {
	if err := checkBatch("application", in.ApplicationNames, maxBatch); err != nil {
		return nil, err
	}
	out := &shape.BatchGetApplicationsOutput{ApplicationsInfo: []shape.ApplicationInfo{}}
	for _, name := range in.ApplicationNames {
		found, err := a.rollouts.Application(ctx, scope(r), name)
		if err != nil {
			return nil, err
		}
		out.ApplicationsInfo = append(out.ApplicationsInfo, *applicationInfo(found))
	}
	return out, nil
}

func (a *api) listApplications(ctx context.Context, r *wire.Request, in *shape.ListApplicationsInput) (*shape.ListApplicationsOutput, error) {
	all, err := a.rollouts.Applications(ctx, scope(r))
	if err != nil {
		return nil, err
	}
	names := make([]string, len(all))
	for i, each := range all {
		names[i] = each.Name
	}
	shown, next, err := page(applications, names, in.NextToken)
	return &shape.ListApplicationsOutput{Applications: shown, NextToken: next}, err
}

func (a *api) updateApplication(ctx context.Context, r *wire.Request, in *shape.UpdateApplicationInput) (*apishape.Nothing, error) {
	if wire.Value(in.ApplicationName) == "" {
		return nil, fault.Errorf(fault.Invalid, "application required", "The name of the application must be specified")
	}
	return nil, a.rollouts.RenameApplication(ctx, scope(r), wire.Value(in.ApplicationName), wire.Value(in.NewApplicationName))
}

func (a *api) deleteApplication(ctx context.Context, r *wire.Request, in *shape.DeleteApplicationInput) (*apishape.Nothing, error) {
	return nil, a.rollouts.DeleteApplication(ctx, scope(r), wire.Value(in.ApplicationName))
}
