package rollout_test

import (
	"slices"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/rollout"
)

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
