package store

import (
	"sluice/internal/function"
	"sluice/internal/rollout"
)

// Config implements rollout.Reader.
func (t *tx) Config(scope function.Scope, name string) (*rollout.Config, error) {
	c := &rollout.Config{}
	found, err := t.document("SELECT document FROM deployment_configs WHERE account = ? AND region = ? AND name = ?",
		[]any{scope.Account, scope.Region, name}, c)
	if err == nil && !found {
		err = noSuch("config", name)
	}
	return c, err
}

// Configs implements rollout.Reader.
func (t *tx) Configs(scope function.Scope) ([]*rollout.Config, error) {
	return documents[rollout.Config](t, "SELECT document FROM deployment_configs WHERE account = ? AND region = ? ORDER BY name",
		scope.Account, scope.Region)
}

// PutConfig implements rollout.Tx.
func (t *tx) PutConfig(c *rollout.Config) error {
	return t.put(c, "INSERT INTO deployment_configs (document, account, region, name) VALUES (?, ?, ?, ?) "+
		"ON CONFLICT (account, region, name) DO UPDATE SET document = excluded.document",
		c.Scope.Account, c.Scope.Region, c.Name)
}

// DeleteConfig implements rollout.Tx.
func (t *tx) DeleteConfig(scope function.Scope, name string) error {
	return t.delete("config", "DELETE FROM deployment_configs WHERE account = ? AND region = ? AND name = ?",
		scope.Account, scope.Region, name)
}
