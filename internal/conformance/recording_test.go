package conformance

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func write(t *testing.T, folder, name, content string) string {
	t.Helper()
	file := filepath.Join(folder, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestLoad(t *testing.T) {
	file := write(t, t.TempDir(), "lambda/Test.test_x.json", `{"name":"n","known":{"<f>":"f"},"steps":[
		{"operation":"GetFunction","params":{"FunctionName":"f"},"status":200},
		{"wait":"function_active_v2"},
		{"wait":"status","operation":"GetAlias"},
		{"service":"logs","operation":"FilterLogEvents"},
		{"operation":"Invoke","params":{"InvocationType":"Event"}},
		{"http":{"method":"GET"}},
		{"operation":"ListFunctions","paginate":true}]}`)
	r, err := read(file)
	if err != nil || r.File != "lambda/Test.test_x" || r.Known["<f>"] != "f" || r.Steps[0].Status != 200 {
		t.Fatalf("loaded %+v, %v", r, err)
	}
	if services := r.Services(); !slices.Equal(services, []string{"lambda", "logs", "http"}) {
		t.Errorf("it calls %q", services)
	}
}

func TestLoadRefusesWhatItWouldNotCompare(t *testing.T) {
	for name, content := range map[string]string{
		"an unknown key":    `{"steps":[{"operation":"X","headers_like":{}}]}`,
		"no JSON":           `{"steps":`,
		"another structure": `{"steps":{}}`,
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			write(t, folder, "lambda/x.json", content)
			if all, err := LoadAll(folder); err == nil {
				t.Errorf("loaded %v", all)
			}
		})
	}
}

func TestLoadTakesTheRecordingsOfAllSubfolders(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"lambda/b.json", "codedeploy/a.json", "README.md", "lambda/notes.txt"} {
		write(t, folder, name, `{"steps":[]}`)
	}
	all, err := LoadAll(folder)
	if err != nil || len(all) != 2 || all[0].File != "codedeploy/a" || all[1].File != "lambda/b" {
		t.Errorf("loaded %v, %v", all, err)
	}
}

func TestAFolderThatIsMissingIsTold(t *testing.T) {
	if all, err := LoadAll(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("loaded %v, %v", all, err)
	}
}
