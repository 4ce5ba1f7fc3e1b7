package store

import (
	"context"

	"sluice/internal/async"
	"sluice/internal/function"
)

var _ async.Store = (*Store)(nil)

// ReadEvents implements async.Store.
func (s *Store) ReadEvents(ctx context.Context, read func(async.Reader) error) error {
	return s.read(ctx, func(t *tx) error { return read(t) })
}

// WriteEvents implements async.Store.
func (s *Store) WriteEvents(ctx context.Context, write func(async.Tx) error) error {
	return s.write(ctx, func(t *tx) error { return write(t) })
}

// eventConfig is the kind of setting that an async.Config is.
const eventConfig kind = "events"

// EventConfig implements async.Reader.
func (t *tx) EventConfig(id function.ID, qualifier string) (*async.Config, error) {
	return setting[async.Config](t, eventConfig, "event config", id, qualifier)
}

// EventConfigs implements async.Reader.
func (t *tx) EventConfigs(id function.ID) ([]*async.Config, error) {
	return settingsOf[async.Config](t, eventConfig, id)
}

// PutEventConfig implements async.Tx.
func (t *tx) PutEventConfig(c *async.Config) error {
	return t.putSetting(eventConfig, c.Function, c.Qualifier, c)
}

// DeleteEventConfig implements async.Tx.
func (t *tx) DeleteEventConfig(id function.ID, qualifier string) error {
	return t.deleteSetting(eventConfig, "event config", id, qualifier)
}
