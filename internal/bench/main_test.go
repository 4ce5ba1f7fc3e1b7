package main

import (
	"os"
	"testing"

	"sluice/internal/cli"
	"sluice/internal/demo"
)

// TestMain lets this program be the server under test, and the function that it runs.
func TestMain(m *testing.M) {
	if os.Getenv("_HANDLER") == demo.Handler || len(os.Args) > 1 && os.Args[1] == "up" {
		os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// self are the tools of a run whose server is this program.
func self(t *testing.T) tools {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return tools{folder: t.TempDir(), sluice: program}
}
