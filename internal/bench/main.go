package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

func main() {
	reference := flag.String("reference", "../shared/bench", "folder with the reference's programs limit and handler; without it Sluice is measured alone")
	program := flag.String("sluice", "bin/sluice", "the program under test")
	length := flag.Duration("length", 2*time.Second, "length of one turn of load")
	turns := flag.Int("turns", 11, "turns of load for each side")
	transform := flag.String("sam", "", "a Python that has aws-sam-translator; without it the SAM transform is not compared")
	templates := flag.String("templates", "internal/stack/sam/testdata", "folder of the templates that are transformed")
	only := flag.String("only", "", "measure one `figure` alone: "+strings.Join(figureNames, ", "))
	write := flag.String("write", "", "file for the report, besides standard output")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, *reference, *program, *write, plan{length: *length, turns: *turns, only: *only, python: *transform, templates: *templates})
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// plan says how long is measured.
type plan struct {
	length time.Duration
	turns  int
	only   string // the figure that is measured alone; empty is all
	// python runs the reference implementation of the SAM transform on the templates of a folder; empty if it is missing.
	python, templates string
}

func run(ctx context.Context, reference, program, write string, p plan) error {
	folder, err := os.MkdirTemp("", "sluice-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	program, err = filepath.Abs(program)
	if err != nil {
		return err
	}
	t, err := build(ctx, reference, program, folder)
	if errors.Is(err, errNoReference) {
		fmt.Fprintf(os.Stderr, "bench: %v; measuring Sluice alone\n", err)
	} else if err != nil {
		return err
	}
	figures, err := measure(ctx, t, p)
	if err != nil {
		return err
	}
	report := figures.report()
	fmt.Print(report)
	if write != "" {
		err = os.WriteFile(write, []byte(report), 0o644)
	}
	return err
}

var figureNames = []string{"ratio", "start", "cycles", "rollouts", "guard", "stack", "transform", "feed"}

// measure takes each figure in turn; nothing else runs meanwhile.
func measure(ctx context.Context, t tools, p plan) (*figures, error) {
	f := &figures{machine: describeMachine(), plan: p, choice: measureChoice()}
	steps := map[string]func() error{
		"ratio":     func() error { return f.measureRatios(ctx, t, p) },
		"start":     func() (err error) { f.start, f.idle, err = measureStart(ctx, t); return err },
		"cycles":    func() (err error) { f.cyclesAlone, f.cycles, err = measureCycles(ctx, t, p); return err },
		"rollouts":  func() (err error) { f.lateness, err = measureRollouts(ctx, t); return err },
		"guard":     func() error { return f.measureGuards(ctx, t) },
		"stack":     func() (err error) { f.stack, err = measureStack(ctx, t); return err },
		"transform": func() (err error) { f.transforms, err = measureTransforms(ctx, p.python, p.templates); return err },
		"feed":      func() (err error) { f.feedings, err = measureFeed(ctx, t, theFeed); return err },
	}
	if p.only != "" && steps[p.only] == nil {
		return nil, fmt.Errorf("there is no figure %q: -only takes one of %s", p.only, strings.Join(figureNames, ", "))
	}
	for _, name := range figureNames {
		if p.only != "" && p.only != name {
			continue
		}
		if err := steps[name](); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return f, nil
}

func (f *figures) measureRatios(ctx context.Context, t tools, p plan) error {
	for _, connections := range []int{8, 1} {
		if t.limit == "" {
			break
		}
		c, err := compare(ctx, t, connections, p)
		if err != nil {
			return fmt.Errorf("at %d connections: %w", connections, err)
		}
		f.comparisons = append(f.comparisons, c)
	}
	return nil
}

// comparison is the load of both sides at a number of connections: a result for each turn.
type comparison struct {
	connections   int
	limit, sluice []result
}

// body is what each request carries.
var body = []byte(`{"name":"x"}`)

// compare lets both sides run and loads them in short turns, so that only one works at a time and both see the same
// moods of the machine.
func compare(ctx context.Context, t tools, connections int, p plan) (c comparison, err error) {
	c.connections = connections
	limit, limitRequest, err := startLimit(ctx, t, connections)
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, limit.stop()) }()
	sluice, err := startSluice(ctx, t, filepath.Join(t.folder, fmt.Sprint("compare-", connections)))
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, sluice.stop()) }()
	sluiceRequest, err := sluice.createWeighted(ctx, t, body)
	if err != nil {
		return c, err
	}
	sides := []struct {
		name    string
		request *http.Request
		turns   *[]result
	}{{"the reference", limitRequest, &c.limit}, {"sluice", sluiceRequest, &c.sluice}}
	for turn := range p.turns + 1 {
		length := p.length
		if turn == 0 {
			length = time.Second // to start processes and fill caches
		}
		for _, side := range sides {
			r, err := generate(ctx, side.request.Clone(ctx), body, connections, length)
			if err != nil {
				return c, fmt.Errorf("%s: %w", side.name, err)
			}
			if r.failed > 0 {
				return c, fmt.Errorf("%s: %d requests failed", side.name, r.failed)
			}
			if turn > 0 {
				*side.turns = append(*side.turns, r)
			}
		}
		slices.Reverse(sides) // so that neither side always follows the other
	}
	return c, nil
}
