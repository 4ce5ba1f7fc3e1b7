package rollout_test

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/rollout"
)

// disaster is a deployment that has to be rolled back while its server dies.
type disaster struct {
	config, rollback string // rollback is the option, empty for at once
	hooked           bool   // its hook after fails
	alarm            bool   // an alarm rings after a quarter of an hour
}

// A server dies at each of its acts in turn while a deployment fails and is rolled back, and another one takes over: there
// is one rollback, it succeeds, and the alias ends on the version that it came from, and free.
func TestADeploymentIsRolledBackWhereverItsServerDies(t *testing.T) {
	const inSteps = "CodeDeployDefault.LambdaCanary10Percent5Minutes"
	for name, tt := range map[string]disaster{
		"for a hook, at once":                     {"AllAtOnce", "", true, false},
		"for a hook, in steps":                    {"AllAtOnce", inSteps, true, false},
		"for an alarm, at once":                   {"Linear10PercentEvery10Minutes", "", false, true},
		"for an alarm, in steps":                  {"Linear10PercentEvery10Minutes", inSteps, false, true},
		"for an alarm that rang while a hook ran": {"Canary10Percent30Minutes", "", true, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for last, died := 1, true; died; last++ {
				afterwards := (last+len(name))%2 == 0 // before each act, or after it: recovery_test.go does both for all
				synctest.Test(t, func(t *testing.T) { died = tt.diesAt(t, &mortal{last: last, after: afterwards}) })
				if t.Failed() {
					t.Fatalf("when it died at act %d (after it: %v)", last, afterwards)
				}
			}
		})
	}
}

// diesAt runs the disaster, and reports whether its server died.
func (tt disaster) diesAt(t *testing.T, m *mortal) bool {
	records, aliases := openStore(t, t.TempDir()), newTraffic()
	g := &guarded{hooks: &hooks{}, alarms: &alarms{known: []string{"errors", "latency"}}, aliases: aliases, records: records}
	var current atomic.Pointer[rollout.Service] // that hooks report to
	g.hooks.run = func(ctx context.Context, call rollout.HookCall) (rollout.HookRun, error) {
		// One whose report is not taken reports again when it is invoked again.
		_ = current.Load().ReportHook(ctx, scope, call.Deployment.ID, call.Execution, call.Phase == rollout.BeforeAllowTraffic)
		return rollout.HookRun{Tail: "log"}, nil
	}
	g.Service = rollout.NewService(rollout.ServiceConfig{Store: records, Traffic: aliases})
	mustGroup(t, g.Service, "g", "CodeDeployDefault.Lambda"+tt.config)
	tags := map[string]string{}
	if tt.rollback != "" {
		tags["sluice:rollback"] = tt.rollback
	}
	g.guard(t, tags)

	m.Store, m.Traffic = records, aliases
	first := rollout.NewService(rollout.ServiceConfig{Store: m, Traffic: m, Hooks: g.hooks, Alarms: g.alarms})
	current.Store(first)
	if err := first.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	g.Service = first
	r := request("g")
	if tt.hooked {
		r.Revision.Content = hookedSpec
	}
	_, createErr := first.CreateDeployment(t.Context(), r)
	after(15 * time.Minute)
	if tt.alarm {
		g.alarms.ring(g.Service, "errors", true)
	}
	after(time.Hour)
	first.Close()
	g.Service = rollout.NewService(rollout.ServiceConfig{Store: records, Traffic: aliases, Hooks: g.hooks, Alarms: g.alarms})
	current.Store(g.Service)
	if err := g.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(g.Close)
	after(3 * time.Hour)
	g.wantOneRollback(t, createErr == nil)
	return m.dead
}

// wantOneRollback checks how it all ended, if the deployment was stored.
func (g *guarded) wantOneRollback(t *testing.T, created bool) {
	t.Helper()
	all, _, err := g.Deployments(t.Context(), rollout.Query{Scope: scope})
	if err != nil || len(all) == 0 && created {
		t.Fatalf("%d deployments, %v", len(all), err)
	}
	if len(all) == 0 {
		return
	}
	first, second := all[len(all)-1], all[0]
	if first.RollbackOf != "" { // they were made in the same moment
		first, second = second, first
	}
	if len(all) != 2 || first.RollbackID != second.ID {
		t.Fatalf("%d deployments; the first is %s and rolled back by %q", len(all), first.Status(), first.RollbackID)
	}
	g.wantRolledBack(t, first.ID, first.Status(), first.State.Failure.Cause)
	for _, name := range []string{"before", "after"} {
		runs := g.hooks.called(name)
		for _, execution := range runs {
			if execution != runs[0] {
				t.Errorf("the hook %s ran as %v", name, runs)
			}
		}
	}
}
