package rollout

import (
	"context"
	"unicode/utf8"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// Request asks for a deployment.
type Request struct {
	Scope              function.Scope
	Application, Group string
	Config             string // empty means the group's
	Description        string
	Revision           Revision
	Rollback           *Rollback // nil means the group's
	Alarms             *Alarms   // nil means the group's
}

const maxDescription = 256 // characters of a deployment's description

// CreateDeployment stores a deployment and starts it. A revision that can't be used fails the deployment and not the
// call, as on AWS.
// Errors: fault.NotFound "application", "group" or "config"; fault.Invalid "revision required", "revision",
// "description", "rollback" or "alarms"; fault.Limit "deployment" if its group or alias is being moved
// already, naming the deployment that does.
func (s *Service) CreateDeployment(ctx context.Context, r Request) (*Deployment, error) {
	d, err := r.deployment()
	if err != nil {
		return nil, err
	}
	d.Owner, d.Lease = s.controller.Owner, d.Created.Add(leaseTime)
	err = s.store.WriteRollouts(ctx, func(tx Tx) error {
		next := *d
		if err := next.prepare(tx, r); err != nil {
			return err
		}
		if err := checkUnmoved(tx, &next); err != nil {
			return err
		}
		*d = next
		return tx.PutDeployment(&next)
	})
	if err != nil {
		return nil, err
	}
	s.controller.drive(d)
	return d, nil
}

// deployment makes of a request what needs no look at other records.
func (r *Request) deployment() (*Deployment, error) {
	if n := utf8.RuneCountInString(r.Description); n > maxDescription {
		return nil, fault.Errorf(fault.Invalid, "description", "The description has %d characters; at most %d are allowed", n, maxDescription)
	}
	revision := r.Revision
	if err := revision.check(); err != nil {
		return nil, err
	}
	d := &Deployment{
		Scope: r.Scope, ID: newID(), Application: r.Application, Group: r.Group, Description: r.Description, Creator: userCreator,
		Revision: revision, Created: now(),
	}
	spec, err := ParseSpec(revision.Content)
	if err == nil {
		spec, err = spec.in(r.Scope)
	}
	if err != nil {
		d.SpecError = err.Error()
		return d, nil
	}
	d.Spec = spec
	d.hook(BeforeAllowTraffic, spec.Before)
	d.hook(AfterAllowTraffic, spec.After)
	return d, nil
}

func (d *Deployment) hook(phase PhaseName, function string) {
	if function != "" {
		d.State.Phases[phase].Hook, d.State.Phases[phase].Execution = function, newExecution()
	}
}

// prepare completes a deployment with what its group and its configuration say.
func (d *Deployment) prepare(r Reader, asked Request) error {
	g, err := group(r, d.Scope, d.Application, d.Group)
	if err != nil {
		return err
	}
	if d.Config = asked.Config; d.Config == "" {
		d.Config = g.Config
	}
	c, err := config(r, d.Scope, d.Config)
	if err != nil {
		return err
	}
	if d.Spec.Current == d.Spec.Target && c.Strategy != AllAtOnce && d.SpecError == "" {
		d.SpecError = invalidSpec // reported in terraform-aws-modules/terraform-aws-lambda#82
	}
	if d.Previous, err = lastRevision(r, g); err != nil {
		return err
	}
	d.State.Plan = c.Plan()
	d.Rollback, d.Alarms = g.Rollback, g.Alarms
	if asked.Rollback != nil {
		d.Rollback = *asked.Rollback
	}
	if asked.Alarms != nil {
		d.Alarms, d.OverridesAlarms = *asked.Alarms, true
	}
	if err := d.Rollback.validate(); err != nil {
		return err
	}
	if err := d.Alarms.validate(); err != nil {
		return err
	}
	if d.Options, err = options(g.Tags); err != nil {
		return err
	}
	return d.planRollback(r)
}

// checkUnmoved allows one deployment at a time for a group, and one for an alias.
func checkUnmoved(r Reader, d *Deployment) error {
	open, err := r.Deployments(Query{Scope: d.Scope, Application: d.Application, Group: d.Group, Open: true, Limit: 1})
	if err != nil {
		return err
	}
	if len(open) > 0 { // AWS's text, reported in CircleCI-Public/aws-ecs-orb#181
		return fault.Errorf(fault.Limit, "deployment", "The Deployment Group '%s' already has an active Deployment '%s'", d.Group, open[0].ID)
	}
	if d.SpecError != "" {
		return nil
	}
	open, err = r.Deployments(Query{Scope: d.Scope, Function: d.Spec.Function, Alias: d.Spec.Alias, Open: true, Limit: 1})
	if err == nil && len(open) > 0 {
		err = fault.Errorf(fault.Limit, "deployment", "The alias '%s' of the function '%s' already has an active Deployment '%s'",
			d.Spec.Alias, d.Spec.Function, open[0].ID)
	}
	return err
}
