package restapi

import (
	"context"
	"maps"
	"strings"

	"sluice/internal/executeapi"
)

// Release asks for a deployment, and for a stage that shows it.
type Release struct {
	Description string
	// Stage is the stage that shows the deployment, made if need be; empty is none. StageDescription, Variables, Tracing,
	// CacheEnabled and CacheSize are as in Stage; zero ones leave an existing stage's.
	Stage, StageDescription string
	Variables               map[string]string
	Tracing, CacheEnabled   *bool
	CacheSize               string
	// Canary makes the deployment the canary of the stage, which has to be there, in place of its deployment.
	Canary *Canary
}

// Deploy takes a snapshot of an API.
// Errors: fault.NotFound "REST API"; fault.Invalid "request" if the API has no method, or one that can't be served.
func (s *Service) Deploy(ctx context.Context, id ID, r Release) (made *Deployment, err error) {
	err = s.store.WriteRESTAPIs(ctx, func(tx Tx) error {
		a, err := tx.RESTAPI(id)
		if err != nil {
			return missing(err, noAPI(id))
		}
		if err := a.deployable(); err != nil {
			return err
		}
		made = &Deployment{API: id, ID: executeapi.NewID(executeapi.ShortID), Description: r.Description, Created: now(), Definition: a.Definition}
		if err := tx.PutRESTDeployment(made); err != nil {
			return err
		}
		return r.show(tx, made)
	})
	if err != nil {
		return nil, err
	}
	if r.Stage != "" {
		s.follow(ctx, id)
	}
	return made, nil
}

// deployable refuses what no stage could serve: an API without methods, and a method without an integration. One with a thing that
// Sluice has not can be deployed; its requests are refused (Integration.Served).
func (d *Definition) deployable() error {
	methods := 0
	for _, r := range d.Resources {
		for _, m := range r.Methods {
			methods++
			if m.Integration == nil {
				return bad("No integration defined for method")
			}
		}
	}
	if methods == 0 {
		return bad("The REST API doesn't contain any methods")
	}
	return nil
}

// badRelease is in AWS's words, which have no space there (recording test_create_canary_deployment_validation).
func badRelease(format string, args ...any) error {
	return bad("Invalid deployment content specified."+format, args...)
}

// show makes a stage show a deployment.
func (r *Release) show(tx Tx, d *Deployment) error {
	if r.Stage == "" {
		return nil
	}
	stage, err := tx.RESTStage(d.API, r.Stage)
	switch {
	case err == nil:
	case r.Canary != nil:
		return missing(err, badRelease("Stage %s must already be created before making a canary release deployment", r.Stage))
	default:
		if missing(err, nil) != nil {
			return err
		}
		if stage, err = newStage(tx, d.API, r.Stage); err != nil {
			return err
		}
	}
	r.fill(stage, d)
	if err := stage.check(tx); err != nil {
		return err
	}
	return tx.PutRESTStage(stage)
}

func (r *Release) fill(stage *Stage, d *Deployment) {
	stage.Updated = now()
	if r.Canary != nil {
		canary := *r.Canary
		canary.Deployment = d.ID
		stage.Canary = &canary
		return
	}
	stage.Deployment = d.ID
	if r.StageDescription != "" {
		stage.Description = r.StageDescription
	}
	if r.Variables != nil {
		stage.Variables = merged(maps.Clone(stage.Variables), r.Variables)
	}
	if r.Tracing != nil {
		stage.Tracing = *r.Tracing
	}
	if r.CacheEnabled != nil {
		stage.CacheEnabled = *r.CacheEnabled
	}
	if r.CacheSize != "" {
		stage.CacheSize = r.CacheSize
	}
}

// Deployment returns a deployment.
// Errors: fault.NotFound "REST API" and "Deployment".
func (s *Service) Deployment(ctx context.Context, id ID, deployment string) (*Deployment, error) {
	return read(ctx, s, func(r Reader) (*Deployment, error) {
		if _, err := r.RESTAPI(id); err != nil {
			return nil, missing(err, noAPI(id))
		}
		d, err := r.RESTDeployment(id, deployment)
		return d, missing(err, absent("Deployment"))
	})
}

// Deployments lists an API's deployments, the oldest first.
// Errors: fault.NotFound "REST API".
func (s *Service) Deployments(ctx context.Context, id ID) ([]*Deployment, error) {
	return read(ctx, s, func(r Reader) ([]*Deployment, error) {
		if _, err := r.RESTAPI(id); err != nil {
			return nil, missing(err, noAPI(id))
		}
		return r.RESTDeployments(id)
	})
}

// UpdateDeployment changes a deployment's description.
// Errors: fault.NotFound "Deployment"; fault.Invalid "patch".
func (s *Service) UpdateDeployment(ctx context.Context, id ID, deployment string, patches []Patch) (changed *Deployment, err error) {
	err = s.store.WriteRESTAPIs(ctx, func(tx Tx) error {
		if changed, err = tx.RESTDeployment(id, deployment); err != nil {
			return missing(err, absent("Deployment"))
		}
		if err := apply(patches, listed, text("/description", replaced, &changed.Description)); err != nil {
			return err
		}
		return tx.PutRESTDeployment(changed)
	})
	return changed, err
}

// DeleteDeployment deletes a deployment that no stage shows.
// Errors: fault.NotFound "Deployment"; fault.Invalid "request".
func (s *Service) DeleteDeployment(ctx context.Context, id ID, deployment string) error {
	return s.store.WriteRESTAPIs(ctx, func(tx Tx) error {
		stages, err := tx.RESTStages(id)
		if err != nil {
			return err
		}
		for _, stage := range stages {
			if stage.Deployment == deployment || stage.Canary != nil && stage.Canary.Deployment == deployment {
				return bad("Active stages pointing to this deployment must be moved or deleted")
			}
		}
		return missing(tx.DeleteRESTDeployment(id, deployment), absent("Deployment"))
	})
}

// Summary is what a deployment's methods ask of their callers, by path and HTTP method.
func (d *Deployment) Summary() map[string]map[string]*Method {
	found := map[string]map[string]*Method{}
	for _, r := range d.Resources {
		if len(r.Methods) > 0 {
			found[r.Path] = r.Methods
		}
	}
	return found
}

// validName reports whether a stage may be called so.
func validName(name string) bool {
	return name != "" && len(name) <= 128 && strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == ""
}
