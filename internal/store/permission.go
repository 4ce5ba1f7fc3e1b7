package store

import (
	"context"

	"sluice/internal/function"
	"sluice/internal/permission"
)

const permissionsKind kind = "permissions"

var _ permission.Store = (*Store)(nil)

// ReadPermissions implements permission.Store.
func (s *Store) ReadPermissions(ctx context.Context, read func(permission.Reader) error) error {
	return s.read(ctx, func(t *tx) error { return read(t) })
}

// WritePermissions implements permission.Store.
func (s *Store) WritePermissions(ctx context.Context, write func(permission.Tx) error) error {
	return s.write(ctx, func(t *tx) error { return write(t) })
}

// Permissions implements permission.Reader.
func (t *tx) Permissions(id function.ID, qualifier string) (*permission.Permissions, error) {
	return setting[permission.Permissions](t, permissionsKind, "policy", id, qualifier)
}

// AllPermissions implements permission.Reader.
func (t *tx) AllPermissions(id function.ID) ([]*permission.Permissions, error) {
	return settingsOf[permission.Permissions](t, permissionsKind, id)
}

// PutPermissions implements permission.Tx.
func (t *tx) PutPermissions(id function.ID, p *permission.Permissions) error {
	return t.putSetting(permissionsKind, id, p.Qualifier, p)
}

// DeletePermissions implements permission.Tx.
func (t *tx) DeletePermissions(id function.ID, qualifier string) error {
	return t.deleteSetting(permissionsKind, "policy", id, qualifier)
}
