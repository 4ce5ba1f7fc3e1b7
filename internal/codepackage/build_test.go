package codepackage_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"sluice/internal/codepackage"
	"sluice/internal/deployer"
	"sluice/internal/fault"
)

func built(source, build string) deployer.Function {
	return deployer.Function{Code: deployer.Code{Source: source, Build: build}}
}

func TestABuildRunsFirstInTheProjectsFolder(t *testing.T) {
	p := newProject(t)
	code, err := p.packages().Package(t.Context(), built("out", "mkdir out && echo made > out/index.js"))
	if err != nil {
		t.Fatal(err)
	}
	if got := p.entries(code.File)["index.js"].text; got != "made\n" {
		t.Errorf("%q", got)
	}
}

func TestABuildOfSeveralFunctionsRunsOnce(t *testing.T) {
	p := newProject(t)
	p.write(map[string]string{"a/x": "", "b/x": ""})
	packages := p.packages()
	var group sync.WaitGroup
	for _, source := range []string{"a", "b", "a", "b"} {
		group.Go(func() {
			if _, err := packages.Package(t.Context(), built(source, "echo run >> runs")); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if got, err := os.ReadFile(filepath.Join(p.folder, "runs")); string(got) != "run\n" {
		t.Errorf("%q, %v; want one run", got, err)
	}
}

func TestABuildThatFailsShowsTheEndOfWhatItPrinted(t *testing.T) {
	p := newProject(t)
	_, err := p.packages().Package(t.Context(), built("out", "seq 5000; echo no such target >&2; exit 2"))
	if !fault.Is(err, fault.Invalid, "build") {
		t.Fatal(err)
	}
	text := err.Error()
	if !strings.Contains(text, "ended with exit code 2:\n…") || !strings.HasSuffix(text, "\n5000\nno such target") || len(text) > 5000 {
		t.Error(text)
	}
}

func TestABuildThatMakesNothingIsTold(t *testing.T) {
	p := newProject(t)
	_, err := p.packages().Package(t.Context(), built("out", "true"))
	if !fault.Is(err, fault.NotFound, "package") || !strings.Contains(err.Error(), `does not exist after "true"`) {
		t.Error(err)
	}
}

func TestOutputOfBuildsIsShownOnDemand(t *testing.T) {
	p := newProject(t)
	p.write(map[string]string{"src/x": ""})
	var out bytes.Buffer
	packages := codepackage.New(codepackage.Config{Folder: p.folder, Cache: p.cache, Output: &out})
	_, err := packages.Package(t.Context(), built("src", "echo compiling; exit 1"))
	if out.String() != "compiling\n" || err == nil || strings.Contains(err.Error(), "compiling\n") {
		t.Errorf("printed %q, error %v", out.String(), err)
	}
}

func TestABuildThatWasCutOffRunsAgain(t *testing.T) {
	p := newProject(t)
	p.write(map[string]string{"src/x": ""})
	packages := p.packages()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := packages.Package(ctx, built("src", "true")); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if _, err := packages.Package(t.Context(), built("src", "true")); err != nil {
		t.Error(err)
	}
}
