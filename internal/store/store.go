package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"sluice/internal/fault"
)

// Config says where the records are.
type Config struct {
	// Folder is the data folder. It is created if it is missing, with its parents, readable by its owner alone.
	// The database in it is sluice.db.
	Folder string
	// Logger gets what no caller is told. Nil discards it.
	Logger *slog.Logger
}

// Store keeps records. Its methods may be called by many goroutines at once.
type Store struct {
	lock     *folderLock
	database *sql.DB // for writing
	readOnly *sql.DB
	readers  *readers
	writer   *writer
}

// Open opens the records in a folder, creates them if there are none, and brings their schema up to date. The folder
// is held until Close or the end of the process, however it ends.
// Errors: fault.Conflict "data folder" if another process holds it; fault.Invalid "database" if a newer Sluice has
// written it, or if it is damaged.
func Open(ctx context.Context, config Config) (*Store, error) {
	if config.Logger == nil {
		config.Logger = slog.New(slog.DiscardHandler)
	}
	if err := os.MkdirAll(config.Folder, 0o700); err != nil {
		return nil, fmt.Errorf("create the data folder: %w", err)
	}
	lock, err := lockFolder(config.Folder)
	if err != nil {
		return nil, err
	}
	s, err := open(ctx, filepath.Join(config.Folder, databaseName), config.Logger)
	if err != nil {
		return nil, errors.Join(err, lock.release())
	}
	s.lock = lock
	return s, nil
}

// open opens the database in a folder that is locked.
func open(ctx context.Context, path string, logger *slog.Logger) (*Store, error) {
	database, err := openDatabase(path)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	s := &Store{database: database}
	if err := migrate(ctx, database, path); err != nil {
		return nil, errors.Join(err, database.Close())
	}
	if s.readOnly, err = openReadOnly(path); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s for reading: %w", path, err), database.Close())
	}
	s.readers = newReaders(s.readOnly)
	if s.writer, err = startWriter(ctx, database, logger); err != nil {
		return nil, errors.Join(explain(path, err), s.readOnly.Close(), database.Close())
	}
	return s, nil
}

// Close waits for the writes that were accepted and for the reads that run, closes the database and gives the folder
// back. Later reads and writes fail with fault.Unavailable "store". Calling it again does nothing.
func (s *Store) Close() error {
	if !s.writer.stop() {
		return nil
	}
	return errors.Join(s.readers.close(), s.readOnly.Close(), s.database.Close(), s.lock.release())
}

// write runs a closure in a transaction and returns when its changes are on disk. It returns the closure's error, a
// panic as an error, or ctx's error if ctx ended before the closure's turn came; once begun, it is seen through.
// A closure must not call write: it would wait for itself.
func (s *Store) write(ctx context.Context, closure func(*tx) error) error {
	return s.writer.write(ctx, closure)
}

// read runs a closure on one state of the records and returns its error.
func (s *Store) read(ctx context.Context, closure func(*tx) error) error {
	return s.readers.read(ctx, closure)
}

func errClosed() error {
	return fault.Errorf(fault.Unavailable, "store", "The server is stopping; try again when it is up.")
}
