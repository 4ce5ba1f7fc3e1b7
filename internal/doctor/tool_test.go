package doctor

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestToolFinding(t *testing.T) {
	for printed, want := range map[string]string{
		"aws-cli/2.13.0 Python/3.11.4 Linux/5.15 exe/x86_64.ubuntu.22\n": Yes,
		"aws-cli/2.12.7 Python/3.11.4 Linux/5.15":                        Partly,
		"aws-cli/1.29.0 Python/3.9.1 Linux/5.15 botocore/1.31.0":         Yes,
		"aws-cli/1.28.85 Python/3.9.1 Linux/5.15 botocore/1.30.1":        Partly,
		"aws-cli/0.9.0":               Partly,
		"aws-cli/3.0.0 Python/3.14.0": Yes,
		"aws: not found":              Partly,
		"":                            Partly,
	} {
		f := toolFinding("/usr/bin/aws", printed)
		if f.State != want || f.Needed || (want == Partly) != strings.Contains(f.Advice, "--endpoint-url") {
			t.Errorf("%q: %+v, want %s", printed, f, want)
		}
	}
}

func TestTheToolOnThePathIsAsked(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("PATH", folder)
	if f := examineTool(t.Context()); f.State != Partly || f.Detail != "none on the PATH" {
		t.Errorf("without one: %+v", f)
	}
	if err := os.WriteFile(filepath.Join(folder, "aws"), []byte("#!/bin/sh\necho aws-cli/1.16.3 Python/2.7 >&2\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if f := examineTool(t.Context()); f.State != Partly || !strings.HasPrefix(f.Detail, "aws-cli/1.16.3 at "+folder) {
		t.Errorf("with an old one: %+v", f)
	}
}
