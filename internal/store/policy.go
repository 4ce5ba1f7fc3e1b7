package store

import "sluice/internal/account"

// Policy implements account.Reader.
func (t *tx) Policy(owner, name string) (*account.Policy, error) {
	p := &account.Policy{}
	found, err := t.document("SELECT document FROM policies WHERE account = ? AND folded = ?", []any{owner, account.Fold(name)}, p)
	if err == nil && !found {
		err = noSuch("policy", name)
	}
	return p, err
}

// Policies implements account.Reader.
func (t *tx) Policies(owner string) ([]*account.Policy, error) {
	return documents[account.Policy](t, "SELECT document FROM policies WHERE account = ? ORDER BY folded", owner)
}

// PutPolicy implements account.Tx.
func (t *tx) PutPolicy(p *account.Policy) error {
	return t.put(p, "INSERT INTO policies (document, account, folded) VALUES (?, ?, ?) "+
		"ON CONFLICT (account, folded) DO UPDATE SET document = excluded.document", p.Account, account.Fold(p.Name))
}

// DeletePolicy implements account.Tx.
func (t *tx) DeletePolicy(owner, name string) error {
	return t.delete("policy", "DELETE FROM policies WHERE account = ? AND folded = ?", owner, account.Fold(name))
}
