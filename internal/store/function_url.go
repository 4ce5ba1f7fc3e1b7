package store

import (
	"context"

	"sluice/internal/function"
	"sluice/internal/functionurl"
)

var _ functionurl.Store = (*Store)(nil)

// ReadFunctionURLs implements functionurl.Store.
func (s *Store) ReadFunctionURLs(ctx context.Context, read func(functionurl.Reader) error) error {
	return s.read(ctx, func(t *tx) error { return read(t) })
}

// WriteFunctionURLs implements functionurl.Store.
func (s *Store) WriteFunctionURLs(ctx context.Context, write func(functionurl.Tx) error) error {
	return s.write(ctx, func(t *tx) error { return write(t) })
}

// FunctionURL implements functionurl.Reader.
func (t *tx) FunctionURL(id function.ID, qualifier string) (*functionurl.Config, error) {
	c := &functionurl.Config{}
	found, err := t.document("SELECT document FROM function_urls "+
		"WHERE account = ? AND region = ? AND function = ? AND qualifier = ?",
		[]any{id.Account, id.Region, id.Name, qualifier}, c)
	if err == nil && !found {
		err = noSuch("function URL", id.Qualified(qualifier))
	}
	return c, err
}

// FunctionURLs implements functionurl.Reader.
func (t *tx) FunctionURLs(id function.ID) ([]*functionurl.Config, error) {
	return documents[functionurl.Config](t, "SELECT document FROM function_urls "+
		"WHERE account = ? AND region = ? AND function = ? ORDER BY qualifier", id.Account, id.Region, id.Name)
}

// AllFunctionURLs implements functionurl.Reader.
func (t *tx) AllFunctionURLs() ([]*functionurl.Config, error) {
	return documents[functionurl.Config](t, "SELECT document FROM function_urls ORDER BY account, region, function, qualifier")
}

// PutFunctionURL implements functionurl.Tx.
func (t *tx) PutFunctionURL(c *functionurl.Config) error {
	t.owned(c.Function)
	return t.put(c, "INSERT INTO function_urls (document, account, region, function, qualifier, id) VALUES (?, ?, ?, ?, ?, ?) "+
		"ON CONFLICT (account, region, function, qualifier) DO UPDATE SET id = excluded.id, document = excluded.document",
		c.Function.Account, c.Function.Region, c.Function.Name, c.Qualifier, c.ID)
}

// DeleteFunctionURL implements functionurl.Tx.
func (t *tx) DeleteFunctionURL(id function.ID, qualifier string) error {
	deleted, err := t.exec("DELETE FROM function_urls WHERE account = ? AND region = ? AND function = ? AND qualifier = ?",
		id.Account, id.Region, id.Name, qualifier)
	if err == nil && deleted == 0 {
		return noSuch("function URL", id.Qualified(qualifier))
	}
	return err
}
