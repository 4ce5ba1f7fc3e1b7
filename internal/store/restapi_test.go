package store_test

import (
	"testing"

	"sluice/internal/store/prepared"
	"sluice/internal/store/storetest"
)

func TestStoreKeepsThePromisesOfRESTAPIs(t *testing.T) {
	storetest.RESTAPIs(t, func(t *testing.T) func() storetest.RESTAPIStore {
		folder := t.TempDir()
		return func() storetest.RESTAPIStore { return openStore(t, prepared.Folder(t, folder)) }
	})
}
