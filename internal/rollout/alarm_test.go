package rollout_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/internal/rollout"
)

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
