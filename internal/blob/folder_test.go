package blob_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"sluice/internal/blob"
	"sluice/internal/fault"
)

// Sums that anybody can check: of nothing, and of "abc" (FIPS 180-4's example).
const (
	sumOfNothing = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
	sumOfABC     = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="
	fileOfABC    = "ba/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
)

func TestPutReturnsSumAndSize(t *testing.T) {
	for _, tt := range []struct {
		content string
		sum     string
	}{
		{"", sumOfNothing},
		{"abc", sumOfABC},
	} {
		t.Run(fmt.Sprintf("%q", tt.content), func(t *testing.T) {
			folder := open(t, t.TempDir())
			sum, size, err := folder.Put(t.Context(), strings.NewReader(tt.content))
			if err != nil || sum != tt.sum || size != int64(len(tt.content)) {
				t.Errorf("Put = %s, %d, %v; want %s, %d", sum, size, err, tt.sum, len(tt.content))
			}
		})
	}
}

func TestOpenReadsWhatWasPut(t *testing.T) {
	content := bytes.Repeat([]byte("0123456789abcdef"), 1<<16) // 1 MiB: more than any buffer on the way
	for name, reader := range map[string]io.Reader{
		"seeking":  bytes.NewReader(content),
		"stream":   onlyReader{bytes.NewReader(content)},
		"in parts": iotest.HalfReader(bytes.NewReader(content)),
	} {
		t.Run(name, func(t *testing.T) {
			folder := open(t, t.TempDir())
			sum := put(t, folder, reader)
			if got := read(t, folder, sum); !bytes.Equal(got, content) {
				t.Errorf("read %d bytes, want the %d that were put", len(got), len(content))
			}
		})
	}
}

func TestPutBeginsWhereTheReaderStands(t *testing.T) {
	folder := open(t, t.TempDir())
	reader := strings.NewReader("xyzabc")
	if _, err := reader.Seek(3, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	if sum := put(t, folder, reader); sum != sumOfABC {
		t.Errorf("sum = %s, want that of the rest", sum)
	}
	if got := read(t, folder, sumOfABC); string(got) != "abc" {
		t.Errorf("kept %q, want the rest", got)
	}
}

func TestBlobsLieUnderTheirSum(t *testing.T) {
	dir := t.TempDir()
	put(t, open(t, dir), strings.NewReader("abc"))
	content, err := os.ReadFile(filepath.Join(dir, fileOfABC))
	if err != nil || string(content) != "abc" {
		t.Errorf("file holds %q, %v", content, err)
	}
	if files := filesIn(t, dir); len(files) != 1 {
		t.Errorf("files = %v, want only the blob", files)
	}
}

func TestBlobsSurviveReopening(t *testing.T) {
	dir := t.TempDir()
	put(t, open(t, dir), strings.NewReader("abc"))
	if got := read(t, open(t, dir), sumOfABC); string(got) != "abc" {
		t.Errorf("read %q after reopening", got)
	}
}

func TestTheSameContentIsNotWrittenAgain(t *testing.T) {
	for name, again := range map[string]io.Reader{
		"seeking": strings.NewReader("abc"),
		"stream":  onlyReader{strings.NewReader("abc")},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			folder := open(t, dir)
			put(t, folder, strings.NewReader("abc"))
			before := stat(t, filepath.Join(dir, fileOfABC))
			if sum := put(t, folder, again); sum != sumOfABC {
				t.Errorf("sum = %s the second time", sum)
			}
			if after := stat(t, filepath.Join(dir, fileOfABC)); !os.SameFile(before, after) {
				t.Error("the file was replaced")
			}
			if files := filesIn(t, dir); len(files) != 1 {
				t.Errorf("files = %v, want only the blob", files)
			}
		})
	}
}

func TestADamagedBlobIsWrittenAgain(t *testing.T) {
	for name, again := range map[string]io.Reader{
		"seeking": strings.NewReader("abc"),
		"stream":  onlyReader{strings.NewReader("abc")},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			folder := open(t, dir)
			put(t, folder, strings.NewReader("abc"))
			path := filepath.Join(dir, fileOfABC)
			if err := os.Truncate(path, 1); err != nil {
				t.Fatal(err)
			}
			put(t, folder, again)
			if content, err := os.ReadFile(path); err != nil || string(content) != "abc" {
				t.Errorf("%q, %v", content, err)
			}
		})
	}
}

func TestAFailedPutKeepsNothing(t *testing.T) {
	broken := errors.New("connection reset")
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for name, tt := range map[string]struct {
		ctx    context.Context
		reader io.Reader
		want   error
	}{
		"broken reader":  {t.Context(), io.MultiReader(strings.NewReader("ab"), iotest.ErrReader(broken)), broken},
		"ended context":  {cancelled, onlyReader{strings.NewReader("abc")}, context.Canceled},
		"ended, seeking": {cancelled, strings.NewReader("abc"), context.Canceled},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if _, _, err := open(t, dir).Put(tt.ctx, tt.reader); !errors.Is(err, tt.want) {
				t.Errorf("Put = %v, want %v", err, tt.want)
			}
			if files := filesIn(t, dir); len(files) != 0 {
				t.Errorf("files = %v, want none", files)
			}
		})
	}
}

func TestOpeningRemovesWhatWasHalfWritten(t *testing.T) {
	dir := t.TempDir()
	put(t, open(t, dir), strings.NewReader("abc"))
	if err := os.WriteFile(filepath.Join(dir, "incoming", "left"), []byte("ab"), 0o600); err != nil {
		t.Fatal(err)
	}
	folder := open(t, dir)
	if files := filesIn(t, dir); len(files) != 1 {
		t.Errorf("files = %v, want only the whole blob", files)
	}
	put(t, folder, strings.NewReader("another"))
}

func TestABlobThatIsNotKept(t *testing.T) {
	dir := t.TempDir()
	folder := open(t, filepath.Join(dir, "blobs"))
	if err := os.WriteFile(filepath.Join(dir, "secret"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, sum := range map[string]string{
		"unknown":        sumOfABC,
		"empty":          "",
		"no base64":      "!!",
		"too short":      "YWJj",
		"hexadecimal":    filepath.Base(fileOfABC),
		"a path":         "../secret",
		"loose encoding": strings.TrimSuffix(sumOfABC, "0=") + "1=", // decodes to sumOfABC's bytes, if one is lax
	} {
		t.Run(name, func(t *testing.T) {
			if file, err := folder.Open(t.Context(), sum); !fault.Is(err, fault.NotFound, "blob") {
				t.Errorf("Open = %v, %v; want not found", file, err)
			}
			if err := folder.Delete(t.Context(), sum); !fault.Is(err, fault.NotFound, "blob") {
				t.Errorf("Delete = %v; want not found", err)
			}
			if has, err := folder.Has(t.Context(), sum); has || err != nil {
				t.Errorf("Has = %v, %v; want false", has, err)
			}
		})
	}
}

func TestDelete(t *testing.T) {
	folder := open(t, t.TempDir())
	put(t, folder, strings.NewReader("abc"))
	file, err := folder.Open(t.Context(), sumOfABC)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if has, err := folder.Has(t.Context(), sumOfABC); !has || err != nil {
		t.Errorf("Has = %v, %v before", has, err)
	}
	if err := folder.Delete(t.Context(), sumOfABC); err != nil {
		t.Fatal(err)
	}
	if has, err := folder.Has(t.Context(), sumOfABC); has || err != nil {
		t.Errorf("Has = %v, %v after", has, err)
	}
	if content, err := io.ReadAll(file); err != nil || string(content) != "abc" {
		t.Errorf("who had it open reads %q, %v", content, err)
	}
	put(t, folder, strings.NewReader("abc"))
	if got := read(t, folder, sumOfABC); string(got) != "abc" {
		t.Errorf("read %q when it was put again", got)
	}
}

func TestManyPutTheSameAtOnce(t *testing.T) {
	dir := t.TempDir()
	folder := open(t, dir)
	content := strings.Repeat("content ", 1<<14)
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			sum, _, err := folder.Put(t.Context(), onlyReader{strings.NewReader(content)})
			if err != nil {
				t.Error(err)
				return
			}
			if got := read(t, folder, sum); string(got) != content {
				t.Errorf("read %d bytes right after Put, want %d", len(got), len(content))
			}
		})
	}
	wg.Wait()
	if files := filesIn(t, dir); len(files) != 1 {
		t.Errorf("files = %v, want one", files)
	}
}

func TestAFolderThatCannotBeMade(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := blob.OpenFolder(filepath.Join(file, "blobs")); err == nil {
		t.Error("OpenFolder succeeded below a file")
	}
}

func BenchmarkPut(b *testing.B) {
	folder := open(b, b.TempDir())
	content := bytes.Repeat([]byte("x"), 64<<10)
	n := 0
	for b.Loop() {
		n++
		copy(content, fmt.Sprint(n))
		put(b, folder, bytes.NewReader(content))
	}
}

func BenchmarkPutAgain(b *testing.B) {
	folder := open(b, b.TempDir())
	content := bytes.Repeat([]byte("x"), 64<<10)
	for b.Loop() {
		put(b, folder, bytes.NewReader(content))
	}
}

// onlyReader hides that a reader can seek.
type onlyReader struct{ io.Reader }

func open(t testing.TB, dir string) *blob.Folder {
	t.Helper()
	folder, err := blob.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

func put(t testing.TB, folder *blob.Folder, r io.Reader) (sum string) {
	t.Helper()
	sum, _, err := folder.Put(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func read(t *testing.T, folder *blob.Folder, sum string) []byte {
	t.Helper()
	file, err := folder.Open(t.Context(), sum)
	if err != nil {
		t.Error(err)
		return nil
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	if err != nil {
		t.Error(err)
	}
	return content
}

func stat(t *testing.T, path string) os.FileInfo {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

// filesIn returns all files below a folder.
func filesIn(t *testing.T, dir string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
