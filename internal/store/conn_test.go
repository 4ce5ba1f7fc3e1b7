package store

import (
	"testing"

	"sluice/internal/function"
	"sluice/internal/store/storetest"
)

// lose ends a transaction behind its owner's back, as SQLite does when the disk fails.
func lose(t *testing.T, tx *tx) {
	t.Helper()
	if _, err := tx.conn.exec("ROLLBACK"); err != nil {
		t.Error(err)
	}
}

func TestALostReadCostsNoConnection(t *testing.T) {
	s := openHere(t, t.TempDir())
	defer closeHere(t, s)
	for range 3 * readerCount {
		err := s.read(t.Context(), func(tx *tx) error {
			lose(t, tx)
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
	if open := s.readOnly.Stats().OpenConnections; open != 0 {
		t.Errorf("%d connections are left in an unknown state", open)
	}
	err := s.ReadFunctions(t.Context(), func(r function.Reader) error {
		_, err := r.Functions(function.Scope{}, "", 0)
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestALostWriteIsReportedAndTheNextSucceeds(t *testing.T) {
	s := openHere(t, t.TempDir())
	defer closeHere(t, s)
	for range 3 {
		err := s.write(t.Context(), func(tx *tx) error {
			lose(t, tx)
			return nil
		})
		if err == nil {
			t.Error("a lost write was acknowledged")
		}
		put := func(tx function.Tx) error { return tx.PutFunction(storetest.NewFunction("f")) }
		if err := s.WriteFunctions(t.Context(), put); err != nil {
			t.Error(err)
		}
	}
}
