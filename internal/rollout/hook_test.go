package rollout_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/rollout"
)

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
