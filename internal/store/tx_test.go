package store

import (
	"errors"
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

// Rules ask whether an error says that a record is missing; one that could not be read must not pass for that, nor be put anew.
func TestADamagedRecordFailsTheTransaction(t *testing.T) {
	f, l := storetest.NewFunction("f"), storetest.NewLayer("l")
	v, a := storetest.NewVersion(f.ID, 1), storetest.NewAlias(f.ID, "live")
	for table, read := range map[string]func(tx *tx) error{
		"functions": func(tx *tx) error { _, err := tx.Function(f.ID); return err },
		"versions":  func(tx *tx) error { _, err := tx.Version(f.ID, 1); return err },
		"aliases":   func(tx *tx) error { _, err := tx.Alias(f.ID, "live"); return err },
		"layers":    func(tx *tx) error { _, err := tx.Layer(l.ID); return err },
	} {
		t.Run(table, func(t *testing.T) {
			s := openHere(t, t.TempDir())
			defer closeHere(t, s)
			err := s.write(t.Context(), func(tx *tx) error {
				err := errors.Join(tx.PutFunction(f), tx.PutVersion(v), tx.PutAlias(a), tx.PutLayer(l))
				_, damage := tx.exec("UPDATE " + table + " SET document = '{'")
				return errors.Join(err, damage)
			})
			if err != nil {
				t.Fatal(err)
			}
			err = s.write(t.Context(), func(tx *tx) error {
				if err := read(tx); err == nil || fault.Is(err, fault.NotFound, "") {
					t.Errorf("reading gave %v", err)
				}
				return nil
			})
			if err == nil || !strings.Contains(err.Error(), "read a document") {
				t.Errorf("the transaction ended with %v", err)
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
