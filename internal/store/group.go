package store

import (
	"sluice/internal/function"
	"sluice/internal/rollout"
)

// Group implements rollout.Reader.
func (t *tx) Group(scope function.Scope, app, name string) (*rollout.Group, error) {
	g := &rollout.Group{}
	found, err := t.document("SELECT document FROM deployment_groups WHERE account = ? AND region = ? AND application = ? AND name = ?",
		[]any{scope.Account, scope.Region, app, name}, g)
	if err == nil && !found {
		err = noSuch("group", name)
	}
	return g, err
}

// Groups implements rollout.Reader.
func (t *tx) Groups(scope function.Scope, app string) ([]*rollout.Group, error) {
	return documents[rollout.Group](t, "SELECT document FROM deployment_groups "+
		"WHERE account = ? AND region = ? AND application = ? ORDER BY name", scope.Account, scope.Region, app)
}

// PutGroup implements rollout.Tx.
func (t *tx) PutGroup(g *rollout.Group) error {
	return t.put(g, "INSERT INTO deployment_groups (document, account, region, application, name) VALUES (?, ?, ?, ?, ?) "+
		"ON CONFLICT (account, region, application, name) DO UPDATE SET document = excluded.document",
		g.Scope.Account, g.Scope.Region, g.Application, g.Name)
}

// DeleteGroup implements rollout.Tx.
func (t *tx) DeleteGroup(scope function.Scope, app, name string) error {
	return t.delete("group", "DELETE FROM deployment_groups WHERE account = ? AND region = ? AND application = ? AND name = ?",
		scope.Account, scope.Region, app, name)
}
