package rollout_test

import (
	"context"
	"maps"
	"slices"
	"strings"
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

func TestHooksLetTheTrafficIn(t *testing.T) {
	guardedBubble(t, "AllAtOnce", nil, func(t *testing.T, g *guarded) {
		d := g.deploy(t, true)
		after(59 * time.Minute)
		if moves := g.aliases.weights("f"); len(moves) != 0 {
			t.Fatalf("before the report the target had %v", moves)
		}
		g.report(t, "before", d, true)
		if got := g.aliases.weights("f"); !slices.Equal(got, []int{100}) {
			t.Fatalf("after it: %v", got)
		}
		if d := g.find(t, d.ID); d.Status() != rollout.InProgress {
			t.Errorf("it is %s while the hook after it runs", d.Status())
		}
		g.report(t, "after", d, true)
		if d := g.find(t, d.ID); d.Status() != rollout.Succeeded {
			t.Errorf("it is %s", d.Status())
		}
		if call := g.hooks.calls[1]; call.Qualifier != "live" || call.Phase != rollout.AfterAllowTraffic || call.Deployment.ID != d.ID {
			t.Errorf("the second call is %+v", call)
		}
	})
}

func TestAHookThatReportsFailureEndsTheDeployment(t *testing.T) {
	for hook, phases := range map[string][3]rollout.Status{
		"before": {rollout.Failed, rollout.Skipped, rollout.Skipped},
		"after":  {rollout.Succeeded, rollout.Succeeded, rollout.Failed},
	} {
		t.Run(hook, func(t *testing.T) {
			guardedBubble(t, "AllAtOnce", nil, func(t *testing.T, g *guarded) {
				d := g.deploy(t, true)
				if hook == "after" {
					g.report(t, "before", d, true)
				}
				g.report(t, hook, d, false)
				d = g.wantRolledBack(t, d.ID, rollout.Failed, rollout.HookFailed)
				for i, want := range phases {
					if d.State.Phases[i].Status != want {
						t.Errorf("%v is %s, want %s", rollout.PhaseName(i), d.State.Phases[i].Status, want)
					}
				}
			})
		})
	}
}

func TestAHookThatEndsWithoutSuccess(t *testing.T) {
	tests := map[string]struct {
		run    rollout.HookRun
		err    error
		detail string
	}{
		"it throws":      {rollout.HookRun{Failed: true, Error: "Exception: no", Tail: "Traceback"}, nil, "Exception: no"},
		"it isn't there": {rollout.HookRun{}, fault.Errorf(fault.NotFound, "function", "Function not found: before"), "Function not found: before"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			guardedBubble(t, "AllAtOnce", nil, func(t *testing.T, g *guarded) {
				g.hooks.run = func(context.Context, rollout.HookCall) (rollout.HookRun, error) { return tt.run, tt.err }
				d := g.wantRolledBack(t, g.deploy(t, true).ID, rollout.Failed, rollout.HookFailed)
				if d.State.Failure.Detail != tt.detail || d.State.Failure.Tail != tt.run.Tail {
					t.Errorf("%+v", d.State.Failure)
				}
				if took := d.State.Completed.Sub(d.Created); took != 0 {
					t.Errorf("it failed after %v", took)
				}
			})
		})
	}
}

func TestAReportCountsThoughTheHookThrowsAfterIt(t *testing.T) {
	guardedBubble(t, "AllAtOnce", nil, func(t *testing.T, g *guarded) {
		g.hooks.run = func(ctx context.Context, call rollout.HookCall) (rollout.HookRun, error) {
			err := g.ReportHook(ctx, scope, call.Deployment.ID, call.Execution, true)
			return rollout.HookRun{Failed: true, Error: "too late"}, err
		}
		if d := g.find(t, g.deploy(t, true).ID); d.Status() != rollout.Succeeded {
			t.Errorf("%s: %+v", d.Status(), d.State.Failure)
		}
	})
}

func TestTheLogOfAHookThatReportedFailureComesAfterIt(t *testing.T) {
	guardedBubble(t, "AllAtOnce", nil, func(t *testing.T, g *guarded) {
		g.hooks.run = func(ctx context.Context, call rollout.HookCall) (rollout.HookRun, error) {
			err := g.ReportHook(ctx, scope, call.Deployment.ID, call.Execution, false)
			time.Sleep(time.Second)
			return rollout.HookRun{Tail: "AssertionError"}, err
		}
		d := g.deploy(t, true)
		if f := g.find(t, d.ID).State.Failure; f.Tail != "" {
			t.Fatalf("%+v", f)
		}
		after(time.Second)
		if f := g.find(t, d.ID).State.Failure; f.Tail != "AssertionError" {
			t.Errorf("%+v", f)
		}
	})
}

func TestAHookHasAnHour(t *testing.T) {
	guardedBubble(t, "AllAtOnce", nil, func(t *testing.T, g *guarded) {
		d := g.deploy(t, true)
		after(time.Hour)
		g.wantRolledBack(t, d.ID, rollout.Failed, rollout.HookTimedOut)
		err := g.ReportHook(t.Context(), scope, d.ID, g.hooks.called("before")[0], true)
		wantFault(t, err, fault.Conflict, "hook ended")
	})
}

func TestAThrottledHookIsTriedAgain(t *testing.T) {
	guardedBubble(t, "AllAtOnce", nil, func(t *testing.T, g *guarded) {
		g.hooks.run = func(context.Context, rollout.HookCall) (rollout.HookRun, error) {
			return rollout.HookRun{}, fault.Errorf(fault.Throttled, "concurrency", "Rate Exceeded.")
		}
		d := g.deploy(t, true)
		after(10 * time.Second)
		runs := g.hooks.called("before")
		if len(runs) != 4 || len(slices.Compact(runs)) != 1 {
			t.Errorf("runs %v, want four of one execution", runs)
		}
		after(time.Hour)
		g.wantRolledBack(t, d.ID, rollout.Failed, rollout.HookTimedOut)
		before := len(g.hooks.called("before"))
		after(time.Hour)
		if now := len(g.hooks.called("before")); now > before+1 {
			t.Errorf("%d runs after the end", now-before)
		}
	})
}

// Whoever takes a deployment up invokes its hook again, by the same execution.
func TestAHookIsInvokedAgainAfterARestart(t *testing.T) {
	guardedBubble(t, "AllAtOnce", nil, func(t *testing.T, g *guarded) {
		d := g.deploy(t, true)
		after(50 * time.Minute)
		g.Close()
		after(time.Hour)
		second := startService(t, rollout.ServiceConfig{Store: g.records, Traffic: g.aliases, Hooks: g.hooks, Alarms: g.alarms})
		after(50 * time.Minute)
		runs := g.hooks.called("before")
		if len(runs) != 2 || runs[0] != runs[1] {
			t.Fatalf("runs %v, want two of one execution", runs)
		}
		if err := second.ReportHook(t.Context(), scope, d.ID, runs[1], true); err != nil {
			t.Error(err)
		}
		after(0)
		if got := g.aliases.weights("f"); !slices.Equal(got, []int{100}) {
			t.Errorf("weights %v", got)
		}
	})
}

func TestAnAlarmEndsADeployment(t *testing.T) {
	guardedBubble(t, "Canary10Percent5Minutes", nil, func(t *testing.T, g *guarded) {
		d := g.deploy(t, false)
		after(time.Minute)
		g.alarms.set("latency", true)
		g.alarms.ring(g.Service, "errors", true)
		after(0)
		d = g.wantRolledBack(t, d.ID, rollout.Stopped, rollout.AlarmRang)
		if d.State.Failure.Message != "the deployment is cancelled due to an abort request" || !strings.HasSuffix(d.State.Failure.Detail, ": <errors> <latency>") {
			t.Errorf("%+v", d.State.Failure)
		}
		if d.State.Completed.Sub(d.Created) != time.Minute {
			t.Errorf("it ended after %v", d.State.Completed.Sub(d.Created))
		}
		if got := g.aliases.weights("f"); !slices.Equal(got, []int{10, 0, 100}) { // 100 % of the rollback's target
			t.Errorf("weights %v", got)
		}
	})
}

func TestAnAlarmThatRingsForAMoment(t *testing.T) {
	guardedBubble(t, "Canary10Percent5Minutes", nil, func(t *testing.T, g *guarded) {
		d := g.deploy(t, false)
		after(time.Minute)
		g.alarms.set("errors", true)
		g.alarms.ring(g.Service, "errors", false) // before anybody looked
		after(0)
		g.wantRolledBack(t, d.ID, rollout.Stopped, rollout.AlarmRang)
	})
}

func TestAnAlarmThatIsDeleted(t *testing.T) {
	guardedBubble(t, "Canary10Percent5Minutes", nil, func(t *testing.T, g *guarded) {
		d := g.deploy(t, false)
		g.alarms.mu.Lock()
		g.alarms.known = []string{"latency"}
		g.alarms.mu.Unlock()
		g.AlarmChanged(scope, "errors")
		after(0)
		g.wantRolledBack(t, d.ID, rollout.Stopped, rollout.AlarmRang)
	})
}

// Nobody may lose an alias that the deployment would have been refused, just because an alarm rang first.
func TestAnAlarmThatRingsForAnAliasThatIsElsewhere(t *testing.T) {
	guardedBubble(t, "AllAtOnce", nil, func(t *testing.T, g *guarded) {
		g.alarms.ring(g.Service, "errors", true)
		g.aliases.set(func(f *traffic) { f.version = 2 }) // where the deployment goes
		d := g.find(t, g.deploy(t, false).ID)
		if d.Status() != rollout.Failed || d.State.Failure.Cause != rollout.BadConfiguration || d.RollbackID != "" {
			t.Errorf("%s, %+v, rolled back by %q", d.Status(), d.State.Failure, d.RollbackID)
		}
		if moves := g.aliases.weights("f"); len(moves) > 0 {
			t.Errorf("moves %v", moves)
		}
	})
}

func TestAnAlarmThatRingsAlready(t *testing.T) {
	for option, want := range map[string]rollout.Status{"any": rollout.Stopped, "new": rollout.Succeeded} {
		t.Run(option, func(t *testing.T) {
			guardedBubble(t, "Canary10Percent5Minutes", map[string]string{"sluice:alarms": option}, func(t *testing.T, g *guarded) {
				g.alarms.ring(g.Service, "errors", true)
				after(time.Minute)
				d := g.deploy(t, false)
				after(10 * time.Minute)
				if d = g.find(t, d.ID); d.Status() != want {
					t.Fatalf("it is %s, want %s: %+v", d.Status(), want, d.State.Failure)
				}
				if want == rollout.Stopped && d.State.Completed.Sub(d.Created) != 0 {
					t.Errorf("it was stopped after %v", d.State.Completed.Sub(d.Created))
				}
			})
		})
	}
}

func TestAnAlarmThatBeginsToRingCountsWithTheOptionToo(t *testing.T) {
	guardedBubble(t, "Canary10Percent5Minutes", map[string]string{"sluice:alarms": "new"}, func(t *testing.T, g *guarded) {
		d := g.deploy(t, false)
		after(time.Minute)
		g.alarms.ring(g.Service, "errors", true)
		after(0)
		g.wantRolledBack(t, d.ID, rollout.Stopped, rollout.AlarmRang)
	})
}

func TestAlarmsThatCanNotBeRead(t *testing.T) {
	for ignore, want := range map[bool]rollout.Status{false: rollout.Stopped, true: rollout.Succeeded} {
		guardedBubble(t, "AllAtOnce", nil, func(t *testing.T, g *guarded) {
			g.alarms.known = []string{"errors"}
			r := request("g")
			r.Alarms = &rollout.Alarms{Enabled: true, IgnoreFailures: ignore, Names: []string{"gone"}}
			d := mustCreate(t, g.Service, r)
			after(0)
			if d = g.find(t, d.ID); d.Status() != want {
				t.Errorf("ignoring failures: %v: it is %s, want %s", ignore, d.Status(), want)
			}
			if want == rollout.Stopped && !strings.Contains(d.State.Failure.Detail, "gone") {
				t.Errorf("%+v does not say which", d.State.Failure)
			}
		})
	}
}

// An alarm that rang while no server was there, or whose ringing nobody was told of, is seen by the next one.
func TestAnAlarmThatRangMeanwhile(t *testing.T) {
	guardedBubble(t, "Canary10Percent5Minutes", nil, func(t *testing.T, g *guarded) {
		d := g.deploy(t, false)
		g.Close()
		g.alarms.ring(g.Service, "errors", true)
		g.Service = startService(t, rollout.ServiceConfig{Store: g.records, Traffic: g.aliases, Hooks: g.hooks, Alarms: g.alarms})
		after(0)
		g.wantRolledBack(t, d.ID, rollout.Stopped, rollout.AlarmRang)
	})
}

func TestNobodyWatchesAfterTheEnd(t *testing.T) {
	guardedBubble(t, "AllAtOnce", nil, func(t *testing.T, g *guarded) {
		d := g.deploy(t, false)
		g.alarms.ring(g.Service, "errors", true)
		after(time.Minute)
		if d = g.find(t, d.ID); d.Status() != rollout.Succeeded || d.RollbackID != "" {
			t.Errorf("%s, rolled back by %q", d.Status(), d.RollbackID)
		}
	})
}

func TestAStopMaySayWhetherToRollBack(t *testing.T) {
	yes, no := true, false
	for name, tt := range map[string]struct {
		asked  *bool
		follow bool
	}{"as the group says": {nil, true}, "yes": {&yes, true}, "no": {&no, false}} {
		t.Run(name, func(t *testing.T) {
			guardedBubble(t, "Canary10Percent5Minutes", nil, func(t *testing.T, g *guarded) {
				d := g.deploy(t, false)
				if _, err := g.Stop(t.Context(), scope, d.ID, tt.asked); err != nil {
					t.Fatal(err)
				}
				after(0)
				d = g.find(t, d.ID)
				if d.Status() != rollout.Stopped || (d.RollbackID != "") != tt.follow || g.aliases.owner("f") != "" {
					t.Errorf("%s, rolled back by %q, alias owned by %q", d.Status(), d.RollbackID, g.aliases.owner("f"))
				}
			})
		})
	}
}

func TestWhatIsNotConfiguredIsNotRolledBack(t *testing.T) {
	guardedBubble(t, "Canary10Percent5Minutes", nil, func(t *testing.T, g *guarded) {
		r := request("g")
		r.Rollback = &rollout.Rollback{Enabled: true, Events: []rollout.RollbackEvent{rollout.OnFailure, rollout.OnStop}}
		d := mustCreate(t, g.Service, r)
		after(0)
		g.alarms.ring(g.Service, "errors", true)
		after(0)
		if d = g.find(t, d.ID); d.Status() != rollout.Stopped || d.RollbackID != "" {
			t.Errorf("%s, rolled back by %q", d.Status(), d.RollbackID)
		}
		if got := g.aliases.weights("f"); !slices.Equal(got, []int{10, 0}) {
			t.Errorf("weights %v", got)
		}
	})
}

func TestAGradualRollback(t *testing.T) {
	back := map[string]string{"sluice:rollback": "CodeDeployDefault.LambdaLinear10PercentEvery1Minute"}
	guardedBubble(t, "AllAtOnce", back, func(t *testing.T, g *guarded) {
		d := g.deploy(t, true)
		g.report(t, "before", d, true)
		g.report(t, "after", d, false)
		if d = g.find(t, d.ID); d.Status() != rollout.Failed || g.aliases.owner("f") != d.RollbackID {
			t.Fatalf("%s, and the alias is %q's", d.Status(), g.aliases.owner("f"))
		}
		after(10 * time.Minute)
		g.wantRolledBack(t, d.ID, rollout.Failed, rollout.HookFailed)
		if got := g.aliases.weights("f"); !slices.Equal(got, []int{100, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100}) {
			t.Errorf("weights %v", got)
		}
	})
}

func TestAGradualRollbackSkipsTheSharesThatAreReached(t *testing.T) {
	back := map[string]string{"sluice:rollback": "CodeDeployDefault.LambdaLinear10PercentEvery1Minute"}
	guardedBubble(t, "Linear10PercentEvery10Minutes", back, func(t *testing.T, g *guarded) {
		d := g.deploy(t, false)
		after(15 * time.Minute)
		g.alarms.ring(g.Service, "errors", true)
		after(10 * time.Minute)
		g.wantRolledBack(t, d.ID, rollout.Stopped, rollout.AlarmRang)
		if got := g.aliases.weights("f"); !slices.Equal(got, []int{10, 20, 90, 100}) {
			t.Errorf("weights %v", got)
		}
	})
}

// The alarm rings when a greater share has been stored and is not in effect yet: the rollback begins from what is.
func TestAGradualRollbackBeginsFromWhatIsInEffect(t *testing.T) {
	back := map[string]string{"sluice:rollback": "CodeDeployDefault.LambdaLinear10PercentEvery1Minute"}
	guardedBubble(t, "Canary10Percent5Minutes", back, func(t *testing.T, g *guarded) {
		d := g.deploy(t, false)
		g.aliases.set(func(f *traffic) { f.broken = errBroken })
		after(5*time.Minute + time.Second)
		if asked := g.find(t, d.ID).State.Percent; asked != 100 {
			t.Fatalf("%d %% are asked for", asked)
		}
		g.alarms.ring(g.Service, "errors", true)
		g.aliases.set(func(f *traffic) { f.broken = nil })
		after(time.Hour)
		g.wantRolledBack(t, d.ID, rollout.Stopped, rollout.AlarmRang)
		if got := g.aliases.weights("f"); !slices.Equal(got, []int{10, 100}) { // the rollback's only step
			t.Errorf("weights %v", got)
		}
	})
}

func TestAStoppedRollbackIsFinished(t *testing.T) {
	back := map[string]string{"sluice:rollback": "CodeDeployDefault.LambdaCanary10Percent30Minutes"}
	guardedBubble(t, "AllAtOnce", back, func(t *testing.T, g *guarded) {
		d := g.deploy(t, true)
		g.report(t, "before", d, true)
		g.report(t, "after", d, false)
		rollback := g.find(t, d.ID).RollbackID
		after(time.Minute)
		if _, err := g.Stop(t.Context(), scope, rollback, nil); err != nil {
			t.Fatal(err)
		}
		after(0)
		if got := g.aliases.weights("f"); !slices.Equal(got, []int{100, 10, 100}) || g.aliases.target("f") != 1 || g.aliases.owner("f") != "" {
			t.Errorf("weights %v of version %v, owned by %q", got, g.aliases.target("f"), g.aliases.owner("f"))
		}
		if d := g.find(t, rollback); d.Status() != rollout.Stopped || d.RollbackID != "" {
			t.Errorf("the rollback is %s, and rolled back by %q", d.Status(), d.RollbackID)
		}
	})
}

// The next deployment may start when the rollback has ended, and not before.
func TestARollbackOwnsItsGroup(t *testing.T) {
	back := map[string]string{"sluice:rollback": "CodeDeployDefault.LambdaCanary10Percent5Minutes"}
	guardedBubble(t, "AllAtOnce", back, func(t *testing.T, g *guarded) {
		d := g.deploy(t, true)
		g.report(t, "before", d, true)
		g.report(t, "after", d, false)
		_, err := g.CreateDeployment(t.Context(), request("g"))
		wantFault(t, err, fault.Limit, "deployment")
		after(5 * time.Minute)
		if _, err := g.CreateDeployment(t.Context(), request("g")); err != nil {
			t.Error(err)
		}
		after(0)
	})
}

func TestOptionsAreNotAnApplications(t *testing.T) {
	guardedBubble(t, "AllAtOnce", nil, func(t *testing.T, g *guarded) {
		err := g.TagApplication(t.Context(), scope, "app", func(tags map[string]string) { tags["sluice:compare"] = "on" })
		wantFault(t, err, fault.Invalid, "tags")
		_, err = g.CreateApplication(t.Context(), scope, "other", map[string]string{"sluice:alarms": "new"})
		wantFault(t, err, fault.Invalid, "tags")
	})
}

func TestTheLogOfAHookThatSaidNothing(t *testing.T) {
	guardedBubble(t, "AllAtOnce", nil, func(t *testing.T, g *guarded) {
		g.hooks.run = func(context.Context, rollout.HookCall) (rollout.HookRun, error) {
			return rollout.HookRun{Tail: "so long"}, nil
		}
		d := g.deploy(t, true)
		after(time.Hour)
		if d = g.wantRolledBack(t, d.ID, rollout.Failed, rollout.HookTimedOut); d.State.Failure.Tail != "so long" {
			t.Errorf("%+v", d.State.Failure)
		}
	})
}

func TestOptionsThatAreNone(t *testing.T) {
	guardedBubble(t, "AllAtOnce", nil, func(t *testing.T, g *guarded) {
		for key, value := range map[string]string{
			"sluice:alarms": "some", "sluice:compare": "yes", "sluice:rollback": "none", "sluice:speed": "high",
		} {
			err := g.TagGroup(t.Context(), scope, "app", "g", func(tags map[string]string) { tags[key] = value })
			wantFault(t, err, fault.Invalid, "tags")
			_, err = g.CreateGroup(t.Context(), rollout.Group{
				Scope: scope, Application: "app", Name: "other", ServiceRole: role, Tags: map[string]string{key: value},
			})
			wantFault(t, err, fault.Invalid, "tags")
		}
	})
}
