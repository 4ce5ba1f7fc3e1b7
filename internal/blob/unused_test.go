package blob_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"sluice/internal/blob"
	"sluice/internal/fault"
)

// aged keeps "abc" as if it had been put a day ago.
func aged(t *testing.T, folder *blob.Folder, dir string) {
	t.Helper()
	put(t, folder, strings.NewReader("abc"))
	yesterday := time.Now().Add(-24 * time.Hour)
	if err := os.Chtimes(filepath.Join(dir, fileOfABC), yesterday, yesterday); err != nil {
		t.Fatal(err)
	}
}

func TestRemoveUnused(t *testing.T) {
	for name, tt := range map[string]struct {
		before  func(*testing.T, *blob.Folder, string)
		removed bool
		left    int
	}{
		"an old blob":           {aged, true, 0},
		"a blob just put":       {func(t *testing.T, f *blob.Folder, _ string) { put(t, f, strings.NewReader("abc")) }, false, 1},
		"none":                  {func(*testing.T, *blob.Folder, string) {}, true, 0},
		"one that is put again": {func(t *testing.T, f *blob.Folder, dir string) { aged(t, f, dir); put(t, f, strings.NewReader("abc")) }, false, 1},
		"one that a stream brings again": {func(t *testing.T, f *blob.Folder, dir string) {
			aged(t, f, dir)
			put(t, f, onlyReader{strings.NewReader("abc")})
		}, false, 1},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			folder := open(t, dir)
			tt.before(t, folder, dir)
			removed, err := folder.RemoveUnused(t.Context(), sumOfABC, time.Now().Add(-time.Hour))
			if err != nil || removed != tt.removed {
				t.Errorf("RemoveUnused = %v, %v; want %v", removed, err, tt.removed)
			}
			if files := filesIn(t, dir); len(files) != tt.left {
				t.Errorf("files = %v, want %d", files, tt.left)
			}
		})
	}
	if _, err := open(t, t.TempDir()).RemoveUnused(t.Context(), "../secret", time.Now()); !fault.Is(err, fault.NotFound, "blob") {
		t.Errorf("what is no sum: %v", err)
	}
}

func TestWhatIsPutWhileOthersRemoveIsThere(t *testing.T) {
	dir := t.TempDir()
	folder := open(t, dir)
	hour := time.Now().Add(-time.Hour)
	var wg sync.WaitGroup
	stop := make(chan struct{})
	wg.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				if _, err := folder.RemoveUnused(t.Context(), sumOfABC, hour); err != nil {
					t.Error(err)
				}
			}
		}
	})
	for range 50 {
		aged(t, folder, dir)
		put(t, folder, strings.NewReader("abc"))
		if got := read(t, folder, sumOfABC); string(got) != "abc" {
			t.Errorf("read %q right after Put", got)
		}
	}
	close(stop)
	wg.Wait()
}
