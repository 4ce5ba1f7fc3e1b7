package store

import (
	"context"
	"unicode/utf8"

	"sluice/internal/dashboard"
)

var _ dashboard.Store = (*Store)(nil)

// ReadDashboards implements dashboard.Store.
func (s *Store) ReadDashboards(ctx context.Context, read func(dashboard.Reader) error) error {
	return s.read(ctx, func(t *tx) error { return read(t) })
}

// WriteDashboards implements dashboard.Store.
func (s *Store) WriteDashboards(ctx context.Context, write func(dashboard.Tx) error) error {
	return s.write(ctx, func(t *tx) error { return write(t) })
}

// Dashboard implements dashboard.Reader.
func (t *tx) Dashboard(account, name string) (*dashboard.Dashboard, error) {
	d := &dashboard.Dashboard{}
	found, err := t.document("SELECT document FROM dashboards WHERE account = ? AND name = ?", []any{account, name}, d)
	if err == nil && !found {
		err = noSuch("dashboard", name)
	}
	return d, err
}

// Dashboards implements dashboard.Reader.
func (t *tx) Dashboards(account, prefix, after string, limit int) ([]*dashboard.Dashboard, error) {
	// Names with the prefix lie side by side; LIKE would treat its underscores as wildcards and letters' cases as one.
	return documents[dashboard.Dashboard](t, "SELECT document FROM dashboards "+
		"WHERE account = ? AND name >= ? AND name > ? AND SUBSTR(name, 1, ?) = ? ORDER BY name LIMIT ?",
		account, prefix, after, utf8.RuneCountInString(prefix), prefix, limited(limit))
}

// PutDashboard implements dashboard.Tx.
func (t *tx) PutDashboard(d *dashboard.Dashboard) error {
	return t.put(d, "INSERT INTO dashboards (document, account, name) VALUES (?, ?, ?) "+
		"ON CONFLICT (account, name) DO UPDATE SET document = excluded.document", d.Account, d.Name)
}

// DeleteDashboard implements dashboard.Tx.
func (t *tx) DeleteDashboard(account, name string) error {
	return t.delete("dashboard", "DELETE FROM dashboards WHERE account = ? AND name = ?", account, name)
}
