package restapi

import (
	"context"

	"sluice/internal/executeapi"
	"sluice/internal/fault"
)

func noStage() error {
	return fault.Errorf(fault.NotFound, "stage", "Invalid stage identifier specified")
}

// newStage makes a stage that shows nothing yet.
func newStage(r Reader, id ID, name string) (*Stage, error) {
	if !validName(name) {
		return nil, bad("Stage name only allows a-zA-Z0-9_-")
	}
	stages, err := r.RESTStages(id)
	if err != nil {
		return nil, err
	}
	if len(stages) >= maxStages {
		return nil, tooMany("stages", maxStages)
	}
	at := now()
	return &Stage{API: id, Name: name, Created: at, Updated: at}, nil
}

// CreateStage makes a stage that shows a deployment. Of its members, the API, the name, the deployment and what is optional are
// taken.
// Errors: fault.NotFound "REST API"; fault.Conflict "request"; fault.Invalid "request"; fault.Limit "stages".
func (s *Service) CreateStage(ctx context.Context, stage Stage) (*Stage, error) {
	err := s.store.WriteRESTAPIs(ctx, func(tx Tx) error {
		if _, err := tx.RESTAPI(stage.API); err != nil {
			return missing(err, noAPI(stage.API))
		}
		if _, err := tx.RESTStage(stage.API, stage.Name); err == nil {
			return taken("Stage already exists")
		}
		made, err := newStage(tx, stage.API, stage.Name)
		if err != nil {
			return err
		}
		stage.Created, stage.Updated = made.Created, made.Updated
		if err := stage.check(tx); err != nil {
			return err
		}
		return tx.PutRESTStage(&stage)
	})
	if err != nil {
		return nil, err
	}
	s.follow(ctx, stage.API)
	return &stage, nil
}

// check refuses a stage whose parts can't be so.
func (s *Stage) check(r Reader) error {
	if _, err := r.RESTDeployment(s.API, s.Deployment); err != nil {
		return missing(err, bad("Deployment id does not exist"))
	}
	if err := executeapi.CheckVariables(s.Variables); err != nil {
		return err
	}
	if err := executeapi.CheckTags(s.Tags); err != nil {
		return err
	}
	if s.Canary == nil {
		return nil
	}
	if s.Canary.Deployment == "" {
		s.Canary.Deployment = s.Deployment
	}
	if err := executeapi.CheckVariables(s.Canary.Variables); err != nil {
		return err
	}
	if p := s.Canary.Percent; p < 0 || p > 100 {
		return bad("Invalid canary percent traffic: %v. It has to be between 0.0 and 100.0", p)
	}
	if _, err := r.RESTDeployment(s.API, s.Canary.Deployment); err != nil {
		return missing(err, bad("Deployment id does not exist"))
	}
	return nil
}

// Stage returns a stage.
// Errors: fault.NotFound "REST API" and "stage".
func (s *Service) Stage(ctx context.Context, id ID, name string) (*Stage, error) {
	return read(ctx, s, func(r Reader) (*Stage, error) {
		if _, err := r.RESTAPI(id); err != nil {
			return nil, missing(err, noAPI(id))
		}
		stage, err := r.RESTStage(id, name)
		return stage, missing(err, noStage())
	})
}

// Stages lists an API's stages by name: those that show a deployment, or all if it is empty.
// Errors: fault.NotFound "REST API".
func (s *Service) Stages(ctx context.Context, id ID, deployment string) ([]*Stage, error) {
	return read(ctx, s, func(r Reader) (found []*Stage, err error) {
		if _, err := r.RESTAPI(id); err != nil {
			return nil, missing(err, noAPI(id))
		}
		all, err := r.RESTStages(id)
		for _, stage := range all {
			if deployment == "" || stage.Deployment == deployment {
				found = append(found, stage)
			}
		}
		return found, err
	})
}

// UpdateStage changes a stage.
// Errors: fault.NotFound "REST API" and "stage"; fault.Invalid "patch" and "request".
func (s *Service) UpdateStage(ctx context.Context, id ID, name string, patches []Patch) (changed *Stage, err error) {
	err = s.store.WriteRESTAPIs(ctx, func(tx Tx) error {
		if _, err := tx.RESTAPI(id); err != nil {
			return missing(err, noAPI(id))
		}
		if changed, err = tx.RESTStage(id, name); err != nil {
			return missing(err, noStage())
		}
		for i := range patches {
			if err := changed.patch(&patches[i]); err != nil {
				return err
			}
		}
		if err := changed.check(tx); err != nil {
			return err
		}
		changed.Updated = now()
		return tx.PutRESTStage(changed)
	})
	if err != nil {
		return nil, err
	}
	s.follow(ctx, id)
	return changed, nil
}

// DeleteStage deletes a stage; its deployment stays.
// Errors: fault.NotFound "stage".
func (s *Service) DeleteStage(ctx context.Context, id ID, name string) error {
	err := s.store.WriteRESTAPIs(ctx, func(tx Tx) error { return missing(tx.DeleteRESTStage(id, name), noStage()) })
	if err == nil {
		s.follow(ctx, id)
	}
	return err
}

// Renew makes another View of a stage, so that what the front kept with the one before is forgotten: the decisions of its
// authorizers.
// Errors: fault.NotFound "REST API" and "stage".
func (s *Service) Renew(ctx context.Context, id ID, name string) error {
	_, err := s.Stage(ctx, id, name)
	if err == nil {
		s.follow(ctx, id)
	}
	return err
}
