package store

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/pressly/goose/v3"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/store/storetest"
)

// withMigrations hands the closed database of a folder to a test.
func withMigrations(t *testing.T, folder string, use func(database *sql.DB, migrations *goose.Provider)) {
	t.Helper()
	database, err := openDatabase(filepath.Join(folder, databaseName))
	if err != nil {
		t.Fatal(err)
	}
	migrations, err := newMigrations(database)
	if err != nil {
		t.Fatal(err)
	}
	use(database, migrations)
	if err := database.Close(); err != nil {
		t.Fatal(err)
	}
}

// schema returns the statements that would make the database's tables and indexes, without goose's own.
func schema(t *testing.T, database *sql.DB) (statements []string) {
	t.Helper()
	found, err := database.QueryContext(t.Context(), "SELECT type, name, COALESCE(sql, '') FROM sqlite_master "+
		"WHERE tbl_name NOT LIKE 'goose%' AND tbl_name NOT LIKE 'sqlite%' ORDER BY type, name")
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	for found.Next() {
		var kind, name, statement string
		if err := found.Scan(&kind, &name, &statement); err != nil {
			t.Fatal(err)
		}
		statements = append(statements, fmt.Sprintf("%s %s: %s", kind, name, statement))
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return statements
}

func TestEachMigrationGoesUpAndDownAndUpAgain(t *testing.T) {
	withMigrations(t, t.TempDir(), func(database *sql.DB, migrations *goose.Provider) {
		for _, migration := range migrations.ListSources() {
			step := func(name string, result *goose.MigrationResult, err error) []string {
				t.Helper()
				if err != nil || result.Source.Version != migration.Version {
					t.Fatalf("%s %d: %v, %v", name, migration.Version, result, err)
				}
				return schema(t, database)
			}
			before := schema(t, database)
			result, err := migrations.UpByOne(t.Context())
			up := step("up", result, err)
			result, err = migrations.Down(t.Context())
			down := step("down", result, err)
			result, err = migrations.UpByOne(t.Context())
			again := step("up again", result, err)
			if slices.Equal(up, before) || !slices.Equal(down, before) || !slices.Equal(again, up) {
				t.Errorf("migration %d: from\n%q\nup to\n%q\ndown to\n%q\nup to\n%q", migration.Version, before, up, down, again)
			}
		}
	})
}

func TestMigrationsAreNumberedWithoutGaps(t *testing.T) {
	withMigrations(t, t.TempDir(), func(_ *sql.DB, migrations *goose.Provider) {
		for i, migration := range migrations.ListSources() {
			if migration.Version != int64(i+1) {
				t.Errorf("%d has the place of migration %d", migration.Version, i+1)
			}
		}
	})
}

func TestAnOlderSchemaIsBroughtUpToDateWithItsRecords(t *testing.T) {
	folder := t.TempDir()
	f := storetest.NewFunction("old")
	s := openHere(t, folder)
	if err := s.WriteFunctions(t.Context(), func(tx function.Tx) error { return tx.PutFunction(f) }); err != nil {
		t.Fatal(err)
	}
	closeHere(t, s)
	withMigrations(t, folder, func(_ *sql.DB, migrations *goose.Provider) {
		if _, err := migrations.DownTo(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
	})
	s = openHere(t, folder)
	defer closeHere(t, s)
	err := s.ReadFunctions(t.Context(), func(r function.Reader) error {
		_, err := r.Function(f.ID)
		return err
	})
	if err != nil {
		t.Error(err)
	}
	newest, err := newestMigration()
	if applied, appliedErr := appliedMigration(t.Context(), s.readOnly); applied != newest || appliedErr != nil || err != nil {
		t.Errorf("schema number %d, %v; want %d, %v", applied, appliedErr, newest, err)
	}
}

// A blob that is taken for one of no record would be removed, so records from before code_blobs have to be in it.
func TestCodeFromBeforeItsTableIsInUse(t *testing.T) {
	folder := t.TempDir()
	f, l := storetest.NewFunction("f"), storetest.NewLayer("l")
	f.Latest.Code.SHA256, f.Latest.Config.Layers[0].Code.SHA256 = "latest", "latest's layer"
	v := storetest.NewVersion(f.ID, 1)
	v.Code.SHA256, v.Config.Layers = "version", append(v.Config.Layers, function.Layer{Code: function.Code{SHA256: "version's other layer"}})
	lv := storetest.NewLayerVersion(l.ID, 1)
	bare := &function.Function{ID: function.ID{Name: "bare"}, Latest: function.Version{Code: function.Code{SHA256: "bare"}}}
	s := openHere(t, folder)
	err := s.write(t.Context(), func(tx *tx) error {
		return errors.Join(tx.PutFunction(f), tx.PutVersion(v), tx.PutFunction(bare), tx.PutLayer(l), tx.PutLayerVersion(lv))
	})
	if err != nil {
		t.Fatal(err)
	}
	closeHere(t, s)
	withMigrations(t, folder, func(_ *sql.DB, migrations *goose.Provider) {
		if _, err := migrations.DownTo(t.Context(), 13); err != nil {
			t.Fatal(err)
		}
	})
	s = openHere(t, folder)
	defer closeHere(t, s)
	for _, sum := range []string{"latest", "latest's layer", "version", v.Config.Layers[0].Code.SHA256, "version's other layer", "bare", lv.Code.SHA256} {
		var used bool
		err := s.read(t.Context(), func(tx *tx) (err error) { used, err = tx.InUse(sum); return err })
		if err != nil || !used {
			t.Errorf("%q is in use: %v, %v", sum, used, err)
		}
	}
	if err := s.write(t.Context(), func(tx *tx) error { return tx.DeleteVersion(f.ID, 1) }); err != nil {
		t.Fatal(err)
	}
	err = s.read(t.Context(), func(tx *tx) error {
		if used, err := tx.InUse("version"); used || err != nil {
			t.Errorf("what was deleted is in use: %v, %v", used, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestANewerSchemaIsRefused(t *testing.T) {
	folder := t.TempDir()
	closeHere(t, openHere(t, folder))
	change := func(statement string) {
		withMigrations(t, folder, func(database *sql.DB, _ *goose.Provider) {
			if _, err := database.ExecContext(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
		})
	}
	change("INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)")
	if _, err := Open(t.Context(), Config{Folder: folder}); !fault.Is(err, fault.Invalid, "database") {
		t.Errorf("error %v, want one about the database", err)
	}
	change("DELETE FROM goose_db_version WHERE version_id = 99999")
	closeHere(t, openHere(t, folder)) // neither harmed nor held
}

func openHere(t *testing.T, folder string) *Store {
	t.Helper()
	s, err := Open(t.Context(), Config{Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func closeHere(t *testing.T, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
