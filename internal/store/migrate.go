package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

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
	return nil
}

func newMigrations(database *sql.DB) (*goose.Provider, error) {
	files, err := fs.Sub(embedded, "migrations")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectSQLite3, database, files, goose.WithDisableGlobalRegistry(true))
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
