package store_test

import (
	"testing"

	"sluice/internal/store/prepared"
	"sluice/internal/store/storetest"
)

func TestStoreKeepsThePromisesOfParameters(t *testing.T) {
	storetest.Parameters(t, func(t *testing.T) func() storetest.ParameterStore {
		folder := t.TempDir()
		return func() storetest.ParameterStore { return openStore(t, prepared.Folder(t, folder)) }
	})
}
