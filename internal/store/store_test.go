package store_test

import (
	"testing"

	"sluice/internal/store"
	"sluice/internal/store/prepared"
	"sluice/internal/store/storetest"
)

func TestStoreKeepsThePromisesOfFunctions(t *testing.T) {
	storetest.Functions(t, func(t *testing.T) func() storetest.FunctionStore {
		folder := t.TempDir()
		return func() storetest.FunctionStore { return openStore(t, prepared.Folder(t, folder)) }
	})
}

func TestStoreKeepsThePromisesOfRollouts(t *testing.T) {
	storetest.Rollouts(t, func(t *testing.T) func() storetest.RolloutStore {
		folder := t.TempDir()
		return func() storetest.RolloutStore { return openStore(t, prepared.Folder(t, folder)) }
	})
}

func openStore(t testing.TB, folder string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}
