package restapi

import (
	"sync"
	"sync/atomic"

	"sluice/internal/fault"
)

// views finds stages by their API's ID and their name. Lookups take no lock.
//
// A refresh reads all stages of an API again instead of taking what the writer wrote, and one refresh runs at a time: two
// writers may arrive here in another order than they committed in, and both then find the newer records.
type views struct {
	byAPI sync.Map     // string → *stageViews
	stale atomic.Int64 // the length of doubts

	refreshing sync.Mutex

	mu     sync.Mutex
	doubts map[ID]bool // APIs that could not be read; guarded by mu
}

// stageViews are an API's stages by name. It is never changed.
type stageViews struct{ stages map[string]*View }

func newViews() *views { return &views{doubts: map[ID]bool{}} }

func (t *views) find(api, stage string) (v *View, known bool) {
	found, known := t.byAPI.Load(api)
	if !known {
		return nil, false
	}
	return found.(*stageViews).stages[stage], true
}

// doubtful lists the APIs whose stages may be others than those that are stored.
func (t *views) doubtful() (ids []ID) {
	if t.stale.Load() == 0 {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for id := range t.doubts {
		ids = append(ids, id)
	}
	return ids
}

// refresh replaces an API's stages by those that are read, nil if the API is gone. read gets the deployments that are in use:
// they never change, and need not be read again.
func (t *views) refresh(id ID, read func(known map[string]*Deployment) (map[string]*View, error)) error {
	t.refreshing.Lock()
	defer t.refreshing.Unlock()
	stages, err := read(t.deployments(id.API))
	t.doubt(id, err != nil)
	switch {
	case err != nil:
	case stages == nil:
		t.byAPI.Delete(id.API)
	default:
		t.byAPI.Store(id.API, &stageViews{stages})
	}
	return err
}

func (t *views) doubt(id ID, stale bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if stale {
		t.doubts[id] = true
	} else {
		delete(t.doubts, id)
	}
	t.stale.Store(int64(len(t.doubts)))
}

func (t *views) deployments(api string) map[string]*Deployment {
	known := map[string]*Deployment{}
	if found, ok := t.byAPI.Load(api); ok {
		for _, v := range found.(*stageViews).stages {
			known[v.Deployment.ID] = v.Deployment
			if v.Canary != nil {
				known[v.Canary.ID] = v.Canary
			}
		}
	}
	return known
}

// readViews makes the views of an API's stages. It is fault.NotFound "REST API" if the API is gone.
func readViews(r Reader, id ID, known map[string]*Deployment) (map[string]*View, error) {
	api, err := r.RESTAPI(id)
	if err != nil {
		return nil, err
	}
	stages, err := r.RESTStages(id)
	if err != nil || len(stages) == 0 {
		return map[string]*View{}, err
	}
	keys, err := planKeys(r, id)
	if err != nil {
		return nil, err
	}
	made := map[string]*View{}
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
	return made, nil
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
