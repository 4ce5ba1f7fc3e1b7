package store

import "sluice/internal/httpapi"

// HTTPDeployment implements httpapi.Reader.
func (t *tx) HTTPDeployment(id httpapi.ID, deployment string) (*httpapi.Deployment, error) {
	d := &httpapi.Deployment{}
	found, err := t.document("SELECT document FROM http_deployments WHERE account = ? AND region = ? AND api = ? AND id = ?",
		[]any{id.Account, id.Region, id.API, deployment}, d)
	if err == nil && !found {
		err = noSuch("deployment", deployment)
	}
	return d, err
}

// HTTPDeployments implements httpapi.Reader.
func (t *tx) HTTPDeployments(id httpapi.ID) ([]*httpapi.Deployment, error) {
	return documents[httpapi.Deployment](t, "SELECT document FROM http_deployments "+
		"WHERE account = ? AND region = ? AND api = ? ORDER BY created DESC, id", id.Account, id.Region, id.API)
}

// PutHTTPDeployment implements httpapi.Tx.
func (t *tx) PutHTTPDeployment(d *httpapi.Deployment) error {
	return t.put(d, "INSERT INTO http_deployments (document, account, region, api, id, created) VALUES (?, ?, ?, ?, ?, ?) "+
		"ON CONFLICT (account, region, api, id) DO UPDATE SET document = excluded.document",
		d.API.Account, d.API.Region, d.API.API, d.ID, micros(d.Created))
}

// DeleteHTTPDeployment implements httpapi.Tx.
func (t *tx) DeleteHTTPDeployment(id httpapi.ID, deployment string) error {
	return t.delete("deployment", "DELETE FROM http_deployments WHERE account = ? AND region = ? AND api = ? AND id = ?",
		id.Account, id.Region, id.API, deployment)
}

// HTTPStage implements httpapi.Reader.
func (t *tx) HTTPStage(id httpapi.ID, name string) (*httpapi.Stage, error) {
	s := &httpapi.Stage{}
	found, err := t.document("SELECT document FROM http_stages WHERE account = ? AND region = ? AND api = ? AND name = ?",
		[]any{id.Account, id.Region, id.API, name}, s)
	if err == nil && !found {
		err = noSuch("stage", name)
	}
	return s, err
}

// HTTPStages implements httpapi.Reader.
func (t *tx) HTTPStages(id httpapi.ID) ([]*httpapi.Stage, error) {
	return documents[httpapi.Stage](t, "SELECT document FROM http_stages WHERE account = ? AND region = ? AND api = ? ORDER BY name",
		id.Account, id.Region, id.API)
}

// PutHTTPStage implements httpapi.Tx.
func (t *tx) PutHTTPStage(s *httpapi.Stage) error {
	return t.put(s, "INSERT INTO http_stages (document, account, region, api, name) VALUES (?, ?, ?, ?, ?) "+
		"ON CONFLICT (account, region, api, name) DO UPDATE SET document = excluded.document",
		s.API.Account, s.API.Region, s.API.API, s.Name)
}

// DeleteHTTPStage implements httpapi.Tx.
func (t *tx) DeleteHTTPStage(id httpapi.ID, name string) error {
	return t.delete("stage", "DELETE FROM http_stages WHERE account = ? AND region = ? AND api = ? AND name = ?",
		id.Account, id.Region, id.API, name)
}
