package store

import "sluice/internal/function"

const permissionsKind kind = "permissions"

// Permissions implements function.SettingReader.
func (t *tx) Permissions(id function.ID, qualifier string) (*function.Permissions, error) {
	return setting[function.Permissions](t, permissionsKind, "policy", id, qualifier)
}

// AllPermissions implements function.SettingReader.
func (t *tx) AllPermissions(id function.ID) ([]*function.Permissions, error) {
	return settingsOf[function.Permissions](t, permissionsKind, id)
}

// PutPermissions implements function.SettingTx.
func (t *tx) PutPermissions(id function.ID, p *function.Permissions) error {
	return t.putSetting(permissionsKind, id, p.Qualifier, p)
}

// DeletePermissions implements function.SettingTx.
func (t *tx) DeletePermissions(id function.ID, qualifier string) error {
	return t.deleteSetting(permissionsKind, "policy", id, qualifier)
}
