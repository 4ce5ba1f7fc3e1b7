package demo_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sluice/internal/demo"
)

// This test's program is also the function that the demo runs.
func TestMain(m *testing.M) {
	if os.Getenv("_HANDLER") == demo.Handler {
		if err := demo.Bootstrap(); err != nil {
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

func TestRun(t *testing.T) {
	executable, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := demo.Run(t.Context(), demo.Config{Out: &out, Executable: executable, Scale: 300}); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	for _, want := range []string{
		`a minute takes 200ms`, `(?m)^  1\.\ds .* 0 % .*v2      0`, `100 % .*Succeeded`,
		`(?m)^     [1-9]0 % `, `succeeded in \d\.\d s`, `requests +\d{2,}`, `failed +0\n`, `largest error +0\.\d requests`,
	} {
		if !regexp.MustCompile(want).MatchString(out.String()) {
			t.Errorf("nothing matches %q in\n%s", want, out.String())
		}
	}
}

// A demo that shows a failure fails.
func TestRunFails(t *testing.T) {
	broken := filepath.Join(t.TempDir(), "broken")
	if err := os.WriteFile(broken, []byte("#!/bin/sh\nexit 3\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	for executable, says := range map[string]string{broken: "requests failed", filepath.Join(t.TempDir(), "none"): "prepare the demo"} {
		err := demo.Run(t.Context(), demo.Config{Out: io.Discard, Executable: executable, Scale: 600})
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want one that says %q", err, says)
		}
	}
}

func TestRunStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	executable, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	out := cancelAt{cancel: cancel}
	err = demo.Run(ctx, demo.Config{Out: &out, Executable: executable, Scale: 60})
	if err == nil || !strings.Contains(err.Error(), "interrupted") {
		t.Errorf("error %v", err)
	}
	if strings.Contains(out.text.String(), "succeeded") {
		t.Errorf("a demo that was cut off is summed up:\n%s", &out.text)
	}
}

// cancelAt cancels when the first frame is drawn.
type cancelAt struct {
	cancel context.CancelFunc
	text   bytes.Buffer
}

func (c *cancelAt) Write(text []byte) (int, error) {
	if bytes.Contains(text, []byte("v1")) {
		c.cancel()
	}
	return c.text.Write(text)
}
