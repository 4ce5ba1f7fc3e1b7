package rollout_test

import (
	"slices"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/rollout"
)

type steering func(*rollout.Service, *testing.T, string) (*rollout.Deployment, error)

var (
	pause steering = func(s *rollout.Service, t *testing.T, id string) (*rollout.Deployment, error) {
		return s.Pause(t.Context(), scope, id)
	}
	resume steering = func(s *rollout.Service, t *testing.T, id string) (*rollout.Deployment, error) {
		return s.Resume(t.Context(), scope, id)
	}
	promote steering = func(s *rollout.Service, t *testing.T, id string) (*rollout.Deployment, error) {
		return s.Promote(t.Context(), scope, id)
	}
)

func (to steering) must(t *testing.T, s *rollout.Service, id string) {
	t.Helper()
	if _, err := to(s, t, id); err != nil {
		t.Fatal(err)
	}
	after(0)
}

func TestAPausedDeploymentWaits(t *testing.T) {
	guardedBubble(t, "Linear10PercentEvery1Minute", nil, func(t *testing.T, g *guarded) {
		d := g.deploy(t, false)
		after(90 * time.Second)
		pause.must(t, g.Service, d.ID)
		pause.must(t, g.Service, d.ID)
		after(time.Hour)
		if got := g.aliases.weights("f"); !slices.Equal(got, []int{10, 20}) {
			t.Fatalf("paused: %v", got)
		}
		resume.must(t, g.Service, d.ID)
		after(30*time.Second - time.Millisecond)
		if got := g.aliases.weights("f"); !slices.Equal(got, []int{10, 20}) {
			t.Fatalf("within the rest of the wait: %v", got)
		}
		after(time.Millisecond)
		if got := g.aliases.weights("f"); !slices.Equal(got, []int{10, 20, 30}) {
			t.Errorf("after it: %v", got)
		}
	})
}

func TestAPauseBeforeTheTraffic(t *testing.T) {
	guardedBubble(t, "AllAtOnce", nil, func(t *testing.T, g *guarded) {
		d := g.deploy(t, true)
		pause.must(t, g.Service, d.ID)
		g.report(t, "before", d, true)
		if got := g.aliases.weights("f"); len(got) != 0 {
			t.Fatalf("paused: %v", got)
		}
		resume.must(t, g.Service, d.ID)
		if got := g.aliases.weights("f"); !slices.Equal(got, []int{100}) {
			t.Errorf("resumed: %v", got)
		}
	})
}

func TestThereIsNothingToHoldWithAllOfTheTraffic(t *testing.T) {
	guardedBubble(t, "AllAtOnce", nil, func(t *testing.T, g *guarded) {
		d := g.deploy(t, true)
		g.report(t, "before", d, true)
		_, err := g.Pause(t.Context(), scope, d.ID)
		wantFault(t, err, fault.Conflict, "deployment ended")
		g.report(t, "after", d, true)
		if d := g.find(t, d.ID); d.Status() != rollout.Succeeded || d.State.Paused {
			t.Errorf("%s, paused: %v", d.Status(), d.State.Paused)
		}
	})
}

func TestAnAlarmEndsAPausedDeployment(t *testing.T) {
	guardedBubble(t, "Canary10Percent5Minutes", nil, func(t *testing.T, g *guarded) {
		d := g.deploy(t, false)
		pause.must(t, g.Service, d.ID)
		g.alarms.ring(g.Service, "errors", true)
		after(0)
		g.wantRolledBack(t, d.ID, rollout.Stopped, rollout.AlarmRang)
	})
}

func TestPromote(t *testing.T) {
	for name, paused := range map[string]bool{"that shifts": false, "that is paused": true} {
		t.Run("a deployment "+name, func(t *testing.T) {
			guardedBubble(t, "Linear10PercentEvery1Minute", nil, func(t *testing.T, g *guarded) {
				d := g.deploy(t, false)
				if paused {
					pause.must(t, g.Service, d.ID)
				}
				promote.must(t, g.Service, d.ID)
				if got := g.aliases.weights("f"); !slices.Equal(got, []int{10, 100}) || g.find(t, d.ID).Status() != rollout.Succeeded {
					t.Errorf("weights %v, %s", got, g.find(t, d.ID).Status())
				}
			})
		})
	}
	t.Run("waits for the hook before", func(t *testing.T) {
		guardedBubble(t, "Linear10PercentEvery1Minute", nil, func(t *testing.T, g *guarded) {
			d := g.deploy(t, true)
			promote.must(t, g.Service, d.ID)
			if got := g.aliases.weights("f"); len(got) != 0 {
				t.Fatalf("before its report: %v", got)
			}
			g.report(t, "before", d, true)
			if got := g.aliases.weights("f"); !slices.Equal(got, []int{100}) {
				t.Errorf("after it: %v", got)
			}
		})
	})
}

func TestWhatHasEndedCanNotBeSteered(t *testing.T) {
	guardedBubble(t, "AllAtOnce", nil, func(t *testing.T, g *guarded) {
		d := g.deploy(t, false)
		for _, to := range []steering{pause, resume, promote} {
			_, err := to(g.Service, t, d.ID)
			wantFault(t, err, fault.Conflict, "deployment ended")
			_, err = to(g.Service, t, "d-NOTTHERE0")
			wantFault(t, err, fault.NotFound, "deployment")
			_, err = to(g.Service, t, "nothing")
			wantFault(t, err, fault.Invalid, "deployment")
		}
		if _, err := g.Pause(t.Context(), function.Scope{Account: "1", Region: "r"}, d.ID); !fault.Is(err, fault.NotFound, "deployment") {
			t.Errorf("another account's: %v", err)
		}
	})
}

// A rollback in steps that is held before its first step, and its server dies: the traffic stays where it was.
func TestAHeldRollbackKeepsItsShare(t *testing.T) {
	back := map[string]string{"sluice:rollback": "CodeDeployDefault.LambdaLinear10PercentEvery1Minute"}
	guardedBubble(t, "Linear10PercentEvery10Minutes", back, func(t *testing.T, g *guarded) {
		d := g.deploy(t, false)
		after(25 * time.Minute)
		g.aliases.set(func(f *traffic) { f.warming = make(chan struct{}) }) // the rollback waits for its target
		if _, err := g.Stop(t.Context(), scope, d.ID, nil); err != nil {
			t.Fatal(err)
		}
		after(0)
		rollback := g.find(t, d.ID).RollbackID
		pause.must(t, g.Service, rollback)
		after(warmTime)
		if d := g.find(t, rollback); d.State.Percent != 70 || !d.State.Paused {
			t.Fatalf("it is at %d %%, paused: %v", d.State.Percent, d.State.Paused)
		}
		g.Close()
		g.Service = startService(t, rollout.ServiceConfig{Store: g.records, Traffic: g.aliases, Hooks: g.hooks, Alarms: g.alarms})
		after(time.Minute)
		if got := g.aliases.weights("f"); got[len(got)-1] != 70 || g.aliases.target("f") != 1 {
			t.Errorf("weights %v of version %v", got, g.aliases.target("f"))
		}
		resume.must(t, g.Service, rollback)
		after(10 * time.Minute)
		g.wantRolledBack(t, d.ID, rollout.Stopped, rollout.StopAsked)
	})
}

// warmTime is more than a target's start may take.
const warmTime = 11 * time.Second
