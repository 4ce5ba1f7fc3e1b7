package store

import "sluice/internal/function"

const runtimeUpdatesKind kind = "runtime updates"

// RuntimeUpdates implements function.SettingReader.
func (t *tx) RuntimeUpdates(id function.ID, qualifier string) (*function.RuntimeUpdates, error) {
	return setting[function.RuntimeUpdates](t, runtimeUpdatesKind, "runtime", id, qualifier)
}

// PutRuntimeUpdates implements function.SettingTx.
func (t *tx) PutRuntimeUpdates(id function.ID, u *function.RuntimeUpdates) error {
	return t.putSetting(runtimeUpdatesKind, id, u.Qualifier, u)
}
