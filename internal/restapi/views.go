package restapi

import "sluice/internal/fault"

// stageViews are an API's stages by name. It is never changed.
type stageViews struct{ stages map[string]*View }

// deployments are those that are in use: they never change, and need not be read again.
func (v *stageViews) deployments() map[string]*Deployment {
	known := map[string]*Deployment{}
	if v == nil {
		return known
	}
	for _, each := range v.stages {
		known[each.Deployment.ID] = each.Deployment
		if each.Canary != nil {
			known[each.Canary.ID] = each.Canary
		}
	}
	return known
}

// readViews makes the views of an API's stages. It is fault.NotFound "REST API" if the API is gone.
func readViews(r Reader, id ID, before *stageViews) (*stageViews, error) {
	api, err := r.RESTAPI(id)
	if err != nil {
		return nil, err
	}
	stages, err := r.RESTStages(id)
	if err != nil || len(stages) == 0 {
		return &stageViews{}, err
	}
	keys, err := planKeys(r, id)
	if err != nil {
		return nil, err
	}
	made, known := map[string]*View{}, before.deployments()
	for _, stage := range stages {
		v := &View{API: id, Name: api.Name, Stage: stage, keys: keys[stage.Name]}
		if v.Deployment, err = deployed(r, id, stage.Deployment, known); err != nil {
			return nil, err
		}
		if c := stage.Canary; c != nil && c.Deployment != "" {
			if v.Canary, err = deployed(r, id, c.Deployment, known); err != nil {
				return nil, err
			}
		}
		made[stage.Name] = v
	}
	return &stageViews{made}, nil
}

func deployed(r Reader, id ID, deployment string, known map[string]*Deployment) (*Deployment, error) {
	if d := known[deployment]; d != nil {
		return d, nil
	}
	return r.RESTDeployment(id, deployment)
}

// planKeys returns the keys that are enabled for each of an API's stages, by stage and by value. A key of several plans goes
// by the first one, in the order of their IDs.
func planKeys(r Reader, id ID) (map[string]map[string]*PlanKey, error) {
	plans, err := r.UsagePlans(id.Scope, "", 0)
	if err != nil {
		return nil, err
	}
	open := map[string]map[string]*PlanKey{}
	for _, plan := range plans {
		for _, stage := range plan.Stages {
			if stage.API != id.API {
				continue
			}
			if open[stage.Stage] == nil {
				open[stage.Stage] = map[string]*PlanKey{}
			}
			if err := addKeys(r, plan, open[stage.Stage]); err != nil {
				return nil, err
			}
		}
	}
	return open, nil
}

func addKeys(r Reader, plan *UsagePlan, to map[string]*PlanKey) error {
	for _, id := range plan.Keys {
		key, err := r.APIKey(plan.Scope, id)
		if fault.Is(err, fault.NotFound, "API key") {
			continue
		}
		if err != nil {
			return err
		}
		if key.Enabled && to[key.Value] == nil {
			to[key.Value] = &PlanKey{Key: key, Plan: plan}
		}
	}
	return nil
}
