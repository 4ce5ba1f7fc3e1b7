package store

import (
	"context"
	"database/sql"

	"sluice/internal/account"
)

var _ account.Store = (*Store)(nil)

// ReadAccounts implements account.Store.
func (s *Store) ReadAccounts(ctx context.Context, read func(account.Reader) error) error {
	return s.read(ctx, func(t *tx) error { return read(t) })
}

// WriteAccounts implements account.Store.
func (s *Store) WriteAccounts(ctx context.Context, write func(account.Tx) error) error {
	return s.write(ctx, func(t *tx) error { return write(t) })
}

// Role implements account.Reader.
func (t *tx) Role(owner, name string) (*account.Role, error) {
	r := &account.Role{}
	found, err := t.document("SELECT document FROM roles WHERE account = ? AND folded = ?", []any{owner, account.Fold(name)}, r)
	if err == nil && !found {
		err = noSuch("role", name)
	}
	return r, err
}

// Roles implements account.Reader.
func (t *tx) Roles(owner string) ([]*account.Role, error) {
	return documents[account.Role](t, "SELECT document FROM roles WHERE account = ? ORDER BY folded", owner)
}

// PolicyUses implements account.Reader.
func (t *tx) PolicyUses(owner, arn string) ([]account.PolicyUse, error) {
	return rows(t, "SELECT policy, role, boundary FROM role_policies WHERE account = ? AND (? = '' OR policy = ?) "+
		"ORDER BY folded, policy, boundary", []any{owner, arn, arn}, func(row *sql.Rows) (u account.PolicyUse, err error) {
		var boundary int
		err = row.Scan(&u.Policy, &u.Role, &boundary)
		u.Boundary = boundary != 0
		return u, err
	})
}

// PutRole implements account.Tx.
func (t *tx) PutRole(r *account.Role) error {
	folded := account.Fold(r.Name)
	err := t.put(r, "INSERT INTO roles (document, account, folded) VALUES (?, ?, ?) "+
		"ON CONFLICT (account, folded) DO UPDATE SET document = excluded.document", r.Account, folded)
	if err != nil {
		return err
	}
	if _, err := t.exec("DELETE FROM role_policies WHERE account = ? AND folded = ?", r.Account, folded); err != nil {
		return err
	}
	if r.Boundary != "" {
		if err := t.usePolicy(r, r.Boundary, 1); err != nil {
			return err
		}
	}
	for _, arn := range r.Attached {
		if err := t.usePolicy(r, arn, 0); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) usePolicy(r *account.Role, arn string, boundary int) error {
	_, err := t.exec("INSERT INTO role_policies (account, folded, policy, boundary, role) VALUES (?, ?, ?, ?, ?)",
		r.Account, account.Fold(r.Name), arn, boundary, r.Name)
	return err
}

// DeleteRole implements account.Tx.
func (t *tx) DeleteRole(owner, name string) error {
	return t.delete("role", "DELETE FROM roles WHERE account = ? AND folded = ?", owner, account.Fold(name))
}
