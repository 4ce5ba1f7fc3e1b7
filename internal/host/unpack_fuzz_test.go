package host

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/internal/fault"
)

// FuzzUnpack unpacks what may be a zip: its bytes as they are or, if they are none, the files that a list describes. None
// may do anything outside its folder or leave a way out in it, and what is refused is refused as a bad package.
func FuzzUnpack(f *testing.F) {
	for _, entries := range [][]entry{
		{{name: "index.py", content: "code"}, {name: "bin/tool", content: "run", mode: 0o755}},
		{{name: "../evil", content: "x"}},
		{{name: "a", content: "x", size: maxUnzipped + 1}},
		{{name: "a/b", content: "x"}, {name: "a", content: "y"}},
		{{name: "d/", mode: fs.ModeDir | 0o755}, {name: "l", content: "d", mode: fs.ModeSymlink}, {name: "l/x", content: "y"}},
	} {
		f.Add(archive(f, entries...))
	}
	for _, list := range []string{
		"lp/q/s=../..\nlout=p/q/s/../..", "ft/a=x\nlp/q/r/s=../../../t\nlp/q/r/s/out=../../../..", "dA\nfa=1\nfA=2", "fa=1\nfa/b=2",
		"f/etc/passwd=x\nf../up=y", "la=b\nlb=a", "xa=#!/bin/sh\nvb=dev", "f" + strings.Repeat("n/", 200) + "f=deep",
	} {
		f.Add([]byte(list))
	}
	f.Fuzz(func(t *testing.T, input []byte) {
		r, err := zip.NewReader(bytes.NewReader(input), int64(len(input)))
		if err != nil {
			input = archive(t, described(string(input))...)
			if r, err = zip.NewReader(bytes.NewReader(input), int64(len(input))); err != nil {
				t.Skip("not even a list of files")
			}
		}
		if outlying(r) {
			t.Skip("it would only fill the disk")
		}
		settled, verifyErr := VerifyPackage(bytes.NewReader(input), int64(len(input)))
		wantPackageFault(t, "VerifyPackage", verifyErr)
		above := t.TempDir()
		folder := filepath.Join(above, "code")
		if err := os.Mkdir(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		err = unpackAll(t, folder, r, r)
		wantPackageFault(t, "unpack", err)
		if settled && err != nil {
			t.Errorf("verified, but: %v", err)
		}
		if beside, err := os.ReadDir(above); err != nil || len(beside) != 1 {
			t.Errorf("beside the folder: %v, %v", beside, err)
		}
		if err == nil {
			wantNoWayOut(t, folder)
		}
	})
}

// described reads a list of files, one a line: a letter for its kind (f file, x executable, d folder, l link, v device),
// its name, and behind an equals sign its content.
func described(list string) (entries []entry) {
	modes := map[byte]fs.FileMode{'f': 0o644, 'x': 0o755, 'd': fs.ModeDir | 0o755, 'l': fs.ModeSymlink | 0o777, 'v': fs.ModeDevice}
	for line := range strings.SplitSeq(list, "\n") {
		if line == "" || len(entries) == 100 {
			break
		}
		name, content, _ := strings.Cut(line[1:], "=")
		if len(name) > 1<<15 {
			break // more than the format can say
		}
		if line[0] == 'd' || strings.HasSuffix(name, "/") {
			content = "" // which the writer insists on
		}
		entries = append(entries, entry{name: name, content: content, mode: modes[line[0]]})
	}
	return entries
}

// outlying reports whether unpacking would write megabytes.
func outlying(r *zip.Reader) bool {
	var total uint64
	for _, f := range r.File {
		total += min(f.UncompressedSize64, 1<<40)
	}
	return total > 1<<20 && total <= maxUnzipped
}

func wantPackageFault(t *testing.T, what string, err error) {
	t.Helper()
	if err != nil && !fault.Is(err, fault.Invalid, "package") {
		t.Errorf("%s: %v", what, err)
	}
}

// wantNoWayOut follows every link in a folder.
func wantNoWayOut(t *testing.T, folder string) {
	t.Helper()
	folder, err := filepath.EvalSymlinks(folder)
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.Type()&fs.ModeSymlink != 0 {
			if end, err := filepath.EvalSymlinks(path); err == nil && end != folder && !strings.HasPrefix(end, folder+"/") {
				t.Errorf("%s leads to %s", path, end)
			}
		}
		if info, err := d.Info(); err != nil || info.Mode()&(fs.ModeSetuid|fs.ModeSetgid|fs.ModeDevice) != 0 {
			t.Errorf("%s has mode %v, %v", path, info.Mode(), err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
