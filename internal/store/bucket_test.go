package store_test

import (
	"testing"

	"sluice/internal/bucket"
	"sluice/internal/function"
	"sluice/internal/layer"
	"sluice/internal/store/storetest"
)

func TestStoreKeepsThePromisesOfBuckets(t *testing.T) {
	storetest.Buckets(t, func(t *testing.T) func() storetest.BucketStore {
		folder := t.TempDir()
		return func() storetest.BucketStore { return openStore(t, folder) }
	})
}

// A blob that a package or a layer is in must never be removed, although other rooms' records name it.
func TestBlobsOfFunctionsVersionsAndLayersAreInUse(t *testing.T) {
	s := openStore(t, t.TempDir())
	f := storetest.NewFunction("f")
	f.Latest.Code.SHA256 = "of+the/function="
	v := storetest.NewVersion(f.ID, 1)
	v.Code.SHA256 = "of+the/version="
	l := storetest.NewLayer("l")
	lv := storetest.NewLayerVersion(l.ID, 1)
	mustWrite(t, s.WriteFunctions(t.Context(), func(tx function.Tx) error { return firstError(tx.PutFunction(f), tx.PutVersion(v)) }))
	mustWrite(t, s.WriteLayers(t.Context(), func(tx layer.Tx) error { return firstError(tx.PutLayer(l), tx.PutLayerVersion(lv)) }))
	for blob, want := range map[string]bool{
		f.Latest.Code.SHA256: true, v.Code.SHA256: true, lv.Code.SHA256: true, "of+nobody/at+all=": false,
	} {
		err := s.ReadBuckets(t.Context(), func(r bucket.Reader) error {
			used, err := r.InUse(blob)
			if used != want {
				t.Errorf("%s is in use: %v", blob, used)
			}
			return err
		})
		mustWrite(t, err)
	}
}
