package host

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"sluice/internal/fault"
)

// entry is a file of a package as an attacker would write it.
type entry struct {
	name, content string
	mode          fs.FileMode
	size          uint64 // what the directory claims, if not 0
}

func archive(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		header := &zip.FileHeader{Name: e.name}
		header.SetMode(e.mode)
		var err error
		if e.size == 0 {
			var f interface{ Write([]byte) (int, error) }
			if f, err = w.CreateHeader(header); err == nil {
				_, err = f.Write([]byte(e.content))
			}
		} else {
			header.UncompressedSize64, header.CompressedSize64 = e.size, uint64(len(e.content))
			var f interface{ Write([]byte) (int, error) }
			if f, err = w.CreateRaw(header); err == nil {
				_, err = f.Write([]byte(e.content))
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	unzipText = "Could not unzip uploaded file. Please check your file, then try to upload again."
	sizeText  = "Unzipped size must be smaller than 262144000 bytes"
)

// TestBadPackages wants each refused, early or at the latest when it is unpacked, and nothing left outside or inside.
func TestBadPackages(t *testing.T) {
	for _, tt := range []struct {
		name    string
		content []byte
		early   bool
		text    string
	}{
		{"nothing", nil, true, "Uploaded file must be a non-empty zip"},
		{"no files", archive(t), true, "Uploaded file must be a non-empty zip"},
		{"no zip", []byte("not a zip at all"), true, unzipText},
		{"half a zip", archive(t, entry{name: "a", content: "x"})[:40], true, unzipText},
		{"a way out", archive(t, entry{name: "../evil", content: "x"}), true, unzipText},
		{"a way out through a folder", archive(t, entry{name: "a/../../evil", content: "x"}), true, unzipText},
		{"an absolute path", archive(t, entry{name: "/etc/evil", content: "x"}), true, unzipText},
		{"a backslash", archive(t, entry{name: `..\evil`, content: "x"}), true, unzipText},
		{"a huge file", archive(t, entry{name: "a", content: "x", size: maxUnzipped + 1}), true, sizeText},
		{"a sum that overflows", archive(t, entry{name: "a", size: 1 << 63, content: "x"}, entry{name: "b", size: 1 << 63, content: "x"}), true, sizeText},
		{"a link out", archive(t, entry{name: "a", content: "../x", mode: fs.ModeSymlink}), false, unzipText},
		{"an absolute link", archive(t, entry{name: "a", content: "/etc/passwd", mode: fs.ModeSymlink}), false, unzipText},
		{"a device", archive(t, entry{name: "a", mode: fs.ModeDevice}), false, unzipText},
		{"a file where a folder is", archive(t, entry{name: "a/b", content: "x"}, entry{name: "a", content: "y"}), false, unzipText},
		{"a false size", archive(t, entry{name: "a", content: "xyz", size: 9}), false, unzipText},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, early := CheckPackage(bytes.NewReader(tt.content), int64(len(tt.content)))
			if tt.early && (!fault.Is(early, fault.Invalid, "package") || early.Error() != tt.text) {
				t.Errorf("CheckPackage = %v", early)
			}
			if !tt.early && early != nil {
				t.Errorf("CheckPackage = %v, although only the content is wrong", early)
			}
			if settled, err := VerifyPackage(bytes.NewReader(tt.content), int64(len(tt.content))); settled || err != nil && err.Error() != tt.text {
				t.Errorf("VerifyPackage = %v, %v", settled, err)
			}
			r := newRig(t, nil)
			err := r.Unpack(t.Context(), r.code.put(t, tt.content))
			if !fault.Is(err, fault.Invalid, "package") || (len(tt.content) > 0 && err.Error() != tt.text) {
				t.Errorf("Unpack = %v", err)
			}
			if left, _ := filepath.Glob(filepath.Join(r.dir, "code", "*", "*")); len(left) > 0 {
				t.Errorf("left behind: %q", left)
			}
			if _, err := os.Stat(filepath.Join(r.dir, "evil")); err == nil {
				t.Error("a file was written outside")
			}
		})
	}
}

func TestASizeBombIsStopped(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	w.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) { return flate.NewWriter(to, flate.BestSpeed) })
	f, err := w.Create("zeros")
	if err != nil {
		t.Fatal(err)
	}
	block := make([]byte, 1<<20)
	for range 251 {
		if _, err := f.Write(block); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	bomb := b.Bytes()
	// The directory lies about the size.
	reader, err := zip.NewReader(bytes.NewReader(bomb), int64(len(bomb)))
	if err != nil {
		t.Fatal(err)
	}
	reader.File[0].UncompressedSize64 = 10
	if err := unpackAll(t, t.TempDir(), reader); !fault.Is(err, fault.Invalid, "package") {
		t.Errorf("unpack = %v", err)
	}
	if _, err := CheckPackage(bytes.NewReader(bomb), int64(len(bomb))); err == nil || err.Error() != sizeText {
		t.Errorf("CheckPackage = %v", err)
	}
}

func TestUnpack(t *testing.T) {
	r := newRig(t, nil)
	content := archive(t,
		entry{name: "./bin/", mode: fs.ModeDir | 0o755},
		entry{name: "bin/tool", content: "run", mode: 0o755},
		entry{name: "data.txt", content: "text", mode: 0o600},
		entry{name: "deep/er/link", content: "../../data.txt", mode: fs.ModeSymlink | 0o777},
		entry{name: "data.txt", content: "again", mode: 0o600},
	)
	if _, err := CheckPackage(bytes.NewReader(content), int64(len(content))); err != nil {
		t.Fatal(err)
	}
	root := r.unpackedAt(t, r.code.put(t, content))
	if b, err := os.ReadFile(filepath.Join(root, "deep/er/link")); err != nil || string(b) != "again" {
		t.Errorf("link reads %q, %v", b, err)
	}
	for name, executable := range map[string]bool{"bin/tool": true, "data.txt": false} {
		info, err := os.Stat(filepath.Join(root, name))
		if err != nil || info.Mode()&0o111 != 0 != executable {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}

// counting counts how often a package is opened.
type counting struct {
	packages
	opened atomic.Int64
}

func (c *counting) Open(ctx context.Context, sha256 string) (*os.File, error) {
	c.opened.Add(1)
	return c.packages.Open(ctx, sha256)
}

func TestAPackageIsUnpackedOnce(t *testing.T) {
	source := &counting{packages: packages{t.TempDir()}}
	dir := t.TempDir()
	r := newRig(t, func(c *Config) { c.Packages = source; c.Dir = dir })
	name := source.put(t, archive(t, entry{name: "a", content: "x"}))
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			if err := r.Unpack(context.Background(), name); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if err := r.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := source.opened.Load(); n != 1 {
		t.Errorf("opened %d times", n)
	}
}

// What a server has unpacked is not the next one's: it is removed, also what a crash left half-unpacked.
func TestTheNextServerUnpacksAnew(t *testing.T) {
	source := &counting{packages: packages{t.TempDir()}}
	dir := t.TempDir()
	name := source.put(t, archive(t, entry{name: "a", content: "x"}))
	var last string
	for n := range 3 {
		r := newRig(t, func(c *Config) { c.Packages = source; c.Dir = dir })
		root := r.unpackedAt(t, name)
		if root == last {
			t.Fatalf("start %d: %q", n, root)
		}
		if err := os.Mkdir(filepath.Join(filepath.Dir(root), halfUnpacked+"x"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := r.Close(t.Context()); err != nil { // waits for what is being removed
			t.Fatal(err)
		}
		last = root
	}
	r := newRig(t, func(c *Config) { c.Packages = source; c.Dir = dir })
	eventually(t, "the old folders' end", func() bool {
		left, err := filepath.Glob(filepath.Join(dir, "code", "*"))
		return err == nil && len(left) == 1 && left[0] == r.Host.code.dir
	})
	if n := source.opened.Load(); n != 3 {
		t.Errorf("opened %d times", n)
	}
}

func TestAMissingPackageCanComeLater(t *testing.T) {
	r := newRig(t, nil)
	content := archive(t, entry{name: "a", content: "x"})
	name := r.code.put(t, content)
	path := filepath.Join(r.code.dir, strings.ReplaceAll(name, "/", "_"))
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := r.Unpack(t.Context(), name); !fault.Is(err, fault.NotFound, "package") {
		t.Errorf("Unpack = %v", err)
	}
	r.code.put(t, content)
	if err := r.Unpack(t.Context(), name); err != nil {
		t.Errorf("Unpack after it came = %v", err)
	}
	if err := r.Unpack(t.Context(), "../../etc"); err == nil || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Unpack of what is no digest = %v", err)
	}
}

// unpackAll unpacks archives over one another.
func unpackAll(t testing.TB, folder string, archives ...*zip.Reader) error {
	t.Helper()
	u, err := newUnpacker(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range archives {
		err = errors.Join(err, u.add(a))
	}
	return errors.Join(err, u.finish())
}
