package store_test

import (
	"testing"

	"sluice/internal/store/prepared"
	"sluice/internal/store/storetest"
)

func TestStoreKeepsThePromisesOfCode(t *testing.T) {
	storetest.Code(t, func(t *testing.T) func() storetest.CodeStore {
		folder := t.TempDir()
		return func() storetest.CodeStore { return openStore(t, prepared.Folder(t, folder)) }
	})
}
