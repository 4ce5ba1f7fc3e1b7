package store_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/store"
)

func TestADamagedDatabaseIsRefused(t *testing.T) {
	for name, damage := range map[string]func(t *testing.T, path string, content []byte){
		"text":                func(t *testing.T, path string, _ []byte) { writeFile(t, path, []byte("not a database\n")) },
		"much text":           func(t *testing.T, path string, c []byte) { writeFile(t, path, bytes.Repeat([]byte("x"), len(c))) },
		"zeros":               func(t *testing.T, path string, c []byte) { writeFile(t, path, make([]byte, len(c))) },
		"a header alone":      func(t *testing.T, path string, c []byte) { writeFile(t, path, c[:100]) },
		"the first page":      func(t *testing.T, path string, c []byte) { writeFile(t, path, c[:4096]) },
		"half of it":          func(t *testing.T, path string, c []byte) { writeFile(t, path, c[:len(c)/2]) },
		"an overwritten page": func(t *testing.T, path string, c []byte) { writeFile(t, path, overwrite(c, 100, len(c))) },
		"a folder in its place": func(t *testing.T, path string, _ []byte) {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			folder, path, content := soundDatabase(t)
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			damage(t, path, content)
			s, err := store.Open(t.Context(), store.Config{Folder: folder})
			if !fault.Is(err, fault.Invalid, "database") {
				t.Errorf("opened %v, %v; want an error about the database", s, err)
			}
			if err := os.RemoveAll(path); err != nil {
				t.Fatal(err)
			}
			writeFile(t, path, content)
			openStore(t, folder) // a backup in its place, as the error advises
		})
	}
}

// soundDatabase makes a database with a record, and returns its folder, path and content.
func soundDatabase(t *testing.T) (folder, path string, content []byte) {
	t.Helper()
	folder = t.TempDir()
	s := openStore(t, folder)
	if err := s.WriteFunctions(t.Context(), putNumbered(1)); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(folder, "sluice.db")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return folder, path, content
}

func writeFile(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func overwrite(content []byte, from, to int) []byte {
	damaged := bytes.Clone(content)
	copy(damaged[from:to], bytes.Repeat([]byte{0xa5}, to-from))
	return damaged
}

func TestFoldersMayHaveAnyName(t *testing.T) {
	for _, name := range []string{
		"plain", "two words", "a?b=c", "a#b", "50%", "%41", "a&mode=ro", "it's", `"`, `back\slash`, "ä", "日本", ":memory:", "a:b",
		filepath.Join("not", "there", "yet"),
	} {
		t.Run(name, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), name)
			keepsRecord(t, folder)
			if _, err := os.Stat(filepath.Join(folder, "sluice.db")); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestAFolderMayBeRelative(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, folder := range []string{".", "below", "./dot", "a?b", "a:b"} {
		keepsRecord(t, folder)
	}
}

func keepsRecord(t *testing.T, folder string) {
	t.Helper()
	s := openStore(t, folder)
	if err := s.WriteFunctions(t.Context(), putNumbered(1)); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openStore(t, folder)
	defer s.Close()
	if all, err := list(t.Context(), s); err != nil || len(all) != 1 {
		t.Errorf("%d records in %s, %v; want the one that was written", len(all), folder, err)
	}
}

func TestRecordsAreTheirOwnersAlone(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	openStore(t, folder)
	about, err := os.Stat(folder)
	if err != nil {
		t.Fatal(err)
	}
	if mode := about.Mode().Perm(); mode != 0o700 {
		t.Errorf("the folder's mode is %o, want 700", mode)
	}
}
