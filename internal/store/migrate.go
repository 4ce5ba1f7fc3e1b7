package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"strings"

	"github.com/pressly/goose/v3"

	"sluice/internal/fault"
)

// Migrations are never edited once they are released; a change of the schema is the next number.
//
//go:embed migrations/*.sql
var embedded embed.FS

// migrate brings the schema up to the newest embedded migration. A schema that is there already costs one query:
// goose would first parse every migration.
func migrate(ctx context.Context, database *sql.DB, path string) error {
	newest, err := newestMigration()
	if err != nil {
		return fmt.Errorf("list migrations: %w", err)
	}
	applied, err := appliedMigration(ctx, database)
	switch {
	case err != nil:
		return explain(path, fmt.Errorf("read the schema number of %s: %w", path, err))
	case applied == newest:
		return nil
	case applied > newest:
		return fault.Errorf(fault.Invalid, "database",
			"%s was written by a newer Sluice: its schema has number %d, and this one knows up to %d. "+
				"Use that Sluice, or another data folder.", path, applied, newest)
	}
	migrations, err := newMigrations(database)
	if err != nil {
		return fmt.Errorf("prepare migrations: %w", err)
	}
	if _, err := migrations.Up(ctx); err != nil {
		return explain(path, fmt.Errorf("bring the schema of %s up to date: %w", path, err))
	}
	_, err = database.ExecContext(ctx, "PRAGMA shrink_memory") // of what the statements took; the connection goes on
	return err
}

func newMigrations(database *sql.DB) (*goose.Provider, error) {
	migrations, err := readMigrations()
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectSQLite3, database, nil, goose.WithGoMigrations(migrations...), goose.WithDisableGlobalRegistry(true))
}

// readMigrations hands the embedded files to goose as functions. Its own reader takes 4 MiB for each of several files at
// once, which an idle server would keep, and cuts into statements what the database can take whole.
func readMigrations() (migrations []*goose.Migration, err error) {
	files, err := embedded.ReadDir("migrations")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		number, err := goose.NumericComponent(file.Name())
		if err != nil {
			return nil, err
		}
		text, err := embedded.ReadFile("migrations/" + file.Name())
		if err != nil {
			return nil, err
		}
		up, down, ok := strings.Cut(string(text), "-- +goose Down\n")
		if !ok {
			return nil, fmt.Errorf("%s has no way down", file.Name())
		}
		migrations = append(migrations, goose.NewGoMigration(number, statements(up), statements(down)))
	}
	return migrations, nil
}

func statements(text string) *goose.GoFunc {
	return &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, text)
		return err
	}}
}

// newestMigration returns the number of the newest embedded migration.
func newestMigration() (int64, error) {
	files, err := embedded.ReadDir("migrations")
	if err != nil {
		return 0, err
	}
	return goose.NumericComponent(files[len(files)-1].Name()) // embed sorts by name, and numbers are padded
}

// appliedMigration returns the number of the schema in the database, 0 if there is none.
func appliedMigration(ctx context.Context, database *sql.DB) (int64, error) {
	var number int64
	err := database.QueryRowContext(ctx, "SELECT COALESCE(MAX(version_id), 0) FROM "+goose.DefaultTablename).Scan(&number)
	if missingTable(err) {
		return 0, nil
	}
	return number, err
}
