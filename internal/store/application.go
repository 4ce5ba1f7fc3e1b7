package store

import (
	"context"
	"database/sql"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/rollout"
)

var _ rollout.Store = (*Store)(nil)

// ReadRollouts implements rollout.Store.
func (s *Store) ReadRollouts(ctx context.Context, read func(rollout.Reader) error) error {
	return s.read(ctx, func(t *tx) error { return read(t) })
}

// WriteRollouts implements rollout.Store.
func (s *Store) WriteRollouts(ctx context.Context, write func(rollout.Tx) error) error {
	return s.write(ctx, func(t *tx) error { return write(t) })
}

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

// document reads the document of the only row of a query.
func (t *tx) document(query string, args []any, into any) (found bool, err error) {
	var text []byte
	if found, err = t.row(query, args, &text); err != nil || !found {
		return found, err
	}
	return true, parse(text, into)
}

// documents reads the documents of all rows of a query.
func documents[T any](t *tx, query string, args ...any) ([]*T, error) {
	return rows(t, query, args, func(row *sql.Rows) (*T, error) {
		var text sql.RawBytes
		if err := row.Scan(&text); err != nil {
			return nil, err
		}
		record := new(T)
		return record, parse(text, record)
	})
}

// put writes a record: its document is the statement's first argument.
func (t *tx) put(record any, statement string, args ...any) error {
	text, err := t.encode(record)
	if err != nil {
		return err
	}
	_, err = t.exec(statement, append([]any{text}, args...)...)
	return err
}

// delete deletes a record; the last argument is its name.
func (t *tx) delete(noun, statement string, args ...any) error {
	deleted, err := t.exec(statement, args...)
	if err == nil && deleted == 0 {
		return noSuch(noun, args[len(args)-1])
	}
	return err
}

func noSuch(noun string, name any) error {
	return fault.Errorf(fault.NotFound, noun, "There is no %s %v", noun, name)
}
