package doctor

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestExamineFolder(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	closed, open := filepath.Join(folder, "closed"), filepath.Join(folder, "open")
	if err := errors.Join(os.WriteFile(file, nil, 0o600), os.Mkdir(closed, 0o700), os.Mkdir(open, 0o700), os.Chmod(open, 0o750)); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		closed: Yes, open: Partly, file: No, filepath.Join(folder, "a/b/new"): Yes, filepath.Join(file, "below"): No,
	} {
		if f := examineFolder(path); f.State != want || !f.Needed || (want == Yes) != (f.Advice == "") {
			t.Errorf("%s: %+v, want %s", path, f, want)
		}
	}
	if _, err := os.Stat(filepath.Join(folder, "a")); !os.IsNotExist(err) {
		t.Errorf("it made the folder: %v", err)
	}
}

func TestExamineDisk(t *testing.T) {
	folder := t.TempDir()
	for _, path := range []string{folder, filepath.Join(folder, "a/b/new")} {
		if f := examineDisk(path); f.State == No || f.Needed || !strings.HasSuffix(f.Detail, " MB free") {
			t.Errorf("%s: %+v", path, f)
		}
	}
}
