package httpapi

import (
	"context"
	"maps"
	"slices"
	"strings"

	"sluice/internal/executeapi"
	"sluice/internal/fault"
)

func noStage() error {
	return fault.Errorf(fault.NotFound, "stage", "Invalid stage identifier specified")
}

// validName reports whether a stage may be called so.
func validName(name string) bool {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
	return name == DefaultStage || name != "" && len(name) <= maxName && strings.Trim(name, letters) == ""
}

// CreateStage makes a stage. One that deploys automatically shows the API as it is; another one a deployment, or nothing yet.
// Errors: fault.NotFound "HTTP API" and "route"; fault.Conflict "request"; fault.Invalid "request" and "Stages".
func (s *Service) CreateStage(ctx context.Context, stage Stage) (*Stage, error) {
	err := s.write(ctx, stage.API, func(tx Tx) error {
		a, err := tx.HTTPAPI(stage.API)
		if err != nil {
			return missing(err, noAPI(stage.API))
		}
		if err := a.admit(tx, stage.Name); err != nil {
			return err
		}
		if stage.AutoDeploy && stage.Deployment != "" {
			return bad("Deployment ID cannot be set on a stage that deploys automatically: %s", stage.Name)
		}
		stage.Created = now()
		stage.Updated = stage.Created
		return stage.keep(tx, a, nil, stage.AutoDeploy)
	})
	return &stage, err
}

// admit refuses a stage that the API can't have.
func (a *API) admit(r Reader, name string) error {
	if !validName(name) {
		return bad("Stage name only allows a-zA-Z0-9_- and $default")
	}
	stages, err := r.HTTPStages(a.ID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(stages, func(s *Stage) bool { return s.Name == name }) {
		return taken("Stage already exists")
	}
	if len(stages) >= maxStages {
		return tooMany("Stages", maxStages)
	}
	return nil
}

// keep checks and puts a stage that had settings of routes before, and deploys the API for it if that is asked for.
func (s *Stage) keep(tx Tx, a *API, before map[string]RouteSettings, deploy bool) error {
	if err := s.check(tx, a, before); err != nil {
		return err
	}
	if err := tx.PutHTTPStage(s); err != nil || !deploy {
		return err
	}
	if err := autoDeploy(tx, a); err != nil {
		return err
	}
	kept, err := tx.HTTPStage(s.API, s.Name)
	if err == nil {
		*s = *kept
	}
	return err
}

// check refuses a stage whose parts can't be so. Settings that were there before may be of routes that have gone since.
func (s *Stage) check(r Reader, a *API, before map[string]RouteSettings) error {
	if s.Deployment != "" {
		if _, err := r.HTTPDeployment(s.API, s.Deployment); err != nil {
			return missing(err, bad("Deployment id does not exist"))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(s.Routes)) {
		if _, there := before[key]; !there && !slices.ContainsFunc(sorted(a.Routes), func(r *Route) bool { return r.Key == key }) {
			return fault.Errorf(fault.NotFound, "route", "Unable to find Route by key %s within the provided RouteSettings", key)
		}
	}
	if err := executeapi.CheckVariables(s.Variables); err != nil {
		return err
	}
	return executeapi.CheckTags(s.Tags)
}

// Stage returns a stage.
// Errors: fault.NotFound "HTTP API" and "stage".
func (s *Service) Stage(ctx context.Context, id ID, name string) (*Stage, error) {
	return read(ctx, s, func(r Reader) (*Stage, error) {
		if _, err := r.HTTPAPI(id); err != nil {
			return nil, missing(err, noAPI(id))
		}
		stage, err := r.HTTPStage(id, name)
		return stage, missing(err, noStage())
	})
}

// Stages lists an API's stages by name.
// Errors: fault.NotFound "HTTP API".
func (s *Service) Stages(ctx context.Context, id ID) ([]*Stage, error) {
	return read(ctx, s, func(r Reader) ([]*Stage, error) {
		if _, err := r.HTTPAPI(id); err != nil {
			return nil, missing(err, noAPI(id))
		}
		return r.HTTPStages(id)
	})
}

// UpdateStage changes a stage. One that begins to deploy automatically shows the API as it is now.
// Errors: fault.NotFound "HTTP API", "stage" and "route"; change's; fault.Invalid "request".
func (s *Service) UpdateStage(ctx context.Context, id ID, name string, change func(*Stage) error) (changed *Stage, err error) {
	err = s.write(ctx, id, func(tx Tx) error {
		a, err := tx.HTTPAPI(id)
		if err != nil {
			return missing(err, noAPI(id))
		}
		if changed, err = tx.HTTPStage(id, name); err != nil {
			return missing(err, noStage())
		}
		before := *changed
		before.Routes = maps.Clone(before.Routes)
		if err := change(changed); err != nil {
			return err
		}
		if changed.AutoDeploy && changed.Deployment != before.Deployment {
			return bad("Deployment ID cannot be set on a stage that deploys automatically: %s", name)
		}
		changed.Updated = now()
		return changed.keep(tx, a, before.Routes, changed.AutoDeploy && !before.AutoDeploy)
	})
	return changed, err
}

// DeleteRouteSettings takes the settings of a route away from a stage.
// Errors: fault.NotFound "HTTP API", "stage" and "route".
func (s *Service) DeleteRouteSettings(ctx context.Context, id ID, name, key string) error {
	_, err := s.UpdateStage(ctx, id, name, func(stage *Stage) error {
		if _, there := stage.Routes[key]; !there {
			return fault.Errorf(fault.NotFound, "route", "Unable to find Route by key %s within the provided RouteSettings", key)
		}
		delete(stage.Routes, key)
		return nil
	})
	return err
}

// DeleteStage deletes a stage; its deployment stays, unless it was made automatically.
// Errors: fault.NotFound "stage".
func (s *Service) DeleteStage(ctx context.Context, id ID, name string) error {
	return s.write(ctx, id, func(tx Tx) error {
		if err := tx.DeleteHTTPStage(id, name); err != nil {
			return missing(err, noStage())
		}
		return dropUnshown(tx, id)
	})
}
