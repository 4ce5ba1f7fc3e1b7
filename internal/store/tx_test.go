package store

import (
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/store/storetest"
)

// PostgreSQL ends a transaction with the first statement that fails, and SQLite some; so no closure may go on after it.
func TestAnIgnoredErrorOfAStatementFailsTheTransaction(t *testing.T) {
	f := storetest.NewFunction("f")
	for name, fail := range map[string]func(tx *tx) error{
		"a change that can't be prepared": func(tx *tx) error { _, err := tx.exec("INSERT INTO nowhere VALUES (1)"); return err },
		"a change that breaks a rule": func(tx *tx) error {
			_, err := tx.exec("INSERT INTO versions (account, region, function, number, document) VALUES ('', '', '', -1, '')")
			return err
		},
		"a row that can't be read": func(tx *tx) error { _, err := tx.row("SELECT 1 FROM nowhere", nil); return err },
		"a column of another type": func(tx *tx) error {
			var number int
			_, err := tx.row("SELECT 'word'", nil, &number)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := openHere(t, t.TempDir())
			defer closeHere(t, s)
			var ignored error
			err := s.write(t.Context(), func(tx *tx) error {
				ignored = fail(tx)
				if err := tx.PutFunction(f); err == nil {
					t.Error("the transaction goes on")
				}
				return nil
			})
			if ignored == nil || err == nil || !strings.Contains(err.Error(), ignored.Error()) {
				t.Errorf("the statement failed with %v, the write with %v; want the same", ignored, err)
			}
			err = s.WriteFunctions(t.Context(), func(tx function.Tx) error {
				_, err := tx.Function(f.ID)
				return err
			})
			if !fault.Is(err, fault.NotFound, "function") {
				t.Errorf("error %v, want nothing written", err)
			}
		})
	}
}

func TestReadersCannotWrite(t *testing.T) {
	s := openHere(t, t.TempDir())
	defer closeHere(t, s)
	err := s.read(t.Context(), func(tx *tx) error { return tx.PutFunction(storetest.NewFunction("f")) })
	if err == nil {
		t.Error("a reader wrote a function")
	}
}
