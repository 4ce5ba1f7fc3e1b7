package cli_test

import (
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"sluice/internal/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"sluice": func() { os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// Each command has a script for its use and one for its likeliest misuse.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"await": await,
			"get":   get,
		},
		RequireExplicitExec: true,
	})
}

// await FILE waits until a background command has written a file, for at most ten seconds.
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: await FILE")
	}
	deadline := time.After(10 * time.Second)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		if _, err := os.Stat(ts.MkAbs(args[0])); err == nil {
			return
		}
		select {
		case <-deadline:
			ts.Fatalf("%s was not written in ten seconds", args[0])
		case <-tick.C:
		}
	}
}

// get FILE PATH asks the server whose address is in a file for a path, and prints the answer.
func get(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: get FILE PATH")
	}
	answer, err := http.Get(strings.TrimSpace(ts.ReadFile(args[0])) + args[1])
	ts.Check(err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	ts.Check(err)
	if neg == (answer.StatusCode == http.StatusOK) {
		ts.Fatalf("status %d: %s", answer.StatusCode, body)
	}
	_, err = ts.Stdout().Write(body)
	ts.Check(err)
}
