package store

import (
	"database/sql"

	"sluice/internal/function"
)

// aliasDocument is the JSON column of an alias.
type aliasDocument struct {
	Description string `json:",omitempty"`
	Version     function.Number
	Additional  function.Number `json:",omitempty"`
	Weight      function.Weight `json:",omitempty"`
	RevisionID  string
	Deployment  string            `json:",omitempty"`
	Held        []function.Number `json:",omitempty"`
}

// Alias implements function.Reader.
func (t *tx) Alias(id function.ID, name string) (*function.Alias, error) {
	var text []byte
	found, err := t.row("SELECT document FROM aliases WHERE account = ? AND region = ? AND function = ? AND name = ?",
		[]any{id.Account, id.Region, id.Name, name}, &text)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, noSuch("alias", id.Qualified(name))
	}
	a, err := parseAlias(text, id, name)
	return a, t.fail(err)
}

// Aliases implements function.Reader.
func (t *tx) Aliases(id function.ID, after string, limit int) ([]*function.Alias, error) {
	return rows(t, "SELECT name, document FROM aliases "+
		"WHERE account = ? AND region = ? AND function = ? AND name > ? ORDER BY name LIMIT ?",
		[]any{id.Account, id.Region, id.Name, after, limited(limit)},
		func(row *sql.Rows) (*function.Alias, error) {
			var name string
			var text sql.RawBytes
			if err := row.Scan(&name, &text); err != nil {
				return nil, err
			}
			return parseAlias(text, id, name)
		})
}

// PutAlias implements function.Tx.
func (t *tx) PutAlias(a *function.Alias) error {
	text, err := t.encode(aliasDocument{
		a.Description, a.Version, a.Additional, a.Weight, a.RevisionID, a.Deployment, a.Held,
	})
	if err != nil {
		return err
	}
	t.owned(a.Function)
	_, err = t.exec("INSERT INTO aliases (account, region, function, name, document) VALUES (?, ?, ?, ?, ?) "+
		"ON CONFLICT (account, region, function, name) DO UPDATE SET document = excluded.document",
		a.Function.Account, a.Function.Region, a.Function.Name, a.Name, text)
	return err
}

// DeleteAlias implements function.Tx.
func (t *tx) DeleteAlias(id function.ID, name string) error {
	deleted, err := t.exec("DELETE FROM aliases WHERE account = ? AND region = ? AND function = ? AND name = ?",
		id.Account, id.Region, id.Name, name)
	if err == nil && deleted == 0 {
		return noSuch("alias", id.Qualified(name))
	}
	if err != nil {
		return err
	}
	return t.deleteQualifier(id, name)
}

func parseAlias(text []byte, id function.ID, name string) (*function.Alias, error) {
	var d aliasDocument
	if err := parse(text, &d); err != nil {
		return nil, err
	}
	return &function.Alias{
		Function: id, Name: name, Description: d.Description, Version: d.Version, Additional: d.Additional,
		Weight: d.Weight, RevisionID: d.RevisionID, Deployment: d.Deployment, Held: d.Held,
	}, nil
}
