package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// tools are the programs that a run needs, built into a temporary folder.
type tools struct {
	folder  string
	limit   string // the least that a host can do; empty if the reference is missing, as is handler
	handler string // the function that both sides run
	sluice  string
}

var errNoReference = errors.New("the reference is missing")

// build builds the reference's programs, which lie beside the repository and not in it. With errNoReference it returns
// the tools that need none.
func build(ctx context.Context, reference, sluice, folder string) (tools, error) {
	for _, name := range []string{"limit", "handler"} {
		if _, err := os.Stat(filepath.Join(reference, name, "main.go")); err != nil {
			return tools{folder: folder, sluice: sluice},
				fmt.Errorf("%w (no %s in %s; -reference says where it is)", errNoReference, name, reference)
		}
	}
	t := tools{folder: folder, limit: filepath.Join(folder, "limit"), handler: filepath.Join(folder, "bootstrap"), sluice: sluice}
	for name, target := range map[string]string{"limit": t.limit, "handler": t.handler} {
		cmd := exec.CommandContext(ctx, "go", "build", "-o", target, ".")
		cmd.Dir = filepath.Join(reference, name)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			return tools{}, fmt.Errorf("build the reference's %s: %w\n%s", name, err, out)
		}
	}
	return t, nil
}

// startLimit starts the reference host with as many runtime processes as there will be connections.
func startLimit(ctx context.Context, t tools, processes int) (p *process, request *http.Request, err error) {
	address, err := freeAddress()
	if err != nil {
		return nil, nil, err
	}
	p, err = start(ctx, address, t.limit, "-bootstrap", t.handler, "-n", strconv.Itoa(processes), "-addr", address)
	if err != nil {
		return nil, nil, err
	}
	request, err = http.NewRequestWithContext(ctx, "POST", "http://"+address+"/2015-03-31/functions/bench/invocations", nil)
	return p, request, err
}
