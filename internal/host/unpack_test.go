package host

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"sluice/internal/fault"
)

// Each link is written as if it led to a place within the package, and leads out through another one.
func TestLinksThatLeadOutThroughLinks(t *testing.T) {
	const link = fs.ModeSymlink | 0o777
	for name, entries := range map[string][]entry{
		"a link to the top, and above it": {
			{name: "p/q/s", content: "../..", mode: link}, {name: "out", content: "p/q/s/../..", mode: link},
		},
		"a link in a folder that lies higher than it seems": {
			{name: "t/", mode: fs.ModeDir | 0o755}, {name: "p/q/r/s", content: "../../../t", mode: link},
			{name: "p/q/r/s/out", content: "../../../..", mode: link},
		},
		"a link that turns around": {{name: "a", content: "b", mode: link}, {name: "b", content: "a", mode: link}},
	} {
		t.Run(name, func(t *testing.T) {
			if err := unpackAll(t, t.TempDir(), reader(t, entries...)); !fault.Is(err, fault.Invalid, "package") {
				t.Errorf("unpack: %v", err)
			}
		})
	}
}

func TestLinksWithinAPackage(t *testing.T) {
	const link = fs.ModeSymlink | 0o777
	folder := t.TempDir()
	err := unpackAll(t, folder, reader(t,
		entry{name: "lib/libx.so", content: "libx.so.1", mode: link}, entry{name: "lib/libx.so.1", content: "libx.so.1.2", mode: link},
		entry{name: "lib/libx.so.1.2", content: "code"}, entry{name: "lib64", content: "lib", mode: link},
		entry{name: "lib64/more", content: "through a link"}, entry{name: "dangling", content: "nowhere", mode: link},
	))
	if err != nil {
		t.Fatal(err)
	}
	wantFiles(t, folder, map[string]string{"lib/libx.so": "code", "lib64/libx.so.1": "code", "lib/more": "through a link"})
}

// A file that comes twice replaces what was there, and is not written through it.
func TestAFileThatComesTwice(t *testing.T) {
	folder := t.TempDir()
	err := unpackAll(t, folder, reader(t,
		entry{name: "kept", content: "kept"}, entry{name: "a", content: "kept", mode: fs.ModeSymlink},
		entry{name: "a", content: "new"}, entry{name: "b", content: "long before", mode: 0o755}, entry{name: "b", content: "short", mode: 0o600},
	))
	if err != nil {
		t.Fatal(err)
	}
	wantFiles(t, folder, map[string]string{"kept": "kept", "a": "new", "b": "short"})
	if info, err := os.Stat(filepath.Join(folder, "b")); err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("b has the mode %v, %v", info.Mode(), err)
	}
}

func TestLaterPackagesLieOverEarlierOnes(t *testing.T) {
	const link = fs.ModeSymlink | 0o777
	below := reader(t,
		entry{name: "same", content: "below"}, entry{name: "only/below", content: "below"}, entry{name: "folder/file", content: "below"},
		entry{name: "file", content: "below"}, entry{name: "link", content: "same", mode: link}, entry{name: "broken", content: "gone", mode: link},
	)
	above := reader(t,
		entry{name: "same", content: "above"}, entry{name: "only/above", content: "above"}, entry{name: "folder", content: "above"},
		entry{name: "file/inside", content: "above"}, entry{name: "link", content: "above"}, entry{name: "broken/inside", content: "above"},
	)
	folder := t.TempDir()
	if err := unpackAll(t, folder, below, above); err != nil {
		t.Fatal(err)
	}
	wantFiles(t, folder, map[string]string{
		"same": "above", "only/below": "below", "only/above": "above", "folder": "above", "file/inside": "above",
		"link": "above", "broken/inside": "above",
	})
}

func TestPackagesHaveOneLimitTogether(t *testing.T) {
	a := reader(t, entry{name: "a", content: strings.Repeat("x", 600)})
	u, err := newUnpacker(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	u.left = 1000
	if err := u.add(a); err != nil {
		t.Fatal(err)
	}
	if err := u.add(a); !fault.Is(err, fault.Invalid, "package") || err.Error() != sizeText {
		t.Errorf("the second: %v", err)
	}
	if err := u.finish(); err != nil {
		t.Error(err)
	}
}

func TestPackagesThatWouldTakeMinutes(t *testing.T) {
	for name, tt := range map[string]struct {
		count int
		entry func(i int) entry
		text  string
	}{
		"files":   {maxEntries + 1, func(i int) entry { return entry{name: fmt.Sprint(i)} }, "The package has 200001 files. Sluice unpacks at most 200000."},
		"folders": {2000, func(i int) entry { return entry{name: strings.Repeat("a/", 1400) + fmt.Sprint(i)} }, "The package has 2802000 folders in the names of its files. Sluice unpacks at most 2000000."},
		"links":   {maxLinks + 1, func(i int) entry { return entry{name: fmt.Sprint(i), mode: fs.ModeSymlink} }, "The package has 10001 links. Sluice unpacks at most 10000."},
	} {
		t.Run(name, func(t *testing.T) {
			var entries []entry
			for i := range tt.count {
				entries = append(entries, tt.entry(i))
			}
			content := archive(t, entries...)
			if _, err := CheckPackage(bytes.NewReader(content), int64(len(content))); !fault.Is(err, fault.Invalid, "package") || err.Error() != tt.text {
				t.Errorf("CheckPackage: %v", err)
			}
		})
	}
}

// Functions may run as other users than the server, whatever umask that has.
func TestEverybodyMayReadAndNobodyWrite(t *testing.T) {
	for name, mask := range map[string]int{"an ordinary umask": 0o022, "a strict one": 0o077, "none": 0} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			before := syscall.Umask(mask)
			err := unpackAll(t, folder, reader(t,
				entry{name: "setuid", content: "x", mode: fs.ModeSetuid | 0o755}, entry{name: "none", content: "x", mode: 0},
				entry{name: "locked/", mode: fs.ModeDir}, entry{name: "locked/in", content: "x", mode: 0o777 | fs.ModeSticky},
				entry{name: "own/program", content: "x", mode: 0o700}, entry{name: "link", content: "none", mode: fs.ModeSymlink | 0o777},
			))
			syscall.Umask(before)
			if err != nil {
				t.Fatal(err)
			}
			for name, want := range map[string]fs.FileMode{
				"setuid": 0o755, "none": 0o644, "locked": fs.ModeDir | 0o755, "locked/in": 0o755, "own": fs.ModeDir | 0o755, "own/program": 0o755,
			} {
				if info, err := os.Stat(filepath.Join(folder, name)); err != nil || info.Mode() != want {
					t.Errorf("%s: %v, %v; want %v", name, info.Mode(), err, want)
				}
			}
			if left, err := os.ReadDir(folder); err != nil || len(left) != 5 {
				t.Errorf("in the folder: %v, %v", left, err)
			}
		})
	}
}

func reader(t testing.TB, entries ...entry) *zip.Reader {
	t.Helper()
	content := archive(t, entries...)
	r, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func wantFiles(t *testing.T, folder string, files map[string]string) {
	t.Helper()
	for name, want := range files {
		if got, err := os.ReadFile(filepath.Join(folder, name)); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v; want %q", name, got, err, want)
		}
	}
}

// BenchmarkUnpack unpacks what a folder of node_modules is like: 5000 small files, four folders deep.
func BenchmarkUnpack(b *testing.B) {
	var entries []entry
	for i := range 5000 {
		entries = append(entries, entry{name: fmt.Sprintf("nodejs/node_modules/p%d/lib/%d.js", i/50, i), content: strings.Repeat("x", 2000)})
	}
	r := reader(b, entries...)
	for b.Loop() {
		if err := unpackAll(b, b.TempDir(), r); err != nil {
			b.Fatal(err)
		}
	}
}
