package store

import (
	"context"
	"database/sql"

	"sluice/internal/function"
	"sluice/internal/restapi"
)

var _ restapi.Store = (*Store)(nil)

// ReadRESTAPIs implements restapi.Store.
func (s *Store) ReadRESTAPIs(ctx context.Context, read func(restapi.Reader) error) error {
	return s.read(ctx, func(t *tx) error { return read(t) })
}

// WriteRESTAPIs implements restapi.Store.
func (s *Store) WriteRESTAPIs(ctx context.Context, write func(restapi.Tx) error) error {
	return s.write(ctx, func(t *tx) error { return write(t) })
}

// RESTAPI implements restapi.Reader.
func (t *tx) RESTAPI(id restapi.ID) (*restapi.API, error) {
	a := &restapi.API{}
	found, err := t.document("SELECT document FROM rest_apis WHERE account = ? AND region = ? AND id = ?",
		[]any{id.Account, id.Region, id.API}, a)
	if err == nil && !found {
		err = noSuch("REST API", id.API)
	}
	return a, err
}

// RESTAPIs implements restapi.Reader.
func (t *tx) RESTAPIs(scope function.Scope, after string, limit int) ([]*restapi.API, error) {
	return documents[restapi.API](t, "SELECT document FROM rest_apis WHERE account = ? AND region = ? AND id > ? ORDER BY id LIMIT ?",
		scope.Account, scope.Region, after, limited(limit))
}

// AllRESTAPIs implements restapi.Reader.
func (t *tx) AllRESTAPIs() ([]restapi.ID, error) {
	return rows(t, "SELECT account, region, id FROM rest_apis ORDER BY id", nil, func(row *sql.Rows) (id restapi.ID, err error) {
		return id, row.Scan(&id.Account, &id.Region, &id.API)
	})
}

// PutRESTAPI implements restapi.Tx.
func (t *tx) PutRESTAPI(a *restapi.API) error {
	return t.put(a, "INSERT INTO rest_apis (document, account, region, id) VALUES (?, ?, ?, ?) "+
		"ON CONFLICT (account, region, id) DO UPDATE SET document = excluded.document", a.ID.Account, a.ID.Region, a.ID.API)
}

// DeleteRESTAPI implements restapi.Tx.
func (t *tx) DeleteRESTAPI(id restapi.ID) error {
	return t.delete("REST API", "DELETE FROM rest_apis WHERE account = ? AND region = ? AND id = ?", id.Account, id.Region, id.API)
}

// RESTAccount implements restapi.Reader.
func (t *tx) RESTAccount(scope function.Scope) (*restapi.Account, error) {
	a := &restapi.Account{Scope: scope}
	_, err := t.document("SELECT document FROM rest_accounts WHERE account = ? AND region = ?", []any{scope.Account, scope.Region}, a)
	return a, err
}

// PutRESTAccount implements restapi.Tx.
func (t *tx) PutRESTAccount(a *restapi.Account) error {
	return t.put(a, "INSERT INTO rest_accounts (document, account, region) VALUES (?, ?, ?) "+
		"ON CONFLICT (account, region) DO UPDATE SET document = excluded.document", a.Scope.Account, a.Scope.Region)
}
