package codepackage_test

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/internal/codepackage"
	"sluice/internal/deployer"
	"sluice/internal/fault"
)

func TestAFolderBecomesAZip(t *testing.T) {
	p := newProject(t)
	p.write(map[string]string{"src/index.js": "exports", "src/lib/rate.js": "7", "src/bootstrap": "#!/bin/sh"})
	if err := os.Chmod(filepath.Join(p.folder, "src/bootstrap"), 0o700); err != nil {
		t.Fatal(err)
	}
	code := p.pack("src")
	want := map[string]entry{"index.js": {"exports", 0o644}, "lib/rate.js": {"7", 0o644}, "bootstrap": {"#!/bin/sh", 0o755}}
	if got := p.entries(code.File); !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	zip, err := os.ReadFile(code.File)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(zip)
	if code.Digest != base64.StdEncoding.EncodeToString(sum[:]) || code.Size != int64(len(zip)) || code.Source != "src" {
		t.Errorf("%+v does not describe its file", code)
	}
}

// The digest of these very files: it has to be the same on every machine. If it changes with a compressor, so do all
// packages of everybody, once; then layout needs another number.
func TestTheSameFilesMakeTheSameDigestEverywhere(t *testing.T) {
	p := newProject(t)
	p.write(map[string]string{"a/index.js": strings.Repeat("exports.handler = async () => 7\n", 100), "a/b/c.txt": "c"})
	const want = "tczaojEHPD40akZW/eQzhajVzLl9ck8CPjLgtDiCEA0="
	if got := p.pack("a").Digest; got != want {
		t.Errorf("digest %s, want %s", got, want)
	}
}

func TestTimesAndModesOfAFolderDoNotCount(t *testing.T) {
	one, two := newProject(t), newProject(t)
	files := map[string]string{"src/a": "1", "src/b/c": "2"}
	one.write(files)
	two.write(files)
	if err := os.Chmod(filepath.Join(two.folder, "src/a"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(filepath.Join(two.folder, "src/b/c"), time.Time{}, time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	if a, b := one.pack("src").Digest, two.pack("src").Digest; a != b {
		t.Errorf("digests %s and %s", a, b)
	}
}

func TestWhatChangesThePackage(t *testing.T) {
	for name, change := range map[string]func(project){
		"content": func(p project) { p.write(map[string]string{"src/a": "other"}) },
		"name": func(p project) {
			must(p, os.Rename(filepath.Join(p.folder, "src/a"), filepath.Join(p.folder, "src/z")))
		},
		"one more":  func(p project) { p.write(map[string]string{"src/new": ""}) },
		"executing": func(p project) { must(p, os.Chmod(filepath.Join(p.folder, "src/a"), 0o700)) },
	} {
		t.Run(name, func(t *testing.T) {
			p := newProject(t)
			p.write(map[string]string{"src/a": "one", "src/b": "two"})
			before := p.pack("src")
			change(p)
			if after := p.pack("src"); after.Digest == before.Digest {
				t.Error("the digest is the same")
			}
		})
	}
}

func must(p project, err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

func TestWhatIsNoCodeIsRefused(t *testing.T) {
	for _, tt := range []struct {
		name, source string
		kind         fault.Kind
		want         string
	}{
		{"nothing said", "", fault.Invalid, "set code to a folder"},
		{"missing", "nowhere", fault.NotFound, "the code nowhere does not exist"},
		{"a file", "notes.txt", fault.Invalid, "neither a folder nor a .zip"},
		{"not a zip", "broken.zip", fault.Invalid, "can't be read as a zip"},
		{"without files", "empty", fault.Invalid, "no files to pack"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := newProject(t)
			p.write(map[string]string{"notes.txt": "", "broken.zip": "PK", "empty/.git/config": ""})
			if got := p.refuse(tt.source, tt.kind); !strings.Contains(got, tt.want) {
				t.Errorf("%q, want %q in it", got, tt.want)
			}
		})
	}
}

func TestAZipIsTakenAsItIs(t *testing.T) {
	p := newProject(t)
	p.write(map[string]string{"src/index.js": "x"})
	packed := p.pack("src")
	must(p, os.Rename(packed.File, filepath.Join(p.folder, "ready.zip")))
	code := p.pack("ready.zip")
	if code.Digest != packed.Digest || code.Size != packed.Size || code.File != filepath.Join(p.folder, "ready.zip") {
		t.Errorf("%+v, want what %+v has", code, packed)
	}
}

func TestUnchangedFilesArePackedOnce(t *testing.T) {
	p := newProject(t)
	p.write(map[string]string{"src/index.js": "x"})
	first := p.pack("src")
	before, err := os.Stat(first.File)
	must(p, err)
	second := p.pack("src")
	after, err := os.Stat(second.File)
	must(p, err)
	if second != first || !os.SameFile(before, after) {
		t.Errorf("%+v and then %+v: it was made again", first, second)
	}
}

func TestWhatNobodyAskedForInAMonthIsForgotten(t *testing.T) {
	p := newProject(t)
	p.write(map[string]string{"old/a": "1", "used/a": "2", "new/a": "3"})
	month := time.Now().Add(-31 * 24 * time.Hour)
	var kept [2]deployer.Code
	for i, source := range []string{"old", "used"} {
		kept[i] = p.pack(source)
		must(p, os.Chtimes(filepath.Dir(kept[i].File), month, month))
	}
	p.pack("used")
	p.pack("new")
	if _, err := os.Stat(kept[0].File); err == nil {
		t.Error("the package that nobody asked for is kept")
	}
	if _, err := os.Stat(kept[1].File); err != nil {
		t.Errorf("the package that was asked for is gone: %v", err)
	}
}

func TestAPackageBeyondLambdasLimitsIsRefused(t *testing.T) {
	t.Run("unpacked", func(t *testing.T) {
		p := newProject(t)
		p.write(map[string]string{"src/a": ""})
		must(p, os.Truncate(filepath.Join(p.folder, "src/a"), 250<<20+1))
		if got := p.refuse("src", fault.TooLarge); !strings.Contains(got, "the code src: it has 251 MB unpacked") {
			t.Error(got)
		}
	})
	t.Run("in a request", func(t *testing.T) {
		p := newProject(t)
		p.write(map[string]string{"src/a": ""})
		packed, err := os.ReadFile(p.pack("src").File)
		must(p, err)
		big, err := os.Create(filepath.Join(p.folder, "big.zip"))
		must(p, err)
		defer big.Close()
		_, err = big.WriteAt(packed, 50<<20) // a zip may have anything before it, such as a hole that takes no space
		must(p, err)
		if got := p.refuse("big.zip", fault.TooLarge); !strings.Contains(got, "the code big.zip: its zip has 51 MB, and Lambda takes 50 MB") {
			t.Error(got)
		}
	})
}

func TestTwentyFunctionsThatDidNotChangeAreHashedAtOnce(t *testing.T) {
	p := newProject(t)
	files := map[string]string{}
	for i := range 20 {
		files[fmt.Sprintf("f%d/index.js", i)] = strings.Repeat(fmt.Sprint(i), 100_000)
	}
	p.write(files)
	for i := range 20 {
		p.pack(fmt.Sprintf("f%d", i))
	}
	begin := time.Now()
	for i := range 20 {
		p.pack(fmt.Sprintf("f%d", i))
	}
	if took := time.Since(begin); took > time.Second {
		t.Errorf("took %v", took)
	}
}

func TestACacheThatCantBeWrittenIsTold(t *testing.T) {
	p := newProject(t)
	p.write(map[string]string{"src/a": "", "taken": ""})
	p.cache = filepath.Join(p.folder, "taken", "cache")
	if got := p.refuse("src", fault.Invalid); !strings.Contains(got, p.cache) {
		t.Error(got)
	}
}

func TestTheCacheIsTheUsers(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", "/home/somebody/.cache")
	if got := codepackage.Cache(); got != "/home/somebody/.cache/sluice/packages" {
		t.Error(got)
	}
	t.Setenv("XDG_CACHE_HOME", "")
	t.Setenv("HOME", "")
	if got := codepackage.Cache(); !slices.Contains(strings.Split(got, "/"), "sluice") || !filepath.IsAbs(got) {
		t.Error(got)
	}
}
