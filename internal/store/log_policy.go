package store

import (
	"sluice/internal/function"
	"sluice/internal/logs"
)

// LogPolicies implements logs.Reader.
func (t *tx) LogPolicies(scope function.Scope) ([]*logs.Policy, error) {
	return documents[logs.Policy](t, "SELECT document FROM log_policies WHERE account = ? AND region = ? ORDER BY name",
		scope.Account, scope.Region)
}

// PutLogPolicy implements logs.Tx.
func (t *tx) PutLogPolicy(p *logs.Policy) error {
	return t.put(p, "INSERT INTO log_policies (document, account, region, name) VALUES (?, ?, ?, ?) "+
		"ON CONFLICT (account, region, name) DO UPDATE SET document = excluded.document",
		p.Scope.Account, p.Scope.Region, p.Name)
}

// DeleteLogPolicy implements logs.Tx.
func (t *tx) DeleteLogPolicy(scope function.Scope, name string) error {
	return t.delete("policy", "DELETE FROM log_policies WHERE account = ? AND region = ? AND name = ?",
		scope.Account, scope.Region, name)
}
