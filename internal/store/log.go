package store

import (
	"context"

	"sluice/internal/logs"
)

var _ logs.Store = (*Store)(nil)

// ReadLogs implements logs.Store.
func (s *Store) ReadLogs(ctx context.Context, read func(logs.Reader) error) error {
	return s.read(ctx, func(t *tx) error { return read(t) })
}

// WriteLogs implements logs.Store.
func (s *Store) WriteLogs(ctx context.Context, write func(logs.Tx) error) error {
	return s.write(ctx, func(t *tx) error { return write(t) })
}
