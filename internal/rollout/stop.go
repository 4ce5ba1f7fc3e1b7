package rollout

import (
	"context"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// Stop ends a deployment with all of the traffic on the version that it came from, and returns it as it stands then: not
// yet ended if the alias could not be moved at once, which then is tried until it succeeds.
// Errors: those of Deployment; fault.Conflict "deployment ended" if it has ended.
func (s *Service) Stop(ctx context.Context, scope function.Scope, id string) (*Deployment, error) {
	d, err := s.Deployment(ctx, scope, id)
	if err != nil {
		return nil, err
	}
	why := &Failure{StopAsked, "The deployment was stopped on request."}
	stopped, err := s.controller.post(d.ID, Event{Stop, why})
	if fault.Is(err, fault.NotFound, "driver") || (err == nil && stopped.State.Status.Ended() && stopped.State.Status != Stopped) {
		return nil, fault.Errorf(fault.Conflict, "deployment ended", "The deployment %s is already completed", id)
	}
	return stopped, err
}
