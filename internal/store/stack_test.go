package store_test

import (
	"testing"

	"sluice/internal/store/prepared"
	"sluice/internal/store/storetest"
)

func TestStoreKeepsThePromisesOfStacks(t *testing.T) {
	storetest.Stacks(t, func(t *testing.T) func() storetest.StackStore {
		folder := t.TempDir()
		return func() storetest.StackStore { return openStore(t, prepared.Folder(t, folder)) }
	})
}
