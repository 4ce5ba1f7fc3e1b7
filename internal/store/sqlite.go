package store

import (
	"database/sql"
	"errors"
	"net/url"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"sluice/internal/fault"
)

// databaseName is the database's file in the data folder. SQLite keeps two more beside it while it is open.
const databaseName = "sluice.db"

const (
	// beginWrite takes the write lock at once: a transaction that reads first and writes later may find it taken.
	beginWrite = "BEGIN IMMEDIATE"
	beginRead  = "BEGIN"
)

// Both kinds of connection get small page caches (in KiB, negative as SQLite wants it): the operating system caches
// the file anyway, and idle memory is measured.
var (
	writePragmas = []string{
		"busy_timeout(5000)", // milliseconds; only a foreign tool on the same file makes us wait
		"journal_mode(WAL)",
		"synchronous(FULL)", // NORMAL would lose acknowledged commits in a power failure
		"foreign_keys(ON)",
		"cache_size(-1024)",
		"journal_size_limit(16777216)",
	}
	readPragmas = []string{"busy_timeout(5000)", "query_only(ON)", "cache_size(-512)"}
)

// openDatabase returns the pool of the one writing connection. It does not touch the file yet.
func openDatabase(path string) (*sql.DB, error) {
	return openFile(path, "rwc", writePragmas, 1)
}

// openReadOnly returns the pool of the reading connections. They need one for writing to be open before.
func openReadOnly(path string) (*sql.DB, error) {
	return openFile(path, "ro", readPragmas, readerCount)
}

func openFile(path, mode string, pragmas []string, connections int) (*sql.DB, error) {
	query := url.Values{"_pragma": pragmas, "mode": {mode}}
	source := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: query.Encode()}
	connector, err := sqlite.NewConnector(source.String())
	if err != nil {
		return nil, err
	}
	database := sql.OpenDB(connector)
	database.SetMaxOpenConns(connections)
	database.SetMaxIdleConns(connections)
	return database, nil
}

// explain turns what SQLite says about a file that is no sound database into an error for people.
func explain(path string, err error) error {
	var failure *sqlite.Error
	if !errors.As(err, &failure) {
		return err
	}
	switch failure.Code() & 0xff {
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return fault.Errorf(fault.Invalid, "database",
			"%s is damaged or no database (%w). Put a backup in its place, or move it away to start anew.", path, err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return fault.Errorf(fault.Invalid, "database",
			"%s can't be opened for writing (%w). Check who owns it and its folder.", path, err)
	}
	return err
}

// missingTable reports whether a statement failed since one of its tables does not exist.
func missingTable(err error) bool {
	// SQLite has no code of its own for it; the text is part of its tested behaviour.
	var failure *sqlite.Error
	return errors.As(err, &failure) && failure.Code()&0xff == sqlite3.SQLITE_ERROR &&
		strings.Contains(failure.Error(), "no such table")
}
