package store_test

import (
	"testing"

	"sluice/internal/store/prepared"
	"sluice/internal/store/storetest"
)

func TestStoreKeepsThePromisesOfPermissions(t *testing.T) {
	storetest.Permissions(t, func(t *testing.T) func() storetest.PermissionStore {
		folder := t.TempDir()
		return func() storetest.PermissionStore { return openStore(t, prepared.Folder(t, folder)) }
	})
}
