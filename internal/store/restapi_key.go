package store

import (
	"sluice/internal/function"
	"sluice/internal/restapi"
)

// APIKey implements restapi.Reader.
func (t *tx) APIKey(scope function.Scope, id string) (*restapi.APIKey, error) {
	k := &restapi.APIKey{}
	found, err := t.document("SELECT document FROM api_keys WHERE account = ? AND region = ? AND id = ?",
		[]any{scope.Account, scope.Region, id}, k)
	if err == nil && !found {
		err = noSuch("API key", id)
	}
	return k, err
}

// APIKeys implements restapi.Reader.
func (t *tx) APIKeys(scope function.Scope, after string, limit int) ([]*restapi.APIKey, error) {
	return documents[restapi.APIKey](t, "SELECT document FROM api_keys WHERE account = ? AND region = ? AND id > ? ORDER BY id LIMIT ?",
		scope.Account, scope.Region, after, limited(limit))
}

// PutAPIKey implements restapi.Tx.
func (t *tx) PutAPIKey(k *restapi.APIKey) error {
	return t.put(k, "INSERT INTO api_keys (document, account, region, id) VALUES (?, ?, ?, ?) "+
		"ON CONFLICT (account, region, id) DO UPDATE SET document = excluded.document", k.Scope.Account, k.Scope.Region, k.ID)
}

// DeleteAPIKey implements restapi.Tx.
func (t *tx) DeleteAPIKey(scope function.Scope, id string) error {
	return t.delete("API key", "DELETE FROM api_keys WHERE account = ? AND region = ? AND id = ?", scope.Account, scope.Region, id)
}

// UsagePlan implements restapi.Reader.
func (t *tx) UsagePlan(scope function.Scope, id string) (*restapi.UsagePlan, error) {
	p := &restapi.UsagePlan{}
	found, err := t.document("SELECT document FROM usage_plans WHERE account = ? AND region = ? AND id = ?",
		[]any{scope.Account, scope.Region, id}, p)
	if err == nil && !found {
		err = noSuch("usage plan", id)
	}
	return p, err
}

// UsagePlans implements restapi.Reader.
func (t *tx) UsagePlans(scope function.Scope, after string, limit int) ([]*restapi.UsagePlan, error) {
	return documents[restapi.UsagePlan](t, "SELECT document FROM usage_plans WHERE account = ? AND region = ? AND id > ? ORDER BY id LIMIT ?",
		scope.Account, scope.Region, after, limited(limit))
}

// PutUsagePlan implements restapi.Tx.
func (t *tx) PutUsagePlan(p *restapi.UsagePlan) error {
	return t.put(p, "INSERT INTO usage_plans (document, account, region, id) VALUES (?, ?, ?, ?) "+
		"ON CONFLICT (account, region, id) DO UPDATE SET document = excluded.document", p.Scope.Account, p.Scope.Region, p.ID)
}

// DeleteUsagePlan implements restapi.Tx.
func (t *tx) DeleteUsagePlan(scope function.Scope, id string) error {
	return t.delete("usage plan", "DELETE FROM usage_plans WHERE account = ? AND region = ? AND id = ?", scope.Account, scope.Region, id)
}
