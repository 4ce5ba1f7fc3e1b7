package store_test

import (
	"testing"

	"sluice/internal/store/prepared"
	"sluice/internal/store/storetest"
)

func TestStoreKeepsThePromisesOfHTTPAPIs(t *testing.T) {
	storetest.HTTPAPIs(t, func(t *testing.T) func() storetest.HTTPAPIStore {
		folder := t.TempDir()
		return func() storetest.HTTPAPIStore { return openStore(t, prepared.Folder(t, folder)) }
	})
}
