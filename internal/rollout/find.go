package rollout

import (
	"context"
	"regexp"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// idForm is the form of a deployment's ID.
var idForm = regexp.MustCompile(`^d-[A-Z0-9]{9}$`)

// Deployment returns a deployment.
// Errors: fault.Invalid "deployment required" or "deployment" for what is no ID; fault.NotFound "deployment".
func (s *Service) Deployment(ctx context.Context, scope function.Scope, id string) (d *Deployment, err error) {
	if err := checkID(id); err != nil {
		return nil, err
	}
	err = s.store.ReadRollouts(ctx, func(r Reader) error {
		d, err = r.Deployment(scope, id)
		return err
	})
	if fault.Is(err, fault.NotFound, "") {
		return nil, fault.Errorf(fault.NotFound, "deployment", "The deployment %s could not be found", id)
	}
	return d, err
}

func checkID(id string) error {
	if id == "" {
		return fault.Errorf(fault.Invalid, "deployment required", "The deployment ID must be specified")
	}
	if !idForm.MatchString(id) {
		return fault.Errorf(fault.Invalid, "deployment", "'%s' is not a deployment ID: those are d- and nine capitals or digits", id)
	}
	return nil
}

// Deployments lists what a query asks for, the newest first, and says whether there is more behind the last.
// Errors: fault.NotFound "application" or "group" if the query names one that does not exist; fault.Invalid "page" if
// it goes on behind a deployment that does not exist.
func (s *Service) Deployments(ctx context.Context, q Query) (found []*Deployment, more bool, err error) {
	limit := q.Limit
	if limit > 0 {
		q.Limit++
	}
	err = s.store.ReadRollouts(ctx, func(r Reader) (err error) {
		if err := checkQuery(r, q); err != nil {
			return err
		}
		found, err = r.Deployments(q)
		return err
	})
	if limit > 0 && len(found) > limit {
		return found[:limit], true, err
	}
	return found, false, err
}

func checkQuery(r Reader, q Query) error {
	if q.Before != "" {
		if _, err := r.Deployment(q.Scope, q.Before); fault.Is(err, fault.NotFound, "") {
			return fault.Errorf(fault.Invalid, "page", "The token %q is not one that this operation gave out", q.Before)
		} else if err != nil {
			return err
		}
	}
	if q.Application == "" {
		return nil
	}
	_, err := group(r, q.Scope, q.Application, q.Group)
	return err
}

// LastDeployments returns a group's newest deployment and the newest that succeeded, nil if there is none.
func (s *Service) LastDeployments(ctx context.Context, g *Group) (attempted, succeeded *Deployment, err error) {
	err = s.store.ReadRollouts(ctx, func(r Reader) (err error) {
		if attempted, err = lastDeployment(r, g); err != nil {
			return err
		}
		succeeded, err = lastDeployment(r, g, Succeeded)
		return err
	})
	return attempted, succeeded, err
}

// lastDeployment returns a group's newest deployment in one of the statuses, or in any; nil if there is none.
func lastDeployment(r Reader, g *Group, statuses ...Status) (*Deployment, error) {
	found, err := r.Deployments(Query{Scope: g.Scope, Application: g.Application, Group: g.Name, Statuses: statuses, Limit: 1})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}

func lastRevision(r Reader, g *Group) (*Revision, error) {
	d, err := lastDeployment(r, g, Succeeded)
	if err != nil || d == nil {
		return nil, err
	}
	return &d.Revision, nil
}
