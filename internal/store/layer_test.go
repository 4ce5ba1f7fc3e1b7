package store_test

import (
	"testing"

	"sluice/internal/store/prepared"
	"sluice/internal/store/storetest"
)

func TestStoreKeepsThePromisesOfLayers(t *testing.T) {
	storetest.Layers(t, func(t *testing.T) func() storetest.LayerStore {
		folder := t.TempDir()
		return func() storetest.LayerStore { return openStore(t, prepared.Folder(t, folder)) }
	})
}
