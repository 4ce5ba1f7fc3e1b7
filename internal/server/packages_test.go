package server_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/internal/bucket"
	"sluice/internal/server"
	"sluice/internal/store"
)

// Packages that nothing names any more are released at once, and removed at the latest by the next server; those in use stay.
func TestPackagesGoWithTheirRecords(t *testing.T) {
	data := t.TempDir()
	keep := func(cfg *server.Config) { cfg.Data = data }
	used := program()
	deleted, replaced, refused, layer := packageOf(t, "deleted"), packageOf(t, "replaced"), packageOf(t, "refused"), packageOf(t, "layer")
	t.Run("a server", func(t *testing.T) {
		c := startServer(t, keep)
		c.createFunction("gone", deleted)
		c.lambda("DELETE", "/gone", nil, nil)
		c.createFunction("f", replaced)
		c.waitFor("f")
		c.lambda("DELETE", "/f/aliases/live", nil, nil)
		c.lambda("DELETE", "/f?Qualifier=1", nil, nil)
		c.lambda("PUT", "/f/code", object{"ZipFile": used}, nil)
		if _, err := c.Lambda(t.Context(), "PUT", "/2015-03-31/functions/f/code", object{"ZipFile": refused, "RevisionId": "another"}, nil); err == nil {
			t.Error("an update of another revision was taken")
		}
		c.publishLayer("l", layer)
		c.layers("DELETE", "/l/versions/1", nil, nil)
	})
	released := releasedIn(t, data)
	makeOld(t, blobPath(data, refused)) // which no record tells of
	for name, content := range map[string][]byte{"deleted": deleted, "replaced": replaced, "layer": layer} {
		if sum := sha256.Sum256(content); !slices.Contains(released, base64.StdEncoding.EncodeToString(sum[:])) {
			t.Errorf("the package %q was not released", name)
		}
		makeOld(t, blobPath(data, content))
	}
	makeOld(t, blobPath(data, used))
	killed := packageOf(t, "a server was killed before its record")
	if err := os.MkdirAll(filepath.Dir(blobPath(data, killed)), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(blobPath(data, killed), killed, 0o600); err != nil {
		t.Fatal(err)
	}
	makeOld(t, blobPath(data, killed))

	c := startServer(t, keep)
	eventually(t, "the packages' end", func() bool {
		return !slices.ContainsFunc([][]byte{deleted, replaced, refused, layer, killed}, func(content []byte) bool {
			_, err := os.Stat(blobPath(data, content))
			return err == nil
		})
	})
	c.lambda("POST", "/f/versions", object{}, nil)
	if _, err := c.Lambda(t.Context(), "POST", "/2015-03-31/functions/f/invocations", object{}, nil); err != nil {
		t.Errorf("the function that is left: %v", err)
	}
}

// What a creation refuses, a dry run refuses with the same text; and it changes nothing.
func TestDryRunsRefuseWhatCreationsRefuse(t *testing.T) {
	c := startServer(t, nil)
	c.createFunction("f", program())
	var before, after struct{ CodeSha256 string }
	c.lambda("GET", "/f/configuration", nil, &before)
	const device, pipe = fs.ModeDevice | fs.ModeCharDevice, fs.ModeNamedPipe
	for name, files := range map[string][]entry{
		"a link that leads out":   {{"link", fs.ModeSymlink, "../../etc"}},
		"a device":                {{"device", device, ""}},
		"a pipe":                  {{"pipe", pipe, ""}},
		"a name of 300 letters":   {{strings.Repeat("n", 300), 0, ""}},
		"a file used as a folder": {{"a", 0, "text"}, {"a/b", 0, "text"}},
	} {
		t.Run(name, func(t *testing.T) {
			code := object{"ZipFile": packageWith(t, files), "DryRun": true}
			_, created := c.Lambda(t.Context(), "POST", "/2015-03-31/functions", object{
				"FunctionName": "g", "Runtime": "provided.al2023", "Handler": "h", "Role": role, "Code": object{"ZipFile": code["ZipFile"]},
			}, nil)
			_, tried := c.Lambda(t.Context(), "PUT", "/2015-03-31/functions/f/code", code, nil)
			if created == nil || tried == nil || tried.Error() != created.Error() {
				t.Errorf("a creation got %v, a dry run %v", created, tried)
			}
		})
	}
	for _, files := range [][]entry{{{"plain", 0, "text"}}, {{"link", fs.ModeSymlink, "plain"}, {"plain", 0, "text"}}} {
		c.lambda("PUT", "/f/code", object{"ZipFile": packageWith(t, files), "DryRun": true}, nil)
	}
	if c.lambda("GET", "/f/configuration", nil, &after); after != before {
		t.Errorf("the code was %v and is %v", before, after)
	}
}

// entry is a file of a package, or what a link points to.
type entry struct {
	name    string
	mode    fs.FileMode
	content string
}

func packageWith(t *testing.T, files []entry) []byte {
	t.Helper()
	var content bytes.Buffer
	z := zip.NewWriter(&content)
	for _, each := range files {
		header := &zip.FileHeader{Name: each.name}
		header.SetMode(each.mode | 0o644)
		file, err := z.CreateHeader(header)
		if err == nil {
			_, err = file.Write([]byte(each.content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return content.Bytes()
}

// packageOf returns a package of its own kind.
func packageOf(t *testing.T, text string) []byte {
	t.Helper()
	return packageWith(t, []entry{{"text", 0, text}})
}

func blobPath(data string, content []byte) string {
	sum := sha256.Sum256(content)
	name := hex.EncodeToString(sum[:])
	return filepath.Join(data, "blobs", name[:2], name)
}

// makeOld makes a blob as old as one that may be removed.
func makeOld(t *testing.T, path string) {
	t.Helper()
	yesterday := time.Now().Add(-24 * time.Hour)
	if err := os.Chtimes(path, yesterday, yesterday); err != nil {
		t.Fatal(err)
	}
}

// releasedIn returns the blobs that were released, of a data folder that no server has open.
func releasedIn(t *testing.T, data string) (released []string) {
	t.Helper()
	records, err := store.Open(t.Context(), store.Config{Folder: data})
	if err != nil {
		t.Fatal(err)
	}
	defer records.Close()
	err = records.ReadBuckets(t.Context(), func(r bucket.Reader) error {
		released, err = r.Released(time.Now().Add(time.Minute), 0)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return released
}
