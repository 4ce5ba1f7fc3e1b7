package prepared_test

import (
	"path/filepath"
	"testing"

	"sluice/internal/function"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
	"sluice/internal/store/storetest"
)

// Records are empty at first, and stay when their folder is prepared again.
func TestFolder(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	f := storetest.NewFunction("f")
	for time := range 2 {
		s, err := store.Open(t.Context(), store.Config{Folder: prepared.Folder(t, folder)})
		if err != nil {
			t.Fatal(err)
		}
		err = s.WriteFunctions(t.Context(), func(tx function.Tx) error {
			if _, err := tx.Function(f.ID); (err == nil) != (time == 1) {
				t.Errorf("time %d: %v", time, err)
			}
			return tx.PutFunction(f)
		})
		if err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
