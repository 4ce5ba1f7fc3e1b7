package codepackage_test

import (
	"archive/zip"
	"io"
	"os"
	"path/filepath"
	"testing"

	"sluice/internal/codepackage"
	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// project is a project's folder with the cache beside it.
type project struct {
	*testing.T
	folder string
	cache  string
}

func newProject(t *testing.T) project {
	return project{T: t, folder: t.TempDir(), cache: filepath.Join(t.TempDir(), "cache")}
}

// write makes files, with their folders, by their paths in the project.
func (p project) write(files map[string]string) {
	p.Helper()
	for name, text := range files {
		path := filepath.Join(p.folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			p.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			p.Fatal(err)
		}
	}
}

func (p project) link(to, name string) {
	p.Helper()
	if err := os.Symlink(to, filepath.Join(p.folder, name)); err != nil {
		p.Fatal(err)
	}
}

func (p project) packages() *codepackage.Packages {
	return codepackage.New(codepackage.Config{Folder: p.folder, Cache: p.cache})
}

// pack packs code that has to be fit for it.
func (p project) pack(source string) deployer.Code {
	p.Helper()
	code, err := p.packages().Package(p.Context(), function(source))
	if err != nil {
		p.Fatal(err)
	}
	return code
}

// refuse packs code that must not be fit for it.
func (p project) refuse(source string, kind fault.Kind) string {
	p.Helper()
	code, err := p.packages().Package(p.Context(), function(source))
	if !fault.Is(err, kind, "package") {
		p.Fatalf("%+v, %v; want an error of the kind %v", code, err, kind)
	}
	return err.Error()
}

func function(source string) deployer.Function {
	return deployer.Function{Key: "calculator", Code: deployer.Code{Source: source}}
}

// entry is a file of a zip.
type entry struct {
	text string
	mode os.FileMode
}

func (p project) entries(path string) map[string]entry {
	p.Helper()
	reader, err := zip.OpenReader(path)
	if err != nil {
		p.Fatal(err)
	}
	defer reader.Close()
	found := map[string]entry{}
	for _, f := range reader.File {
		from, err := f.Open()
		if err != nil {
			p.Fatal(err)
		}
		text, err := io.ReadAll(from)
		if err != nil {
			p.Fatal(err)
		}
		found[f.Name] = entry{string(text), f.Mode()}
	}
	return found
}
