// Package prepared gives tests data folders whose records have the newest schema already. Migrations take a test longer
// than all else that it does with a store. What migrations do, and a server's first start, is tested without it.
package prepared

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"sluice/internal/store"
)

// database is the file's name that store.Config tells.
const database = "sluice.db"

// Folder puts empty records into a folder, unless it has some, and returns it. It makes the folder if it is missing.
func Folder(t testing.TB, folder string) string {
	t.Helper()
	content, err := empty()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, database)
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return folder
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

// empty is the database that a store leaves which was opened for the first time.
var empty = sync.OnceValues(func() (content []byte, err error) {
	folder, err := os.MkdirTemp("", "prepared")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	s, err := store.Open(context.Background(), store.Config{Folder: folder})
	if err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(folder, database))
})
