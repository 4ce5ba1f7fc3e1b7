package store

import "sluice/internal/restapi"

// RESTDeployment implements restapi.Reader.
func (t *tx) RESTDeployment(id restapi.ID, deployment string) (*restapi.Deployment, error) {
	d := &restapi.Deployment{}
	found, err := t.document("SELECT document FROM rest_deployments WHERE account = ? AND region = ? AND api = ? AND id = ?",
		[]any{id.Account, id.Region, id.API, deployment}, d)
	if err == nil && !found {
		err = noSuch("deployment", deployment)
	}
	return d, err
}

// RESTDeployments implements restapi.Reader.
func (t *tx) RESTDeployments(id restapi.ID) ([]*restapi.Deployment, error) {
	return documents[restapi.Deployment](t, "SELECT document FROM rest_deployments "+
		"WHERE account = ? AND region = ? AND api = ? ORDER BY created, id", id.Account, id.Region, id.API)
}

// PutRESTDeployment implements restapi.Tx.
func (t *tx) PutRESTDeployment(d *restapi.Deployment) error {
	return t.put(d, "INSERT INTO rest_deployments (document, account, region, api, id, created) VALUES (?, ?, ?, ?, ?, ?) "+
		"ON CONFLICT (account, region, api, id) DO UPDATE SET document = excluded.document",
		d.API.Account, d.API.Region, d.API.API, d.ID, micros(d.Created))
}

// DeleteRESTDeployment implements restapi.Tx.
func (t *tx) DeleteRESTDeployment(id restapi.ID, deployment string) error {
	return t.delete("deployment", "DELETE FROM rest_deployments WHERE account = ? AND region = ? AND api = ? AND id = ?",
		id.Account, id.Region, id.API, deployment)
}

// RESTStage implements restapi.Reader.
func (t *tx) RESTStage(id restapi.ID, name string) (*restapi.Stage, error) {
	s := &restapi.Stage{}
	found, err := t.document("SELECT document FROM rest_stages WHERE account = ? AND region = ? AND api = ? AND name = ?",
		[]any{id.Account, id.Region, id.API, name}, s)
	if err == nil && !found {
		err = noSuch("stage", name)
	}
	return s, err
}

// RESTStages implements restapi.Reader.
func (t *tx) RESTStages(id restapi.ID) ([]*restapi.Stage, error) {
	return documents[restapi.Stage](t, "SELECT document FROM rest_stages WHERE account = ? AND region = ? AND api = ? ORDER BY name",
		id.Account, id.Region, id.API)
}

// PutRESTStage implements restapi.Tx.
func (t *tx) PutRESTStage(s *restapi.Stage) error {
	return t.put(s, "INSERT INTO rest_stages (document, account, region, api, name) VALUES (?, ?, ?, ?, ?) "+
		"ON CONFLICT (account, region, api, name) DO UPDATE SET document = excluded.document",
		s.API.Account, s.API.Region, s.API.API, s.Name)
}

// DeleteRESTStage implements restapi.Tx.
func (t *tx) DeleteRESTStage(id restapi.ID, name string) error {
	return t.delete("stage", "DELETE FROM rest_stages WHERE account = ? AND region = ? AND api = ? AND name = ?",
		id.Account, id.Region, id.API, name)
}
