package store

import "sluice/internal/function"

// SigningConfig implements function.SettingReader.
func (t *tx) SigningConfig(scope function.Scope, id string) (*function.SigningConfig, error) {
	c := &function.SigningConfig{}
	found, err := t.document("SELECT document FROM code_signing_configs WHERE account = ? AND region = ? AND id = ?",
		[]any{scope.Account, scope.Region, id}, c)
	if err == nil && !found {
		err = noSuch("signing config", id)
	}
	return c, err
}

// SigningConfigs implements function.SettingReader.
func (t *tx) SigningConfigs(scope function.Scope, after string, limit int) ([]*function.SigningConfig, error) {
	return documents[function.SigningConfig](t, "SELECT document FROM code_signing_configs "+
		"WHERE account = ? AND region = ? AND id > ? ORDER BY id LIMIT ?", scope.Account, scope.Region, after, limited(limit))
}

// PutSigningConfig implements function.SettingTx.
func (t *tx) PutSigningConfig(c *function.SigningConfig) error {
	return t.put(c, "INSERT INTO code_signing_configs (document, account, region, id) VALUES (?, ?, ?, ?) "+
		"ON CONFLICT (account, region, id) DO UPDATE SET document = excluded.document", c.Scope.Account, c.Scope.Region, c.ID)
}

// DeleteSigningConfig implements function.SettingTx.
func (t *tx) DeleteSigningConfig(scope function.Scope, id string) error {
	return t.delete("signing config", "DELETE FROM code_signing_configs WHERE account = ? AND region = ? AND id = ?",
		scope.Account, scope.Region, id)
}
