package store

import (
	"context"
	"database/sql"

	"sluice/internal/function"
)

var _ function.Store = (*Store)(nil)

// ReadFunctions implements function.Store.
func (s *Store) ReadFunctions(ctx context.Context, read func(function.Reader) error) error {
	return s.read(ctx, func(t *tx) error { return read(t) })
}

// WriteFunctions implements function.Store.
func (s *Store) WriteFunctions(ctx context.Context, write func(function.Tx) error) error {
	return s.write(ctx, func(t *tx) error { return write(t) })
}

// functionDocument is the JSON column of a function.
type functionDocument struct {
	Tags        map[string]string `json:",omitzero"`
	Recursion   string            `json:",omitempty"`
	CodeSigning string            `json:",omitempty"`
	Latest      versionDocument
}

// Function implements function.Reader.
func (t *tx) Function(id function.ID) (*function.Function, error) {
	var row functionRow
	found, err := t.row("SELECT created, published, document FROM functions WHERE account = ? AND region = ? AND name = ?",
		[]any{id.Account, id.Region, id.Name}, &row.created, &row.published, &row.document)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, noSuch("function", id.ARN())
	}
	f, err := row.function(id)
	return f, t.fail(err)
}

// Functions implements function.Reader.
func (t *tx) Functions(scope function.Scope, after string, limit int) ([]*function.Function, error) {
	return rows(t, "SELECT name, created, published, document FROM functions "+
		"WHERE account = ? AND region = ? AND name > ? ORDER BY name LIMIT ?",
		[]any{scope.Account, scope.Region, after, limited(limit)},
		func(result *sql.Rows) (*function.Function, error) {
			var name string
			var row functionRow
			if err := result.Scan(&name, &row.created, &row.published, &row.document); err != nil {
				return nil, err
			}
			return row.function(function.ID{Scope: scope, Name: name})
		})
}

// PutFunction implements function.Tx.
func (t *tx) PutFunction(f *function.Function) error {
	text, err := t.encode(functionDocument{Tags: f.Tags, Recursion: f.Recursion, CodeSigning: f.CodeSigning, Latest: newVersionDocument(&f.Latest)})
	if err != nil {
		return err
	}
	_, err = t.exec("INSERT INTO functions (account, region, name, created, published, document) VALUES (?, ?, ?, ?, ?, ?) "+
		"ON CONFLICT (account, region, name) DO UPDATE SET "+
		"created = excluded.created, published = excluded.published, document = excluded.document",
		f.ID.Account, f.ID.Region, f.ID.Name, micros(f.Created), int64(f.Published), text)
	if err != nil {
		return err
	}
	return t.setCode(ownerOfVersion(f.ID, function.Latest), blobsOf(&f.Latest)...)
}

// DeleteFunction implements function.Tx. The schema deletes the versions and aliases with it.
func (t *tx) DeleteFunction(id function.ID) error {
	deleted, err := t.exec("DELETE FROM functions WHERE account = ? AND region = ? AND name = ?", id.Account, id.Region, id.Name)
	if err == nil && deleted == 0 {
		return noSuch("function", id.ARN())
	}
	if err != nil {
		return err
	}
	delete(t.owners, id)
	return t.dropCode(ownerOfVersion(id, function.Latest))
}

// functionRow is a function's columns without its key.
type functionRow struct {
	created   int64
	published int64
	document  []byte
}

func (r *functionRow) function(id function.ID) (*function.Function, error) {
	var content functionDocument
	if err := parse(r.document, &content); err != nil {
		return nil, err
	}
	return &function.Function{
		ID: id, Created: fromMicros(r.created), Tags: content.Tags, Recursion: content.Recursion, CodeSigning: content.CodeSigning,
		Published: function.Number(r.published),
		Latest:    content.Latest.version(id, function.Latest),
	}, nil
}

// owned remembers that a version or alias of a function was put.
func (t *tx) owned(id function.ID) {
	if t.owners == nil {
		t.owners = map[function.ID]struct{}{}
	}
	t.owners[id] = struct{}{}
}

// checkOwners finds versions and aliases that were put without their function being there in the end. The schema
// forbids them too, but would only say so at the commit, and fail the whole batch.
func (t *tx) checkOwners() error {
	for id := range t.owners {
		var one int
		found, err := t.row("SELECT 1 FROM functions WHERE account = ? AND region = ? AND name = ?",
			[]any{id.Account, id.Region, id.Name}, &one)
		if err != nil {
			return err
		}
		if !found {
			return noSuch("function", id.ARN())
		}
	}
	return nil
}
