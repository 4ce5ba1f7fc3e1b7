package blob_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/internal/blob"
)

func TestOld(t *testing.T) {
	hour := time.Now().Add(-time.Hour)
	for name, tt := range map[string]struct {
		prepare func(t *testing.T, f *blob.Folder, dir string)
		want    []string
	}{
		"an old blob":     {aged, []string{sumOfABC}},
		"none":            {func(*testing.T, *blob.Folder, string) {}, nil},
		"a blob just put": {func(t *testing.T, f *blob.Folder, _ string) { put(t, f, strings.NewReader("abc")) }, nil},
		"one put again":   {func(t *testing.T, f *blob.Folder, dir string) { aged(t, f, dir); put(t, f, strings.NewReader("abc")) }, nil},
		"what is no blob": {func(t *testing.T, f *blob.Folder, dir string) {
			aged(t, f, dir)
			name := filepath.Base(fileOfABC)
			for _, path := range []string{"file", "ba/file", "ba/" + name[:62], "cd/" + name, "ba/" + strings.ToUpper(name), "incoming/" + name} {
				oldFile(t, filepath.Join(dir, path))
			}
		}, []string{sumOfABC}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			folder := open(t, dir)
			tt.prepare(t, folder, dir)
			var found []string
			err := folder.Old(t.Context(), hour, func(sum string) error { found = append(found, sum); return nil })
			if err != nil || !slices.Equal(found, tt.want) {
				t.Errorf("found %v, %v; want %v", found, err, tt.want)
			}
		})
	}
}

func oldFile(t *testing.T, path string) {
	t.Helper()
	yesterday := time.Now().Add(-24 * time.Hour)
	err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, nil, 0o600), os.Chtimes(path, yesterday, yesterday))
	if err != nil {
		t.Fatal(err)
	}
}

func TestOldStops(t *testing.T) {
	dir := t.TempDir()
	folder := open(t, dir)
	for _, content := range []string{"a", "b", "c"} {
		put(t, folder, strings.NewReader(content))
	}
	later := time.Now().Add(time.Hour)
	t.Run("when a visit fails", func(t *testing.T) {
		broken, visits := errors.New("enough"), 0
		err := folder.Old(t.Context(), later, func(string) error { visits++; return broken })
		if !errors.Is(err, broken) || visits != 1 {
			t.Errorf("%v after %d visits", err, visits)
		}
	})
	t.Run("when its context ends", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		visits := 0
		err := folder.Old(ctx, later, func(string) error { visits++; cancel(); return nil })
		if !errors.Is(err, context.Canceled) || visits != 1 {
			t.Errorf("%v after %d visits", err, visits)
		}
	})
}

// A visit may remove what it is told of.
func TestOldBlobsCanBeRemoved(t *testing.T) {
	dir := t.TempDir()
	folder := open(t, dir)
	aged(t, folder, dir)
	before := time.Now().Add(-time.Hour)
	err := folder.Old(t.Context(), before, func(sum string) error {
		_, err := folder.RemoveUnused(t.Context(), sum, before)
		return err
	})
	if files := filesIn(t, dir); err != nil || len(files) != 0 {
		t.Errorf("left %v, %v", files, err)
	}
}
