package store_test

import (
	"testing"

	"sluice/internal/store/prepared"
	"sluice/internal/store/storetest"
)

func TestStoreKeepsThePromisesOfAlarms(t *testing.T) {
	storetest.Alarms(t, func(t *testing.T) func() storetest.AlarmStore {
		folder := t.TempDir()
		return func() storetest.AlarmStore { return openStore(t, prepared.Folder(t, folder)) }
	})
}
