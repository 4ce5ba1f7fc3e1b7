package httpapi

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
