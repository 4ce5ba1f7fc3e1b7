package store

import (
	"context"
	"unicode/utf8"

	"sluice/internal/function"
	"sluice/internal/parameter"
)

var _ parameter.Store = (*Store)(nil)

// ReadParameters implements parameter.Store.
func (s *Store) ReadParameters(ctx context.Context, read func(parameter.Reader) error) error {
	return s.read(ctx, func(t *tx) error { return read(t) })
}

// WriteParameters implements parameter.Store.
func (s *Store) WriteParameters(ctx context.Context, write func(parameter.Tx) error) error {
	return s.write(ctx, func(t *tx) error { return write(t) })
}

// Parameter implements parameter.Reader.
func (t *tx) Parameter(id parameter.ID) (*parameter.Parameter, error) {
	p := &parameter.Parameter{}
	found, err := t.document("SELECT document FROM parameters WHERE account = ? AND region = ? AND name = ?",
		[]any{id.Account, id.Region, id.Name}, p)
	if err == nil && !found {
		err = noSuch("parameter", id.Name)
	}
	return p, err
}

// Parameters implements parameter.Reader.
func (t *tx) Parameters(scope function.Scope, prefix, after string, limit int) ([]*parameter.Parameter, error) {
	// As for dashboards: LIKE would treat underscores as wildcards.
	return documents[parameter.Parameter](t, "SELECT document FROM parameters WHERE account = ? AND region = ? "+
		"AND name >= ? AND name > ? AND SUBSTR(name, 1, ?) = ? ORDER BY name LIMIT ?",
		scope.Account, scope.Region, prefix, after, utf8.RuneCountInString(prefix), prefix, limited(limit))
}

// ParameterVersion implements parameter.Reader.
func (t *tx) ParameterVersion(id parameter.ID, number int64) (*parameter.Version, error) {
	v := &parameter.Version{}
	found, err := t.document("SELECT document FROM parameter_versions WHERE account = ? AND region = ? AND name = ? AND number = ?",
		[]any{id.Account, id.Region, id.Name, number}, v)
	if err == nil && !found {
		err = noSuch("version", number)
	}
	return v, err
}

// ParameterVersions implements parameter.Reader.
func (t *tx) ParameterVersions(id parameter.ID, above int64, limit int) ([]*parameter.Version, error) {
	return documents[parameter.Version](t, "SELECT document FROM parameter_versions "+
		"WHERE account = ? AND region = ? AND name = ? AND number > ? ORDER BY number LIMIT ?",
		id.Account, id.Region, id.Name, above, limited(limit))
}

// PutParameter implements parameter.Tx.
func (t *tx) PutParameter(p *parameter.Parameter) error {
	err := t.put(p, "INSERT INTO parameters (document, account, region, name) VALUES (?, ?, ?, ?) "+
		"ON CONFLICT (account, region, name) DO UPDATE SET document = excluded.document", p.ID.Account, p.ID.Region, p.ID.Name)
	if err != nil {
		return err
	}
	return t.put(&p.Latest, "INSERT INTO parameter_versions (document, account, region, name, number) VALUES (?, ?, ?, ?, ?) "+
		"ON CONFLICT (account, region, name, number) DO NOTHING", p.ID.Account, p.ID.Region, p.ID.Name, p.Latest.Number)
}

// DeleteParameter implements parameter.Tx.
func (t *tx) DeleteParameter(id parameter.ID) error {
	return t.delete("parameter", "DELETE FROM parameters WHERE account = ? AND region = ? AND name = ?", id.Account, id.Region, id.Name)
}

// DropParameterVersion implements parameter.Tx.
func (t *tx) DropParameterVersion(id parameter.ID, number int64) error {
	return t.delete("version", "DELETE FROM parameter_versions WHERE account = ? AND region = ? AND name = ? AND number = ?",
		id.Account, id.Region, id.Name, number)
}
