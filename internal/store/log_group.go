package store

import "sluice/internal/logs"

// LogGroups implements logs.Reader.
func (t *tx) LogGroups() ([]*logs.Group, error) {
	return documents[logs.Group](t, "SELECT document FROM log_groups ORDER BY account, region, name")
}

// PutLogGroup implements logs.Tx.
func (t *tx) PutLogGroup(g *logs.Group) error {
	return t.put(g, "INSERT INTO log_groups (document, account, region, name) VALUES (?, ?, ?, ?) "+
		"ON CONFLICT (account, region, name) DO UPDATE SET document = excluded.document",
		g.ID.Account, g.ID.Region, g.ID.Name)
}

// DeleteLogGroup implements logs.Tx.
func (t *tx) DeleteLogGroup(id logs.GroupID) error {
	return t.delete("group", "DELETE FROM log_groups WHERE account = ? AND region = ? AND name = ?",
		id.Account, id.Region, id.Name)
}
