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

// program starts this test's program, which is too large to be packed in each test. A test of the command packs all of it.
func program(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(file, []byte("#!/bin/sh\nexec '"+executable(t)+"'\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return file
}

// executable is this test's program.
func executable(t *testing.T) string {
	t.Helper()
	file, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestRun(t *testing.T) {
	var out bytes.Buffer
	if err := demo.Run(t.Context(), demo.Config{Out: &out, Executable: program(t), Scale: 300}); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	for _, want := range []string{
		`a minute takes 200ms`, `(?m)^  0\.\ds .* 0 % .*v2      0`, `100 % .*alarm OK   Succeeded`,
		`(?m)^     [1-9]0 % `, `version 2 .*, succeeded in \d\.\d s`, `largest error +0\.\d requests`,

		`(?m)^ .* 0 % .*v3 +[1-9]\d* .*Stopped, rollback Succeeded$`,
		`version 3 +d-\w{9}, stopped: ALARM_ACTIVE\n`, `alarm +rang \d\.\d\d s after`, `\d ms after its minute had ended`,
		`traffic closed +\d+ ms after the alarm rang`, `met version 3 +[1-9]\d* of \d+ requests`, `rollback +d-\w{9}, succeeded`,
		`requests +\d{2,}\n`, `failed +[1-9]\d*, all of version 3\n`,
	} {
		if !regexp.MustCompile(want).MatchString(out.String()) {
			t.Errorf("nothing matches %q in\n%s", want, out.String())
		}
	}
}

// A demo that shows a failure which it should not fails.
func TestRunFails(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes some seconds")
	}
	for name, tt := range map[string]struct{ program, says string }{
		"version 2 fails":     {"#!/bin/sh\nexit 3\n", "requests failed"},
		"version 3 does not":  {"#!/bin/sh\nRATE= exec '" + executable(t) + "'\n", "version 3 was not stopped"},
		"there is no program": {"", "prepare the demo"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "program")
			if tt.program != "" {
				if err := os.WriteFile(file, []byte(tt.program), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			err := demo.Run(t.Context(), demo.Config{Out: io.Discard, Executable: file, Scale: 600})
			if err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("error %v, want one that says %q", err, tt.says)
			}
		})
	}
}

func TestRunStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	out := cancelAt{cancel: cancel}
	err := demo.Run(ctx, demo.Config{Out: &out, Executable: program(t), Scale: 60})
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
