package store_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"sluice/internal/function"
	"sluice/internal/store/storetest"
)

// As TestDocumentsKeepTheirForm, for each kind of setting.
func TestSettingsKeepTheirForm(t *testing.T) {
	folder := t.TempDir()
	s := openStore(t, folder)
	f := storetest.NewFunction("f")
	mustWrite(t, s.WriteFunctions(t.Context(), func(tx function.Tx) error {
		return firstError(tx.PutFunction(f), tx.PutPermissions(f.ID, storetest.NewPermissions("live")),
			tx.PutRuntimeUpdates(f.ID, storetest.NewRuntimeUpdates("1")))
	}))
	mustWrite(t, s.Close())
	got := settings(t, filepath.Join(folder, "sluice.db"))
	golden := filepath.Join("testdata", "settings.golden")
	if *update {
		mustWrite(t, os.WriteFile(golden, got, 0o644))
	}
	want, err := os.ReadFile(golden)
	if err != nil || !bytes.Equal(want, got) {
		t.Errorf("%v; the settings are\n%s", err, got)
	}
}

// settings writes out the settings in a database by kind.
func settings(t *testing.T, path string) []byte {
	t.Helper()
	database, err := sql.Open("sqlite", path)
	mustWrite(t, err)
	defer database.Close()
	rows, err := database.Query("SELECT kind, qualifier, document FROM settings ORDER BY kind")
	mustWrite(t, err)
	defer rows.Close()
	var out bytes.Buffer
	for rows.Next() {
		var kind, qualifier string
		var document []byte
		mustWrite(t, rows.Scan(&kind, &qualifier, &document))
		fmt.Fprintf(&out, "== %s of %s\n", kind, qualifier)
		mustWrite(t, json.Indent(&out, document, "", " "))
		out.WriteByte('\n')
	}
	mustWrite(t, rows.Err())
	return out.Bytes()
}
