package store_test

import (
	"testing"

	"sluice/internal/store/prepared"
	"sluice/internal/store/storetest"
)

func TestStoreKeepsThePromisesOfFunctionURLs(t *testing.T) {
	storetest.FunctionURLs(t, func(t *testing.T) func() storetest.FunctionURLStore {
		folder := t.TempDir()
		return func() storetest.FunctionURLStore { return openStore(t, prepared.Folder(t, folder)) }
	})
}
