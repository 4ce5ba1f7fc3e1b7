package cli_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"sluice/internal/cli"
	"sluice/internal/client"
	"sluice/internal/server"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"sluice": func() { os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// Each command has a script for its use and one for its likeliest misuse.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("GORACE", "atexit_sleep_ms=0") // the race detector would make each command wait for a second at its end
			env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, ".cache"))
			env.Setenv("SLUICE_USER", "ada")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"await":   await,
			"get":     get,
			"address": address,
			"status":  status,
			"use":     use,

			"await-text":   awaitText,
			"await-weight": awaitWeight,
		},
		Condition: func(name string) (bool, error) {
			if name != "root" {
				return false, fmt.Errorf("unknown condition %q", name)
			}
			return os.Geteuid() == 0, nil
		},
		RequireExplicitExec: true,
	})
}

// await FILE waits until the server whose address is in a file answers, for at most ten seconds. FILE may be a pattern.
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: await FILE")
	}
	deadline := time.After(10 * time.Second)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		files, err := filepath.Glob(ts.MkAbs(args[0]))
		ts.Check(err)
		if len(files) == 1 && healthy(files[0]) {
			return
		}
		select {
		case <-deadline:
			ts.Fatalf("no server answered in ten seconds at the address in %s", args[0])
		case <-tick.C:
		}
	}
}

func healthy(file string) bool {
	url, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	answer, err := http.Get(strings.TrimSpace(string(url)) + "/_sluice/health")
	if err != nil {
		return false
	}
	answer.Body.Close()
	return answer.StatusCode == http.StatusOK
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

// address FILE puts the address in a file, without the scheme, into the variable ADDRESS.
func address(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: address FILE")
	}
	ts.Setenv("ADDRESS", strings.TrimPrefix(strings.TrimSpace(ts.ReadFile(args[0])), "http://"))
}

// status CODE PROGRAM ARG... runs a program that has to end with an exit code.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status CODE PROGRAM ARG...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// use DATA points AWS's tools and sluice's commands to the server of a data folder.
func use(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: use DATA")
	}
	ts.Check(ts.Exec("sluice", "env", "--json", "--data", args[0]))
	var variables map[string]string
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &variables))
	for name, value := range variables {
		ts.Setenv(name, value)
	}
}

// await-text FILE TEXT waits until a file has a text, for at most ten seconds.
func awaitText(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: await-text FILE TEXT")
	}
	deadline := time.After(10 * time.Second)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		content, err := os.ReadFile(ts.MkAbs(args[0]))
		if err == nil && strings.Contains(string(content), args[1]) {
			return
		}
		select {
		case <-deadline:
			ts.Fatalf("in ten seconds %s did not get %q, but:\n%s", args[0], args[1], content)
		case <-tick.C:
		}
	}
}

// await-weight ENV waits until an alias of an environment is between two versions, for at most ten seconds.
func awaitWeight(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: await-weight ENV")
	}
	deadline := time.Now().Add(10 * time.Second)
	for time.Now().Before(deadline) {
		ts.Check(ts.Exec("sluice", "status", args[0], "--json"))
		if strings.Contains(ts.ReadFile("stdout"), `"additional"`) {
			return
		}
	}
	ts.Fatalf("no alias of %s got a second version in ten seconds", args[0])
}

// A request that does not end holds a stopping server up. Whoever does not want to wait interrupts once more.
func TestASecondInterruptEndsAtOnce(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	data := t.TempDir()
	up := exec.CommandContext(ctx, "sluice", "up", "--listen", "127.0.0.1:0", "--data", data)
	if err := up.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	defer func() { <-ended }()
	go func() { ended <- up.Wait(); close(ended) }()
	address, err := server.AwaitAddress(ctx, data)
	if err != nil {
		t.Fatal(err)
	}
	request := endless(t, address)
	defer request.Close()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		_ = up.Process.Signal(os.Interrupt) // it may have ended already
		select {
		case <-tick.C:
			continue
		case <-ended:
		}
		if s := up.ProcessState.Sys().(syscall.WaitStatus); !s.Signaled() || s.Signal() != syscall.SIGINT {
			t.Errorf("it ended with %v, want an interrupt", up.ProcessState)
		}
		return
	}
}

// endless begins a signed request whose body never comes.
func endless(t *testing.T, address server.Address) net.Conn {
	t.Helper()
	c := client.Client{URL: address.URL, Key: address.Key}
	request, err := c.Request(t.Context(), "lambda", http.MethodPost, "/2015-03-31/functions", nil, []byte(`{"a": "b"}`))
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := request.Write(&text); err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(text.String(), "\r\n\r\n")
	conn, err := net.Dial("tcp", request.URL.Host)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, head+"\r\nExpect: 100-continue\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	// The server asks for the body when it has begun to serve the request.
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil || !strings.Contains(line, "100") {
		t.Fatalf("the server answered %q, %v", line, err)
	}
	return conn
}
