package host

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

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

// testedInterpreters forgets at once what it has not found.
func testedInterpreters(t *testing.T) *interpreters {
	in := newInterpreters()
	in.keepMiss = 0
	t.Cleanup(in.close)
	return in
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
			in := testedInterpreters(t)
			got, err := in.find(t.Context(), pythonLanguage, "3.12")
			if err != nil || got.path != tt.path || got.warning != tt.warning {
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
			in := testedInterpreters(t)
			if _, err := in.find(t.Context(), pythonLanguage, "3.12"); !fault.Is(err, fault.Unavailable, "runtime") {
				t.Errorf("find = %v", err)
			}
		})
	}
}

func TestInterpretersAreAskedOnce(t *testing.T) {
	paths := pathWith(t, map[string]string{"node": says("/n", "22.1.0")})
	in := testedInterpreters(t)
	if _, err := in.find(t.Context(), nodeLanguage, "22"); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(paths[0], "node")); err != nil {
		t.Fatal(err)
	}
	if got, err := in.find(t.Context(), nodeLanguage, "22"); err != nil || got.path != "/n" || got.warning != "" {
		t.Errorf("asked again: %+v, %v", got, err)
	}
	if _, err := in.find(t.Context(), nodeLanguage, "20"); err == nil {
		t.Error("another version was found without being there")
	}
}

// TestAnInterpreterMayBeInstalledLater wants no memory of a failure.
func TestAnInterpreterMayBeInstalledLater(t *testing.T) {
	paths := pathWith(t, map[string]string{})
	in := testedInterpreters(t)
	if _, err := in.find(t.Context(), nodeLanguage, "22"); err == nil {
		t.Fatal("found without being there")
	}
	if err := os.WriteFile(filepath.Join(paths[0], "node"), []byte("#!/bin/sh\n"+says("/n", "22.0.0")), 0o755); err != nil {
		t.Fatal(err)
	}
	if got, err := in.find(t.Context(), nodeLanguage, "22"); err != nil || got.path != "/n" {
		t.Errorf("find = %+v, %v", got, err)
	}
}

func TestAMissIsRememberedForAWhile(t *testing.T) {
	asked := filepath.Join(t.TempDir(), "asked")
	pathWith(t, map[string]string{"node": "echo >>" + asked})
	in := testedInterpreters(t)
	in.keepMiss = time.Hour
	for range 3 {
		if _, err := in.find(t.Context(), nodeLanguage, "22"); !fault.Is(err, fault.Unavailable, "runtime") {
			t.Errorf("find = %v", err)
		}
	}
	if b, err := os.ReadFile(asked); err != nil || len(b) != 1 {
		t.Errorf("the program was asked %d times, %v", len(b), err)
	}
}

// hanging is a shim that tells a file that it runs, and waits for a child for ever.
func hanging(t *testing.T) (script string, runs func() bool) {
	file := filepath.Join(t.TempDir(), "runs")
	return "echo >" + file + "; /bin/sleep 3600", func() bool { _, err := os.Stat(file); return err == nil }
}

func TestAShimThatHangsHoldsNobody(t *testing.T) {
	script, runs := hanging(t)
	pathWith(t, map[string]string{"python3.12": script, "node": says("/n", "22.1.0")})
	r := newRig(t, nil)
	python := r.version(t, "python3.12", "index.handler", map[string]string{"index.py": ""})
	pool := r.Pool(python)
	results := make(chan error, 3)
	ctx, leave := context.WithCancel(t.Context())
	invoke := func(ctx context.Context) {
		_, err := pool.Invoke(ctx, newCall(`{}`))
		results <- err
	}
	go invoke(ctx)
	go invoke(ctx)
	eventually(t, "the shim runs", runs)
	if got, err := r.interpreters.find(t.Context(), nodeLanguage, "22"); err != nil || got.path != "/n" {
		t.Errorf("another language: %+v, %v", got, err)
	}
	leave()
	for range 2 {
		if err := <-results; !errors.Is(err, context.Canceled) {
			t.Errorf("Invoke without its caller = %v", err)
		}
	}
	go invoke(t.Context())
	eventually(t, "the last call waits", func() bool { all, idle := size(pool); return all == 1 && idle == 0 })
	if err := r.Close(ctx); err != nil {
		t.Fatal(err)
	}
	if err := <-results; !fault.Is(err, fault.Unavailable, "server") {
		t.Errorf("Invoke while the server stops = %v", err)
	}
}

func TestAShimThatHangsIsNoInterpreter(t *testing.T) {
	script, _ := hanging(t)
	pathWith(t, map[string]string{"python3.12": script, "python3": script})
	in := testedInterpreters(t)
	in.answerLimit = time.Millisecond
	guard, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if _, err := in.find(guard, pythonLanguage, "3.12"); !fault.Is(err, fault.Unavailable, "runtime") {
		t.Errorf("find = %v", err)
	}
}

// TestAShimEndsWithItsChildren wants no wait for those who hold its output open.
func TestAShimEndsWithItsChildren(t *testing.T) {
	child := filepath.Join(t.TempDir(), "child")
	pathWith(t, map[string]string{"node": "/bin/sleep 3600 & echo $! >" + child + ".new; /bin/mv " + child + ".new " + child + "; wait"})
	in := testedInterpreters(t)
	in.answerLimit = time.Hour
	ctx, leave := context.WithCancel(t.Context())
	leave()
	if _, err := in.find(ctx, nodeLanguage, "22"); !errors.Is(err, context.Canceled) {
		t.Errorf("find without its caller = %v", err)
	}
	eventually(t, "the shim has a child", func() bool { _, err := os.Stat(child); return err == nil })
	in.close()
	pid, err := strconv.Atoi(strings.TrimSpace(string(must(os.ReadFile(child)))))
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, "the child ends", func() bool { return gone(pid) })
	if _, err := in.find(t.Context(), nodeLanguage, "22"); !fault.Is(err, fault.Unavailable, "server") {
		t.Errorf("find after the end = %v", err)
	}
}
