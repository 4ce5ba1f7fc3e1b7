package rollout

import (
	"context"
	"time"

	"sluice/internal/clock"
	"sluice/internal/fault"
	"sluice/internal/function"
)

// A deployment can be held where it is, go on, or be sent to its end by hand. Hooks keep their time meanwhile and alarms
// are watched: only the traffic waits.

// Pause holds a deployment's traffic where it is, and returns the deployment as it stands then. Pausing one that is
// paused changes nothing.
// Errors: those of Deployment; fault.Conflict "deployment ended", also if all of the traffic has moved;
// fault.Unavailable "deployment" if the change could not be stored.
func (s *Service) Pause(ctx context.Context, scope function.Scope, id string) (*Deployment, error) {
	d, err := s.steer(ctx, scope, id, Pause, func(s State) bool { return s.Paused || s.Percent == 100 })
	if err == nil && !d.State.Paused {
		return nil, fault.Errorf(fault.Conflict, "deployment ended", "The deployment %s has moved all of its traffic: there is nothing to hold", id)
	}
	return d, err
}

// Resume lets a paused deployment go on with what was left of its wait. Its errors are Pause's.
func (s *Service) Resume(ctx context.Context, scope function.Scope, id string) (*Deployment, error) {
	return s.steer(ctx, scope, id, Resume, func(s State) bool { return !s.Paused })
}

// Promote gives the target all of the traffic now, without the rest of the plan; if the hook before it has not reported
// yet, as soon as it has. Its errors are Pause's.
func (s *Service) Promote(ctx context.Context, scope function.Scope, id string) (*Deployment, error) {
	return s.steer(ctx, scope, id, Promote, func(s State) bool { return !s.Paused && (s.Percent == 100 || len(s.Plan) == 1) })
}

// steer posts an event and checks that it was stored.
func (s *Service) steer(ctx context.Context, scope function.Scope, id string, kind EventKind, done func(State) bool) (*Deployment, error) {
	if _, err := s.Deployment(ctx, scope, id); err != nil {
		return nil, err
	}
	open := func(d *Deployment) bool { return !d.State.Status.Ended() }
	posted, after := s.controller.postIf(id, Event{Kind: kind}, open)
	switch {
	case !posted:
		return nil, fault.Errorf(fault.Conflict, "deployment ended", "The deployment %s is already completed", id)
	case !done(after.State) && open(after):
		return nil, fault.Errorf(fault.Unavailable, "deployment", "The deployment %s could not be changed now; try again", id)
	}
	return after, nil
}

// pause stops the wait for the next shift. Before the first one, the deployment holds when it gets there.
func (s State) pause(now time.Time, scale clock.Scale) State {
	if s.Paused || s.Percent == 100 {
		return s
	}
	s.Paused = true
	if s.phase() == AllowTraffic && !s.Due.IsZero() {
		s.Left, s.Due = scale.Cloud(max(s.Due.Sub(now), 0)), time.Time{}
	}
	return s
}

// resume goes on with what was left of the wait.
func (s State) resume(now time.Time, scale clock.Scale) (State, []Action) {
	if !s.Paused {
		return s, nil
	}
	s.Paused = false
	switch {
	case s.phase() != AllowTraffic:
		return s, nil
	case !s.Begun:
		s.Due = now
		return s.shift(0, now, scale)
	}
	s.Due, s.Left = now.Add(scale.Here(s.Left)), 0
	return s, nil
}

// promote gives the target all of the traffic: now if traffic moves already, else as soon as it may.
func (s State) promote(now time.Time, scale clock.Scale) (State, []Action) {
	s.Paused, s.Left = false, 0
	last := len(s.Plan) - 1
	switch {
	case s.Percent == 100:
		return s, nil
	case s.phase() == AllowTraffic:
		return s.shift(last, now, scale)
	}
	s.Plan = s.Plan[last:]
	return s, nil
}
