package store

import (
	"context"
	"database/sql"

	"sluice/internal/function"
	"sluice/internal/httpapi"
)

var _ httpapi.Store = (*Store)(nil)

// ReadHTTPAPIs implements httpapi.Store.
func (s *Store) ReadHTTPAPIs(ctx context.Context, read func(httpapi.Reader) error) error {
	return s.read(ctx, func(t *tx) error { return read(t) })
}

// WriteHTTPAPIs implements httpapi.Store.
func (s *Store) WriteHTTPAPIs(ctx context.Context, write func(httpapi.Tx) error) error {
	return s.write(ctx, func(t *tx) error { return write(t) })
}

// HTTPAPI implements httpapi.Reader.
func (t *tx) HTTPAPI(id httpapi.ID) (*httpapi.API, error) {
	a := &httpapi.API{}
	found, err := t.document("SELECT document FROM http_apis WHERE account = ? AND region = ? AND id = ?",
		[]any{id.Account, id.Region, id.API}, a)
	if err == nil && !found {
		err = noSuch("HTTP API", id.API)
	}
	return a, err
}

// HTTPAPIs implements httpapi.Reader.
func (t *tx) HTTPAPIs(scope function.Scope) ([]*httpapi.API, error) {
	return documents[httpapi.API](t, "SELECT document FROM http_apis WHERE account = ? AND region = ? ORDER BY id", scope.Account, scope.Region)
}

// AllHTTPAPIs implements httpapi.Reader.
func (t *tx) AllHTTPAPIs() ([]httpapi.ID, error) {
	return rows(t, "SELECT account, region, id FROM http_apis ORDER BY id", nil, func(row *sql.Rows) (id httpapi.ID, err error) {
		return id, row.Scan(&id.Account, &id.Region, &id.API)
	})
}

// PutHTTPAPI implements httpapi.Tx.
func (t *tx) PutHTTPAPI(a *httpapi.API) error {
	return t.put(a, "INSERT INTO http_apis (document, account, region, id) VALUES (?, ?, ?, ?) "+
		"ON CONFLICT (account, region, id) DO UPDATE SET document = excluded.document", a.ID.Account, a.ID.Region, a.ID.API)
}

// DeleteHTTPAPI implements httpapi.Tx.
func (t *tx) DeleteHTTPAPI(id httpapi.ID) error {
	return t.delete("HTTP API", "DELETE FROM http_apis WHERE account = ? AND region = ? AND id = ?", id.Account, id.Region, id.API)
}
