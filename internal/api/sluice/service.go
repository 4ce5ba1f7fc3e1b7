package sluice

import (
	"context"

	"sluice/internal/api/shape"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/rollout"
)

type api struct{ rollouts *rollout.Service }

// New returns the service.
func New(rollouts *rollout.Service) *wire.Service {
	a := &api{rollouts}
	s := wire.NewService(&model)
	s.Errors = translate
	wire.Handle(s, "GetDeployment", a.handler(rollouts.Deployment))
	wire.Handle(s, "PauseDeployment", a.handler(rollouts.Pause))
	wire.Handle(s, "ResumeDeployment", a.handler(rollouts.Resume))
	wire.Handle(s, "PromoteDeployment", a.handler(rollouts.Promote))
	return s
}

// handler answers with the deployment as it stands after a call of a rule.
func (a *api) handler(call func(context.Context, function.Scope, string) (*rollout.Deployment, error)) func(context.Context, *wire.Request, *deploymentRequest) (*deployment, error) {
	return func(ctx context.Context, r *wire.Request, in *deploymentRequest) (*deployment, error) {
		d, err := call(ctx, function.Scope{Account: r.Account, Region: r.Region}, *in.DeploymentID)
		if err != nil {
			return nil, err
		}
		shown := &deployment{
			DeploymentID: d.ID, Status: string(d.Status()), TargetWeight: float64(d.State.Percent) / 100, Paused: d.State.Paused,
		}
		if d.State.Shifting() && !d.State.Due.IsZero() {
			shown.NextShift = shape.At(d.State.Due)
		}
		return shown, nil
	}
}

// translate turns an error into the answer's. Nil means that it is our own fault.
func translate(err error) *wire.Error {
	f := fault.Of(err)
	reply := &wire.Error{Message: f.Message, Cause: err}
	switch f.Kind {
	case fault.NotFound:
		reply.Code, reply.Status = "NotFound", 404
	case fault.Invalid:
		reply.Code, reply.Status = "Invalid", 400
	case fault.Conflict:
		reply.Code, reply.Status = "Conflict", 409
	case fault.Unavailable:
		reply.Code, reply.Status = "Unavailable", 503
	default:
		return nil
	}
	return reply
}
