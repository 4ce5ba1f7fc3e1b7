package httpapi

import (
	"context"
	"fmt"

	"sluice/internal/executeapi"
)

// Deploy takes a snapshot of an API, and lets a stage show it that is there; an empty stage is none.
// Errors: fault.NotFound "HTTP API" and "stage"; fault.Invalid "request" if the API has no routes.
func (s *Service) Deploy(ctx context.Context, id ID, stage, description string) (made *Deployment, err error) {
	err = s.write(ctx, id, func(tx Tx) error {
		a, err := tx.HTTPAPI(id)
		if err != nil {
			return missing(err, noAPI(id))
		}
		if made, err = a.snapshot(description); err != nil {
			return err
		}
		if err := tx.PutHTTPDeployment(made); err != nil {
			return err
		}
		return show(tx, made, stage)
	})
	return made, err
}

func show(tx Tx, d *Deployment, name string) error {
	if name == "" {
		return nil
	}
	stage, err := tx.HTTPStage(d.API, name)
	if err != nil {
		return missing(err, noStage())
	}
	if stage.AutoDeploy {
		return bad("Deployment ID cannot be set on a stage that deploys automatically: %s", name)
	}
	stage.Deployment, stage.Updated = d.ID, now()
	return tx.PutHTTPStage(stage)
}

// errNoRoutes is what AWS says of an API that there is nothing to show of.
func errNoRoutes() error { return bad("Unable to deploy API because no routes exist in this API") }

func (a *API) snapshot(description string) (*Deployment, error) {
	if len(a.Routes) == 0 {
		return nil, errNoRoutes()
	}
	return &Deployment{API: a.ID, ID: executeapi.NewID(executeapi.ShortID), Description: description, Created: now(), Definition: a.Definition}, nil
}

// autoDescription is AWS's.
const autoDescription = "Automatic deployment triggered by changes to the Api configuration"

// autoDeploy lets the stages that deploy each change show an API as it is now.
func autoDeploy(tx Tx, a *API) error {
	stages, err := tx.HTTPStages(a.ID)
	if err != nil {
		return err
	}
	var made *Deployment
	for _, stage := range stages {
		if !stage.AutoDeploy {
			continue
		}
		if made == nil {
			made, err = a.automatic(tx)
			if err != nil {
				return err
			}
		}
		stage.deployed(made)
		if err := tx.PutHTTPStage(stage); err != nil {
			return err
		}
	}
	return dropUnshown(tx, a.ID)
}

// automatic makes a deployment for stages that deploy each change; one without an ID if there is nothing to show.
func (a *API) automatic(tx Tx) (*Deployment, error) {
	made, err := a.snapshot(autoDescription)
	if err != nil {
		return &Deployment{Description: err.Error()}, nil
	}
	made.Auto = true
	return made, tx.PutHTTPDeployment(made)
}

// deployed notes how an automatic deployment went.
func (s *Stage) deployed(d *Deployment) {
	s.Updated = now()
	if d.ID == "" {
		s.Message = "Deployment attempt failed: " + d.Description
		return
	}
	s.Deployment, s.Message = d.ID, fmt.Sprintf("Successfully deployed stage with deployment ID '%s'", d.ID)
}

// dropUnshown deletes the automatic deployments that no stage shows any more.
func dropUnshown(tx Tx, id ID) error {
	stages, err := tx.HTTPStages(id)
	if err != nil {
		return err
	}
	shown := map[string]bool{}
	for _, stage := range stages {
		shown[stage.Deployment] = true
	}
	all, err := tx.HTTPDeployments(id)
	if err != nil {
		return err
	}
	for _, d := range all {
		if !d.Auto || shown[d.ID] {
			continue
		}
		if err := tx.DeleteHTTPDeployment(id, d.ID); err != nil {
			return err
		}
	}
	return nil
}

// Deployment returns a deployment.
// Errors: fault.NotFound "HTTP API" and "Deployment".
func (s *Service) Deployment(ctx context.Context, id ID, deployment string) (*Deployment, error) {
	return read(ctx, s, func(r Reader) (*Deployment, error) {
		if _, err := r.HTTPAPI(id); err != nil {
			return nil, missing(err, noAPI(id))
		}
		d, err := r.HTTPDeployment(id, deployment)
		return d, missing(err, absent("Deployment"))
	})
}

// Deployments lists an API's deployments, the newest first.
// Errors: fault.NotFound "HTTP API".
func (s *Service) Deployments(ctx context.Context, id ID) ([]*Deployment, error) {
	return read(ctx, s, func(r Reader) ([]*Deployment, error) {
		if _, err := r.HTTPAPI(id); err != nil {
			return nil, missing(err, noAPI(id))
		}
		return r.HTTPDeployments(id)
	})
}

// DescribeDeployment changes a deployment's description; nil leaves it.
// Errors: fault.NotFound "Deployment".
func (s *Service) DescribeDeployment(ctx context.Context, id ID, deployment string, description *string) (changed *Deployment, err error) {
	err = s.store.WriteHTTPAPIs(ctx, func(tx Tx) error {
		if changed, err = tx.HTTPDeployment(id, deployment); err != nil {
			return missing(err, absent("Deployment"))
		}
		if description != nil {
			changed.Description = *description
		}
		return tx.PutHTTPDeployment(changed)
	})
	return changed, err
}

// DeleteDeployment deletes a deployment that no stage shows.
// Errors: fault.NotFound "Deployment"; fault.Invalid "request".
func (s *Service) DeleteDeployment(ctx context.Context, id ID, deployment string) error {
	return s.store.WriteHTTPAPIs(ctx, func(tx Tx) error {
		stages, err := tx.HTTPStages(id)
		if err != nil {
			return err
		}
		for _, stage := range stages {
			if stage.Deployment == deployment {
				return bad("Active stages pointing to this deployment must be moved or deleted")
			}
		}
		return missing(tx.DeleteHTTPDeployment(id, deployment), absent("Deployment"))
	})
}
