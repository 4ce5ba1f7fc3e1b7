package rollout

import (
	"context"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// Traffic moves aliases. function.Service implements it. Each call can be repeated.
type Traffic interface {
	// Claim makes a deployment the only one that may move its alias.
	// Errors: fault.NotFound if function, alias or a version is missing; fault.Conflict "alias" if the alias points
	// elsewhere, "deployment" if it is another deployment's; fault.Invalid if the versions may not share an alias.
	Claim(ctx context.Context, m function.Move) error
	// Move points the alias where the deployment wants it, and lets it go with the last move.
	// Errors: fault.NotFound if the alias is gone; fault.Conflict if it is not the deployment's, unless the move is the
	// last.
	Move(ctx context.Context, m function.Move) error
	// Warm returns when a process of a version is ready, or ctx has ended. Its error says why none is.
	Warm(ctx context.Context, id function.ID, n function.Number) error
}

// warmTime is how long a start of the target version may hold its deployment up.
const warmTime = 10 * time.Second

// perform does what a state asks for. The event says how it ended, if the state has to know; an error, that it has to be
// tried again.
func (d *driver) perform(ctx context.Context, a Action) (*Event, error) {
	switch {
	case a.Kind == Look:
		return d.controller.lookAtAlarms(ctx, d.deployment), nil
	case a.Kind == Claim:
		return d.claim(ctx)
	case a.Kind == Warm:
		d.warm()
		return nil, nil
	case a.Kind == Hook:
		d.runHook(a.Phase)
		return nil, nil
	case d.deployment.SpecError != "":
		return nil, nil // there is no alias
	}
	err := d.controller.Traffic.Move(ctx, d.deployment.move(a.Percent, a.Last))
	switch {
	case err == nil:
		d.moved = true
		return &Event{Kind: Moved}, nil
	case a.Last && fault.Is(err, fault.NotFound, ""):
		return nil, nil // it went away with its alias
	case fault.Is(err, fault.NotFound, ""):
		return refused(MissingFunction, "The deployment failed because its alias was deleted. "+err.Error()), nil
	case fault.Is(err, fault.Conflict, ""):
		return refused(BadConfiguration, err.Error()), nil
	}
	return nil, err
}

// claim makes the alias the deployment's.
func (d *driver) claim(ctx context.Context) (*Event, error) {
	if d.deployment.SpecError != "" {
		return refused(BadConfiguration, d.deployment.SpecError), nil
	}
	if err := d.controller.Traffic.Claim(ctx, d.deployment.move(0, false)); err != nil {
		return refusal(err)
	}
	return &Event{Kind: Claimed}, nil
}

// warm begins to start a process of the target version. When it runs, or does not in the time that a start may take, the
// deployment goes on.
func (d *driver) warm() {
	id, target := d.deployment.Function(), d.deployment.Spec.Target
	d.controller.spawn(func() {
		warming, cancel := context.WithTimeout(d.controller.stopping, warmTime)
		defer cancel()
		if err := d.controller.Traffic.Warm(warming, id, target); err != nil {
			d.controller.Logger.Info("a version could not be started ahead of its traffic",
				"function", id.Qualified(target.String()), "error", err)
		}
		if d.controller.stopping.Err() == nil {
			d.post(Event{Kind: Warmed})
		}
	})
}

// refusal turns what claiming an alias met with into the deployment's failure.
func refusal(err error) (*Event, error) {
	switch {
	case fault.Is(err, fault.NotFound, ""):
		return refused(MissingFunction,
			"The deployment failed because the AppSpec file names a function, an alias or a version that does not exist. "+err.Error()), nil
	case fault.Is(err, fault.Conflict, "alias"):
		return refused(BadConfiguration, invalidSpec+movedAlias), nil
	case fault.Is(err, fault.Conflict, "deployment"):
		return refused(BadConfiguration, "The deployment failed because another one was faster. "+err.Error()), nil
	case fault.Is(err, fault.Invalid, ""):
		return refused(BadConfiguration, invalidSpec+" "+err.Error()), nil
	}
	return nil, err
}

func refused(cause Cause, message string) *Event {
	return &Event{Kind: Refused, Failure: &Failure{Cause: cause, Message: message}}
}

// movedAlias is AWS's text (reported in aws/serverless-application-model#291).
const movedAlias = " The Lambda function alias version does not match the current version in AppSpec file."
