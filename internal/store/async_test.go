package store_test

import (
	"testing"

	"sluice/internal/store/prepared"
	"sluice/internal/store/storetest"
)

func TestStoreKeepsThePromisesOfEvents(t *testing.T) {
	storetest.Events(t, func(t *testing.T) func() storetest.EventStore {
		folder := t.TempDir()
		return func() storetest.EventStore { return openStore(t, prepared.Folder(t, folder)) }
	})
}
