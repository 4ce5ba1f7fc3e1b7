package httpapi

import (
	"sync"
	"sync/atomic"
)

// views finds APIs by their ID. Lookups take no lock.
//
// A refresh reads an API again instead of taking what the writer wrote, and one refresh runs at a time: two writers may arrive here
// in another order than they committed in, and both then find the newer records.
type views struct {
	byAPI sync.Map     // string → *View
	stale atomic.Int64 // the length of doubts

	refreshing sync.Mutex

	mu     sync.Mutex
	doubts map[ID]bool // APIs that could not be read; guarded by mu
}

func newViews() *views { return &views{doubts: map[ID]bool{}} }

func (t *views) find(api string) *View {
	found, known := t.byAPI.Load(api)
	if !known {
		return nil
	}
	return found.(*View)
}

// doubtful lists the APIs whose views may be others than what is stored.
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

// refresh replaces an API's view by the one that is read, nil if the API is gone.
func (t *views) refresh(id ID, read func(before *View) (*View, error)) error {
	t.refreshing.Lock()
	defer t.refreshing.Unlock()
	v, err := read(t.find(id.API))
	t.doubt(id, err != nil)
	switch {
	case err != nil:
	case v == nil:
		t.byAPI.Delete(id.API)
	default:
		t.byAPI.Store(id.API, v)
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

// readView makes the view of an API. A stage that shows what it did keeps its Shown, with what the front has made of it. It is
// fault.NotFound "HTTP API" if the API is gone.
func readView(r Reader, id ID, before *View) (*View, error) {
	api, err := r.HTTPAPI(id)
	if err != nil {
		return nil, err
	}
	stages, err := r.HTTPStages(id)
	if err != nil {
		return nil, err
	}
	v := &View{API: id, Name: api.Name, Stages: map[string]*Shown{}}
	for _, stage := range stages {
		var known *Shown
		if before != nil {
			known = before.Stages[stage.Name]
		}
		if v.Stages[stage.Name], err = readShown(r, stage, known); err != nil {
			return nil, err
		}
	}
	return v, nil
}

func readShown(r Reader, stage *Stage, known *Shown) (*Shown, error) {
	if known != nil && known.Stage.Deployment == stage.Deployment && known.Stage.Updated.Equal(stage.Updated) {
		return known, nil
	}
	shown := &Shown{API: stage.API, Stage: stage}
	if stage.Deployment == "" {
		return shown, nil
	}
	if known != nil && known.Stage.Deployment == stage.Deployment {
		shown.Deployment = known.Deployment
		return shown, nil
	}
	var err error
	shown.Deployment, err = r.HTTPDeployment(stage.API, stage.Deployment)
	return shown, err
}
