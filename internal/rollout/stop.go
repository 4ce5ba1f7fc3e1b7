package rollout

import (
	"context"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// Stop ends a deployment with all of the traffic on the version that it came from, and returns it as it stands then: not
// yet released if the alias could not be moved at once, which then is tried until it succeeds. If a rollback in steps
// follows, it is that which brings the traffic back; a rollback that is stopped has all of the traffic on its target.
// Rollback says whether a rollback deployment follows; nil leaves it to the deployment's settings.
// Errors: those of Deployment; fault.Conflict "deployment ended" if it has ended; fault.Unavailable "deployment" if the
// stop could not be stored: it may still come into effect, and is lost if the server ends before it does.
func (s *Service) Stop(ctx context.Context, scope function.Scope, id string, rollback *bool) (*Deployment, error) {
	d, err := s.Deployment(ctx, scope, id)
	if err != nil {
		return nil, err
	}
	stopped := s.controller.post(id, Event{Kind: Stop, Rollback: rollback, Failure: &Failure{Cause: StopAsked, Message: "The deployment was stopped on request."}})
	if stopped == nil { // it may have ended since it was read
		if d, err = s.Deployment(ctx, scope, id); err != nil {
			return nil, err
		}
	}
	switch {
	case stopped == nil && !d.Released: // it is just being taken up
		return nil, errNotStopped(id)
	case stopped == nil || stopped.State.Status.Ended() && stopped.State.Status != Stopped:
		return nil, fault.Errorf(fault.Conflict, "deployment ended", "The deployment %s is already completed", id)
	case !stopped.State.Status.Ended():
		return nil, errNotStopped(id)
	}
	return stopped, nil
}

func errNotStopped(id string) error {
	return fault.Errorf(fault.Unavailable, "deployment", "The deployment %s could not be stopped now; try again", id)
}
