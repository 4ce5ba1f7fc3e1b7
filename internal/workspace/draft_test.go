package workspace_test

import (
	"os"
	"path/filepath"
	"testing"

	"sluice/internal/workspace"
)

func TestADraftNamesProjectAndFunction(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "my project!")
	for _, code := range []string{"src", "calculator"} {
		if err := os.MkdirAll(filepath.Join(dir, code), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, code, "index.js"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(dir, "sluice.yaml")
	for _, c := range []struct {
		wish               workspace.Wish
		project, key, code string
	}{
		{workspace.Wish{File: file}, "my-project", "main", "src"},
		{workspace.Wish{File: file, Code: filepath.Join(dir, "calculator")}, "my-project", "calculator", "calculator"},
		{workspace.Wish{File: filepath.Join(dir, "calculator", "sluice.yaml"), Project: "b o"}, "b-o", "main", "."},
		{workspace.Wish{File: file, Code: filepath.Join(dir, "src"), Project: "_"}, "main", "main", "src"},
	} {
		d, err := workspace.Describe(t.Context(), c.wish)
		if err != nil {
			t.Fatal(err)
		}
		if d.Project != c.project || d.Key != c.key || d.Code != c.code || d.Package != "" || d.Settings.Handler != "index.handler" {
			t.Errorf("%+v: %s, %s, %s", c.wish, d.Project, d.Key, d.Code)
		}
	}
}

func TestADraftOfAFunction(t *testing.T) {
	serve(t)
	path := code(t)
	deployed(t, path, workspace.Ask{})
	file := filepath.Join(t.TempDir(), "sluice.yaml")
	d, err := workspace.Describe(t.Context(), workspace.Wish{File: file, From: "bonus-prd-first"})
	if err != nil {
		t.Fatal(err)
	}
	if d.Package != filepath.Join(filepath.Dir(file), "bonus-prd-first.zip") || d.Code != "bonus-prd-first.zip" || d.Name != "bonus-prd-first" {
		t.Errorf("%+v", d)
	}
	src := filepath.Join(filepath.Dir(path), "src")
	d, err = workspace.Describe(t.Context(), workspace.Wish{File: path, From: "bonus-prd-first", Code: src})
	if err != nil || d.Package != "" || d.Code != "src" || d.Key != "bonus-prd-first" {
		t.Errorf("with code of one's own: %+v, %v", d, err)
	}
}
