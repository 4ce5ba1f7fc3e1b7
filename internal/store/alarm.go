package store

import (
	"context"

	"sluice/internal/alarm"
	"sluice/internal/function"
)

var _ alarm.Store = (*Store)(nil)

// ReadAlarms implements alarm.Store.
func (s *Store) ReadAlarms(ctx context.Context, read func(alarm.Reader) error) error {
	return s.read(ctx, func(t *tx) error { return read(t) })
}

// WriteAlarms implements alarm.Store.
func (s *Store) WriteAlarms(ctx context.Context, write func(alarm.Tx) error) error {
	return s.write(ctx, func(t *tx) error { return write(t) })
}

// Alarms implements alarm.Reader.
func (t *tx) Alarms() ([]*alarm.Alarm, error) {
	return documents[alarm.Alarm](t, "SELECT document FROM alarms")
}

// PutAlarm implements alarm.Tx.
func (t *tx) PutAlarm(a *alarm.Alarm) error {
	return t.put(a, "INSERT INTO alarms (document, account, region, name) VALUES (?, ?, ?, ?) "+
		"ON CONFLICT (account, region, name) DO UPDATE SET document = excluded.document",
		a.Scope.Account, a.Scope.Region, a.Name)
}

// DeleteAlarm implements alarm.Tx.
func (t *tx) DeleteAlarm(scope function.Scope, name string) error {
	return t.delete("alarm", "DELETE FROM alarms WHERE account = ? AND region = ? AND name = ?",
		scope.Account, scope.Region, name)
}
