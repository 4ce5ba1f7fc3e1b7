package store_test

import (
	"testing"

	"sluice/internal/store/prepared"
	"sluice/internal/store/storetest"
)

func TestStoreKeepsThePromisesOfLogs(t *testing.T) {
	storetest.Logs(t, func(t *testing.T) func() storetest.LogStore {
		folder := t.TempDir()
		return func() storetest.LogStore { return openStore(t, prepared.Folder(t, folder)) }
	})
}
