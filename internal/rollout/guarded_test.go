package rollout_test

import (
	"context"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/rollout"
)

// hooks stands in for the functions that decide about deployments.
type hooks struct {
	mu    sync.Mutex
	calls []rollout.HookCall
	// run is what a hook's function does; nil: nothing, until the server ends.
	run func(context.Context, rollout.HookCall) (rollout.HookRun, error)
}

func (h *hooks) RunHook(ctx context.Context, call rollout.HookCall) (rollout.HookRun, error) {
	h.mu.Lock()
	h.calls = append(h.calls, call)
	run := h.run
	h.mu.Unlock()
	if run == nil {
		<-ctx.Done()
		return rollout.HookRun{}, ctx.Err()
	}
	return run(ctx, call)
}

// called are the executions of a function's runs.
func (h *hooks) called(name string) (executions []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, call := range h.calls {
		if call.Function.Name == name {
			executions = append(executions, call.Execution)
		}
	}
	return executions
}

// alarms stands in for the room of alarms.
type alarms struct {
	mu      sync.Mutex
	known   []string
	ringing map[string]bool
	rang    map[string]time.Time // last
}

func (a *alarms) Ringing(_ context.Context, _ function.Scope, names []string, since time.Time) (map[string]time.Time, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	rang := map[string]time.Time{}
	for _, name := range names {
		if !slices.Contains(a.known, name) {
			return nil, fault.Errorf(fault.NotFound, "alarm", "There is no alarm %s.", name)
		}
		if at, ok := a.rang[name]; ok && (a.ringing[name] || !at.Before(since)) {
			rang[name] = at
		}
	}
	return rang, nil
}

// ring lets an alarm begin to ring, or stop, and tells of it.
func (a *alarms) ring(s *rollout.Service, name string, on bool) {
	a.set(name, on)
	s.AlarmChanged(scope, name)
}

// set is ring without a word.
func (a *alarms) set(name string, on bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.rang == nil {
		a.ringing, a.rang = map[string]bool{}, map[string]time.Time{}
	}
	if a.ringing[name] = on; on {
		a.rang[name] = time.Now()
	}
}

// guarded is a service whose group g has both hooks, an alarm and automatic rollback.
type guarded struct {
	*rollout.Service
	aliases *traffic
	hooks   *hooks
	alarms  *alarms
	records rollout.Store
	restart func() // starts another server, if the test can
}

const hookedSpec = yamlSpec + "Hooks:\n  - BeforeAllowTraffic: \"before\"\n  - AfterAllowTraffic: \"arn:aws:lambda:eu-central-1:123456789012:function:after:live\"\n"

func guardedBubble(t *testing.T, config string, tags map[string]string, test func(*testing.T, *guarded)) {
	t.Helper()
	g := &guarded{hooks: &hooks{}, alarms: &alarms{known: []string{"errors", "latency"}}}
	change := func(c *rollout.ServiceConfig) { c.Hooks, c.Alarms, g.records = g.hooks, g.alarms, c.Store }
	bubble(t, config, change, func(t *testing.T, s *rollout.Service, aliases *traffic) {
		g.Service, g.aliases = s, aliases
		g.guard(t, tags)
		test(t, g)
	})
}

// guard gives the group g both alarms, automatic rollback and tags.
func (g *guarded) guard(t *testing.T, tags map[string]string) {
	t.Helper()
	err := g.UpdateGroup(t.Context(), scope, "app", "g", func(group *rollout.Group) {
		group.Alarms = rollout.Alarms{Enabled: true, Names: []string{"latency", "errors"}}
		group.Rollback = rollout.Rollback{Enabled: true, Events: []rollout.RollbackEvent{rollout.OnStop, rollout.OnAlarm, rollout.OnFailure}}
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := g.TagGroup(t.Context(), scope, "app", "g", func(all map[string]string) { maps.Copy(all, tags) }); err != nil {
		t.Fatal(err)
	}
}

// deploy starts a deployment with hooks, or without.
func (g *guarded) deploy(t *testing.T, hooked bool) *rollout.Deployment {
	t.Helper()
	r := request("g")
	if hooked {
		r.Revision.Content = hookedSpec
	}
	d := mustCreate(t, g.Service, r)
	after(0)
	return d
}

func (g *guarded) find(t *testing.T, id string) *rollout.Deployment {
	t.Helper()
	d, err := g.Deployment(t.Context(), scope, id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// wantRolledBack fails unless a deployment has failed as it should, and another one has brought its traffic back.
func (g *guarded) wantRolledBack(t *testing.T, id string, status rollout.Status, cause rollout.Cause) *rollout.Deployment {
	t.Helper()
	d := g.find(t, id)
	if d.Status() != status || d.State.Failure.Cause != cause || d.RollbackID == "" {
		t.Fatalf("%s, %+v, rolled back by %q; want %s for %s", d.Status(), d.State.Failure, d.RollbackID, status, cause)
	}
	back := g.find(t, d.RollbackID)
	if back.Status() != rollout.Succeeded || back.RollbackOf != id || back.Creator != "codeDeployRollback" {
		t.Errorf("the rollback: %+v", back)
	}
	if got := g.aliases.weights("f"); got[len(got)-1] != 100 || g.aliases.target("f") != d.Spec.Current || g.aliases.owner("f") != "" {
		t.Errorf("moves %v end at version %v, owned by %q", got, g.aliases.target("f"), g.aliases.owner("f"))
	}
	return d
}

// target is where the last move of f's alias went.
func (f *traffic) target(name string) function.Number {
	f.mu.Lock()
	defer f.mu.Unlock()
	moves := f.aliases[name+":live"].moves
	return moves[len(moves)-1].Target
}

func (g *guarded) report(t *testing.T, name string, d *rollout.Deployment, succeeded bool) {
	t.Helper()
	runs := g.hooks.called(name)
	if len(runs) == 0 {
		t.Fatalf("the hook %s has not run", name)
	}
	if err := g.ReportHook(t.Context(), scope, d.ID, runs[len(runs)-1], succeeded); err != nil {
		t.Fatal(err)
	}
	after(0)
}
