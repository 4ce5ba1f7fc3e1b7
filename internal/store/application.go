package store

import (
	"sluice/internal/function"
	"sluice/internal/rollout"
)

// Application implements rollout.Reader.
func (t *tx) Application(scope function.Scope, name string) (*rollout.Application, error) {
	a := &rollout.Application{}
	found, err := t.document("SELECT document FROM applications WHERE account = ? AND region = ? AND name = ?",
		[]any{scope.Account, scope.Region, name}, a)
	if err == nil && !found {
		err = noSuch("application", name)
	}
	return a, err
}

// Applications implements rollout.Reader.
func (t *tx) Applications(scope function.Scope) ([]*rollout.Application, error) {
	return documents[rollout.Application](t, "SELECT document FROM applications WHERE account = ? AND region = ? ORDER BY name",
		scope.Account, scope.Region)
}

// PutApplication implements rollout.Tx.
func (t *tx) PutApplication(a *rollout.Application) error {
	return t.put(a, "INSERT INTO applications (document, account, region, name) VALUES (?, ?, ?, ?) "+
		"ON CONFLICT (account, region, name) DO UPDATE SET document = excluded.document",
		a.Scope.Account, a.Scope.Region, a.Name)
}

// DeleteApplication implements rollout.Tx.
func (t *tx) DeleteApplication(scope function.Scope, name string) error {
	return t.delete("application", "DELETE FROM applications WHERE account = ? AND region = ? AND name = ?",
		scope.Account, scope.Region, name)
}
