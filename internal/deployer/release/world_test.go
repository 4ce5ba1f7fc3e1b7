package release_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
)

// tester is what *testing.T and *rapid.T have in common.
type tester interface {
	Helper()
	Context() context.Context
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// world is a project with its environment, its endpoint and its code.
type world struct {
	*memory
	env *deployer.Environment

	commandsMu sync.Mutex
	ran        []string         // commands, with function and version
	refuses    map[string]error // commands that fail
	onCommand  func(ctx context.Context, command string)
	code       map[string]string // digest by function key
	eventsMu   sync.Mutex
	events     []release.Event
}

// alias is what all functions of a world call theirs.
const alias = "LIVE"

// newWorld is a project with some functions f1, f2 …, in an environment that publishes and moves by seed 000's
// increments.
func newWorld(functions int) *world {
	w := &world{memory: newMemory(), code: map[string]string{}, refuses: map[string]error{}}
	w.env = &deployer.Environment{
		Project: "p", Name: "prd", Publish: true, Checks: deployer.Checks{Errors: -1},
		Strategy: deployer.Strategy{Kind: deployer.Increments, Percents: []float64{25, 50, 75}, Interval: 10 * time.Minute},
	}
	for i := range functions {
		key := fmt.Sprintf("f%d", i+1)
		w.env.Functions = append(w.env.Functions, deployer.Function{
			Key: key, Name: "p-" + key, Alias: alias, Settings: deployer.Settings{Runtime: "nodejs22.x", MemoryMB: 128},
		})
	}
	w.write("A")
	return w
}

// write is new code in all functions.
func (w *world) write(digest string) {
	for _, f := range w.env.Functions {
		w.code[f.Key] = digest
	}
}

func (w *world) Package(_ context.Context, f deployer.Function) (deployer.Code, error) {
	return deployer.Code{Digest: w.code[f.Key], File: f.Key + ".zip"}, nil
}

func (w *world) Run(ctx context.Context, command string, v map[string]string) error {
	w.commandsMu.Lock()
	w.ran = append(w.ran, command+" "+v["SLUICE_FUNCTION"]+":"+v["SLUICE_TO"])
	w.commandsMu.Unlock()
	if w.onCommand != nil {
		w.onCommand(ctx, command)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return w.refuses[command]
}

// runner is one of somebody's.
func (w *world) runner(t tester, by string) *release.Runner {
	t.Helper()
	r, err := release.New(w.memory, w, w, release.Config{By: by, Commit: "c0ffee", Tag: "v1", Observe: w.observe})
	if err != nil {
		t.Fatalf("%v", err)
	}
	return r
}

func (w *world) observe(e release.Event) {
	w.eventsMu.Lock()
	defer w.eventsMu.Unlock()
	w.events = append(w.events, e)
}

// told are the kinds of the events about a function, or about all.
func (w *world) told(function string) (kinds []release.EventKind) {
	for _, e := range w.events {
		if e.Function == function {
			kinds = append(kinds, e.Kind)
		}
	}
	return kinds
}

// deploy plans and deploys.
func (w *world) deploy(ctx context.Context, t tester, how release.How) (release.Outcome, error) {
	return w.deployAs(ctx, t, "ann", release.Ask{}, how)
}

func (w *world) deployAs(ctx context.Context, t tester, by string, ask release.Ask, how release.How) (release.Outcome, error) {
	t.Helper()
	r := w.runner(t, by)
	p, err := r.Plan(ctx, w.env, ask)
	if err != nil {
		return release.Outcome{}, err
	}
	return r.Deploy(ctx, p, how)
}

// must deploys without a failure.
func (w *world) must(t tester, how release.How) release.Outcome {
	t.Helper()
	o, err := w.deploy(t.Context(), t, how)
	if err != nil {
		t.Fatalf("deploy: %v", err)
	}
	return o
}

// released is a world whose functions are on version 1, with code B written.
func released(t tester, functions int) *world {
	t.Helper()
	w := newWorld(functions)
	w.must(t, release.How{})
	w.write("B")
	w.forget()
	return w
}

// forget leaves no trace of what happened so far.
func (w *world) forget() {
	w.asked, w.ran, w.events = nil, nil, nil
	clear(w.hooks)
}

// stands says where the alias of each function points: "1", "1+2@25" or "none".
func (w *world) stands() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.pass()
	all := make([]string, 0, len(w.env.Functions))
	for _, f := range w.env.Functions {
		all = append(all, place(w.alias(f.Name, f.Alias)))
	}
	return all
}

func place(a *deployer.Alias) string {
	switch {
	case a == nil:
		return "none"
	case a.Stable():
		return a.Version
	}
	return fmt.Sprintf("%s+%s@%v", a.Version, a.Additional, a.Weight*100)
}

// wantStands compares where the aliases point; one place stands for all.
func (w *world) wantStands(t tester, want ...string) {
	t.Helper()
	got := w.stands()
	if len(want) == 1 {
		want = slices.Repeat(want, len(got))
	}
	if !slices.Equal(got, want) {
		t.Errorf("the aliases stand at %q, want %q", got, want)
	}
}

// record is what the alias of a function says.
func (w *world) record(t tester, key string) deployer.Record {
	t.Helper()
	a := w.functions["p-"+key].aliases[alias]
	r, ok := deployer.ReadRecord(a.Description)
	if !ok {
		t.Errorf("%s: no record in %q", key, a.Description)
	}
	return r
}

// calls counts those of a method.
func (w *world) calls(method string) (n int) {
	for _, c := range w.asked {
		if name, _, _ := strings.Cut(c, " "); name == method {
			n++
		}
	}
	return n
}

// writes are the methods that changed something, ascending, each once.
func (w *world) writes() []string {
	some := map[string]bool{}
	for _, c := range w.asked {
		if name, _, _ := strings.Cut(c, " "); !slices.Contains([]string{"Find", "Alias", "Ringing", "Errors", "Deployment", "Deploying"}, name) {
			some[name] = true
		}
	}
	return slices.Sorted(maps.Keys(some))
}

// wantStopped takes an error for a Stopped.
func wantStopped(t tester, err error) *release.Stopped {
	t.Helper()
	var stopped *release.Stopped
	if !errors.As(err, &stopped) {
		t.Fatalf("error %v, want a Stopped", err)
	}
	return stopped
}

// wantFailed takes an error for a Failed.
func wantFailed(t tester, err error) *release.Failed {
	t.Helper()
	var failed *release.Failed
	if !errors.As(err, &failed) {
		t.Fatalf("error %v, want a Failed", err)
	}
	return failed
}

// commandsFunc are commands that succeed and whose variables are looked at.
type commandsFunc func(variables map[string]string)

func (f commandsFunc) Run(_ context.Context, _ string, variables map[string]string) error {
	f(variables)
	return nil
}

// soon is a lease that has not run out.
func (w *world) soon() time.Time { return time.Now().Add(time.Minute) }
