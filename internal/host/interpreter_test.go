package host

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/internal/fault"
)

// pathWith makes folders with programs and puts them, and nothing else, on the PATH.
func pathWith(t *testing.T, folders ...map[string]string) (paths []string) {
	t.Helper()
	for _, programs := range folders {
		dir := t.TempDir()
		paths = append(paths, dir)
		for name, script := range programs {
			if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Setenv("PATH", strings.Join(paths, string(os.PathListSeparator)))
	return paths
}

// says is an interpreter that answers with a path and a version.
func says(path, version string) string { return "echo " + path + "; echo " + version }

func TestInterpreters(t *testing.T) {
	for _, tt := range []struct {
		name    string
		folders []map[string]string
		path    string
		warning string
	}{
		{"the exact name", []map[string]string{{"python3.12": says("/a", "3.12.4"), "python3": says("/b", "3.13.0")}}, "/a", ""},
		{"the general name with the right version", []map[string]string{{"python3": says("/b", "3.12.1")}}, "/b", ""},
		{"the right one in a later folder", []map[string]string{{"python3": says("/b", "3.13.0")}, {"python3": says("/c", "3.12.0")}}, "/c", ""},
		{"a shim that refuses", []map[string]string{{"python3.12": "exit 127", "python3": says("/b", "3.12.1")}}, "/b", ""},
		{"another minor version", []map[string]string{{"python3": says("/b", "3.13.0")}}, "/b", "Python 3.12 is not installed; the function runs on 3.13.0"},
		{"not the old Python", []map[string]string{{"python": says("/old", "2.7.18"), "python3": says("/b", "3.9.1")}}, "/b", "Python 3.12 is not installed; the function runs on 3.9.1"},
		{"one with a similar number", []map[string]string{{"python3": says("/b", "3.1")}, {"python3": says("/c", "3.120.0")}}, "/b", "Python 3.12 is not installed; the function runs on 3.1"},
		{"one that says nothing", []map[string]string{{"python3": "exit 0"}, {"python3": says("/c", "3.12.0")}}, "/c", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			pathWith(t, tt.folders...)
			in := &interpreters{found: map[string]interpreter{}}
			got, err := in.find(pythonLanguage, "3.12")
			if err != nil || got != (interpreter{tt.path, tt.warning}) {
				t.Errorf("find = %+v, %v", got, err)
			}
		})
	}
}

func TestInterpretersThatAreMissing(t *testing.T) {
	for name, programs := range map[string]map[string]string{
		"nothing": {}, "only the old Python": {"python": says("/old", "2.7.18")}, "only what does not work": {"python3": "exit 1"},
	} {
		t.Run(name, func(t *testing.T) {
			pathWith(t, programs)
			in := &interpreters{found: map[string]interpreter{}}
			if _, err := in.find(pythonLanguage, "3.12"); !fault.Is(err, fault.Unavailable, "runtime") {
				t.Errorf("find = %v", err)
			}
		})
	}
}

func TestInterpretersAreAskedOnce(t *testing.T) {
	paths := pathWith(t, map[string]string{"node": says("/n", "22.1.0")})
	in := &interpreters{found: map[string]interpreter{}}
	if _, err := in.find(nodeLanguage, "22"); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(paths[0], "node")); err != nil {
		t.Fatal(err)
	}
	if got, err := in.find(nodeLanguage, "22"); err != nil || got.path != "/n" || got.warning != "" {
		t.Errorf("asked again: %+v, %v", got, err)
	}
	if _, err := in.find(nodeLanguage, "20"); err == nil {
		t.Error("another version was found without being there")
	}
}

// TestAnInterpreterMayBeInstalledLater wants no memory of a failure.
func TestAnInterpreterMayBeInstalledLater(t *testing.T) {
	paths := pathWith(t, map[string]string{})
	in := &interpreters{found: map[string]interpreter{}}
	if _, err := in.find(nodeLanguage, "22"); err == nil {
		t.Fatal("found without being there")
	}
	if err := os.WriteFile(filepath.Join(paths[0], "node"), []byte("#!/bin/sh\n"+says("/n", "22.0.0")), 0o755); err != nil {
		t.Fatal(err)
	}
	if got, err := in.find(nodeLanguage, "22"); err != nil || got.path != "/n" {
		t.Errorf("find = %+v, %v", got, err)
	}
}
