package store

import (
	"context"

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
