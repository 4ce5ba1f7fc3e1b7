package codedeploy

import (
	shape "sluice/internal/api/shape/codedeploy"
	"sluice/internal/api/wire"
	"sluice/internal/function"
	"sluice/internal/rollout"
)

type api struct{ rollouts *rollout.Service }

// New returns the service.
func New(rollouts *rollout.Service) *wire.Service {
	a := &api{rollouts: rollouts}
	s := wire.NewService(&shape.Model)
	s.Errors = names.Error
	s.SystemTags = "aws: prefixed tag key names are not allowed for external use."
	s.Invalid = invalid
	wire.Handle(s, "CreateApplication", a.createApplication)
	wire.Handle(s, "GetApplication", a.getApplication)
	wire.Handle(s, "BatchGetApplications", a.batchGetApplications)
	wire.Handle(s, "ListApplications", a.listApplications)
	wire.Handle(s, "UpdateApplication", a.updateApplication)
	wire.Handle(s, "DeleteApplication", a.deleteApplication)
	wire.Handle(s, "CreateDeploymentGroup", a.createGroup)
	wire.Handle(s, "GetDeploymentGroup", a.getGroup)
	wire.Handle(s, "BatchGetDeploymentGroups", a.batchGetGroups)
	wire.Handle(s, "ListDeploymentGroups", a.listGroups)
	wire.Handle(s, "UpdateDeploymentGroup", a.updateGroup)
	wire.Handle(s, "DeleteDeploymentGroup", a.deleteGroup)
	wire.Handle(s, "CreateDeploymentConfig", a.createConfig)
	wire.Handle(s, "GetDeploymentConfig", a.getConfig)
	wire.Handle(s, "ListDeploymentConfigs", a.listConfigs)
	wire.Handle(s, "DeleteDeploymentConfig", a.deleteConfig)
	wire.Handle(s, "CreateDeployment", a.createDeployment)
	wire.Handle(s, "GetDeployment", a.getDeployment)
	wire.Handle(s, "BatchGetDeployments", a.batchGetDeployments)
	wire.Handle(s, "ListDeployments", a.listDeployments)
	wire.Handle(s, "StopDeployment", a.stopDeployment)
	wire.Handle(s, "PutLifecycleEventHookExecutionStatus", a.reportHook)
	wire.Handle(s, "ListDeploymentTargets", a.listTargets)
	wire.Handle(s, "GetDeploymentTarget", a.getTarget)
	wire.Handle(s, "BatchGetDeploymentTargets", a.batchGetTargets)
	wire.Handle(s, "TagResource", a.tag)
	wire.Handle(s, "UntagResource", a.untag)
	wire.Handle(s, "ListTagsForResource", a.listTags)
	return s
}

func scope(r *wire.Request) function.Scope {
	return function.Scope{Account: r.Account, Region: r.Region}
}

// platform is the only compute platform there is.
const platform = "Lambda"
