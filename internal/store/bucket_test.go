package store_test

import (
	"testing"

	"sluice/internal/store/prepared"
	"sluice/internal/store/storetest"
)

func TestStoreKeepsThePromisesOfBuckets(t *testing.T) {
	storetest.Buckets(t, func(t *testing.T) func() storetest.BucketStore {
		folder := t.TempDir()
		return func() storetest.BucketStore { return openStore(t, prepared.Folder(t, folder)) }
	})
}
