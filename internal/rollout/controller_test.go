package rollout_test

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/rollout"
)

// bubble runs a test in fake time, with a group g of a configuration.
func bubble(t *testing.T, config string, change func(*rollout.ServiceConfig), test func(*testing.T, *rollout.Service, *traffic)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		aliases := newTraffic()
		cfg := rollout.ServiceConfig{Store: openStore(t, t.TempDir()), Traffic: aliases}
		if change != nil {
			change(&cfg)
		}
		s := startService(t, cfg)
		mustGroup(t, s, "g", "CodeDeployDefault.Lambda"+config)
		test(t, s, aliases)
	})
}

// after lets time pass and everything happen that is due.
func after(d time.Duration) {
	time.Sleep(d) // of the bubble
	synctest.Wait()
}

func (f *traffic) owner(name string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if a := f.aliases[name+":live"]; a != nil {
		return a.owner
	}
	return ""
}

func TestALinearDeploymentInTime(t *testing.T) {
	bubble(t, "Linear10PercentEvery1Minute", nil, func(t *testing.T, s *rollout.Service, aliases *traffic) {
		d := mustCreate(t, s, request("g"))
		if d.Status() != rollout.Created {
			t.Errorf("it begins as %s", d.Status())
		}
		after(0)
		want := []int{10}
		for minute := range 9 {
			if got := aliases.weights("f"); !slices.Equal(got, want) {
				t.Fatalf("after %d minutes the weights are %v, want %v", minute, got, want)
			}
			if aliases.owner("f") != d.ID {
				t.Fatalf("the alias is %q's", aliases.owner("f"))
			}
			after(59 * time.Second)
			if got := aliases.weights("f"); !slices.Equal(got, want) {
				t.Fatalf("a second too early the weights are %v, want %v", got, want)
			}
			after(time.Second)
			want = append(want, 10*(minute+2))
		}
		d, _ = s.Deployment(t.Context(), scope, d.ID)
		if got := aliases.weights("f"); !slices.Equal(got, want) || aliases.owner("f") != "" {
			t.Errorf("in the end the weights are %v, and the alias is %q's", got, aliases.owner("f"))
		}
		if took := d.State.Completed.Sub(d.State.Started); d.Status() != rollout.Succeeded || took != 9*time.Minute {
			t.Errorf("%s after %v", d.Status(), took)
		}
	})
}

func TestTheTimeScaleShortensTheWaits(t *testing.T) {
	scaled := func(c *rollout.ServiceConfig) { c.Scale = 60 }
	bubble(t, "Canary10Percent5Minutes", scaled, func(t *testing.T, s *rollout.Service, aliases *traffic) {
		d := mustCreate(t, s, request("g"))
		after(5*time.Second - time.Millisecond)
		if got := aliases.weights("f"); !slices.Equal(got, []int{10}) {
			t.Errorf("before five minutes of the cloud: %v", got)
		}
		after(time.Millisecond)
		if got := aliases.weights("f"); !slices.Equal(got, []int{10, 100}) {
			t.Errorf("after five minutes of the cloud: %v", got)
		}
		if d, _ = s.Deployment(t.Context(), scope, d.ID); d.Status() != rollout.Succeeded {
			t.Errorf("it is %s", d.Status())
		}
	})
}

func TestLatenessIsTold(t *testing.T) {
	var late []time.Duration
	tell := func(c *rollout.ServiceConfig) { c.Late = func(d time.Duration) { late = append(late, d) } }
	bubble(t, "Linear10PercentEvery1Minute", tell, func(t *testing.T, s *rollout.Service, _ *traffic) {
		mustCreate(t, s, request("g"))
		after(10 * time.Minute)
		if len(late) != 9 || slices.Max(late) != 0 {
			t.Errorf("late by %v", late)
		}
	})
}

func TestStop(t *testing.T) {
	bubble(t, "Linear10PercentEvery1Minute", nil, func(t *testing.T, s *rollout.Service, aliases *traffic) {
		d := mustCreate(t, s, request("g"))
		after(90 * time.Second)
		stopped, err := s.Stop(t.Context(), scope, d.ID, nil)
		if err != nil || stopped.Status() != rollout.Stopped || stopped.State.Failure.Cause != rollout.StopAsked {
			t.Fatalf("%+v, %v", stopped, err)
		}
		want := [3]rollout.Status{rollout.Succeeded, rollout.Failed, rollout.Skipped}
		got := [3]rollout.Status{stopped.State.Phases[0].Status, stopped.State.Phases[1].Status, stopped.State.Phases[2].Status}
		if got != want || !stopped.State.Completed.After(stopped.State.Started) {
			t.Errorf("events %v, want %v", got, want)
		}
		after(time.Hour)
		if got := aliases.weights("f"); !slices.Equal(got, []int{10, 20, 0}) || aliases.owner("f") != "" {
			t.Errorf("the weights were %v, and the alias is %q's", got, aliases.owner("f"))
		}
		_, err = s.Stop(t.Context(), scope, d.ID, nil)
		wantFault(t, err, fault.Conflict, "deployment ended")
		_, err = s.Stop(t.Context(), scope, "d-000000000", nil)
		wantFault(t, err, fault.NotFound, "deployment")
	})
}

func TestADeploymentThatSucceededCanNotBeStopped(t *testing.T) {
	bubble(t, "AllAtOnce", nil, func(t *testing.T, s *rollout.Service, aliases *traffic) {
		d := mustCreate(t, s, request("g"))
		after(0)
		_, err := s.Stop(t.Context(), scope, d.ID, nil)
		wantFault(t, err, fault.Conflict, "deployment ended")
		if got := aliases.weights("f"); !slices.Equal(got, []int{100}) {
			t.Errorf("weights %v", got)
		}
	})
}

// The target is started before it gets traffic. A start that takes too long does not hold the deployment up for ever.
func TestTheTargetIsWarmedFirst(t *testing.T) {
	wait := func(c *rollout.ServiceConfig) { c.Traffic.(*traffic).warming = make(chan struct{}) }
	bubble(t, "AllAtOnce", wait, func(t *testing.T, s *rollout.Service, aliases *traffic) {
		mustCreate(t, s, request("g"))
		after(9 * time.Second)
		if got := aliases.weights("f"); len(got) > 0 || aliases.owner("f") == "" {
			t.Errorf("while the target starts: weights %v of the alias of %q", got, aliases.owner("f"))
		}
		after(time.Second)
		if got := aliases.weights("f"); !slices.Equal(got, []int{100}) {
			t.Errorf("after the time for a start: %v", got)
		}
	})
}

// A move that fails for no reason of the alias's is tried until it succeeds, and the deployment shows its end only then.
func TestMovesAreTriedUntilTheySucceed(t *testing.T) {
	bubble(t, "Canary10Percent5Minutes", nil, func(t *testing.T, s *rollout.Service, aliases *traffic) {
		d := mustCreate(t, s, request("g"))
		after(time.Minute)
		aliases.set(func(f *traffic) { f.broken = errBroken })
		stopped, err := s.Stop(t.Context(), scope, d.ID, nil)
		if err != nil || stopped.Status() != rollout.InProgress {
			t.Fatalf("%s, %v", stopped.Status(), err)
		}
		after(time.Hour)
		if d, _ = s.Deployment(t.Context(), scope, d.ID); d.Status() != rollout.InProgress {
			t.Errorf("it shows %s while its alias has not moved", d.Status())
		}
		aliases.set(func(f *traffic) { f.broken = nil })
		after(10 * time.Second)
		if d, _ = s.Deployment(t.Context(), scope, d.ID); d.Status() != rollout.Stopped {
			t.Errorf("it shows %s", d.Status())
		}
		if got := aliases.weights("f"); !slices.Equal(got, []int{10, 0}) {
			t.Errorf("weights %v", got)
		}
	})
}

// A deployment can be stopped before it has its alias, even if it can't get it.
func TestAStopOfADeploymentThatCanNotStart(t *testing.T) {
	unclaimable := func(c *rollout.ServiceConfig) { c.Traffic.(*traffic).refuse = errBroken }
	bubble(t, "Canary10Percent5Minutes", unclaimable, func(t *testing.T, s *rollout.Service, aliases *traffic) {
		d := mustCreate(t, s, request("g"))
		after(time.Hour)
		if d, _ = s.Deployment(t.Context(), scope, d.ID); d.Status() != rollout.InProgress {
			t.Errorf("it is %s", d.Status())
		}
		stopped, err := s.Stop(t.Context(), scope, d.ID, nil)
		if err != nil || stopped.Status() != rollout.Stopped || len(aliases.weights("f")) > 0 {
			t.Errorf("%+v, %v", stopped, err)
		}
	})
}

// broken is a store that can't write for a while.
type broken struct {
	rollout.Store
	now atomic.Bool
}

func (b *broken) WriteRollouts(ctx context.Context, write func(rollout.Tx) error) error {
	if b.now.Load() {
		return errBroken
	}
	return b.Store.WriteRollouts(ctx, write)
}

// A stop that could not be stored is not acknowledged; it comes into effect when it can be.
func TestAStopThatCanNotBeStored(t *testing.T) {
	var records *broken
	breakable := func(c *rollout.ServiceConfig) { records = &broken{Store: c.Store}; c.Store = records }
	bubble(t, "Canary10Percent5Minutes", breakable, func(t *testing.T, s *rollout.Service, aliases *traffic) {
		d := mustCreate(t, s, request("g"))
		after(time.Minute)
		records.now.Store(true)
		_, err := s.Stop(t.Context(), scope, d.ID, nil)
		wantFault(t, err, fault.Unavailable, "deployment")
		records.now.Store(false)
		after(10 * time.Second)
		if d, _ = s.Deployment(t.Context(), scope, d.ID); d.Status() != rollout.Stopped || aliases.owner("f") != "" {
			t.Errorf("it is %s, and the alias is %q's", d.Status(), aliases.owner("f"))
		}
	})
}

func TestAnAliasThatGoesAwayFailsItsDeployment(t *testing.T) {
	tests := map[string]struct {
		change func(*traffic)
		cause  rollout.Cause
		says   string
	}{
		"deleted":     {func(f *traffic) { f.missing = true }, rollout.MissingFunction, "its alias was deleted"},
		"made anew":   {func(f *traffic) { f.aliases["f:live"].owner = "" }, rollout.BadConfiguration, "not the deployment"},
		"made others": {func(f *traffic) { f.aliases["f:live"].owner = "d-OTHER0000" }, rollout.BadConfiguration, "not the deployment"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			bubble(t, "Canary10Percent5Minutes", nil, func(t *testing.T, s *rollout.Service, aliases *traffic) {
				d := mustCreate(t, s, request("g"))
				after(time.Minute)
				aliases.set(tt.change)
				after(5 * time.Minute)
				d, _ = s.Deployment(t.Context(), scope, d.ID)
				if d.Status() != rollout.Failed || d.State.Failure.Cause != tt.cause || !strings.Contains(d.State.Failure.Message, tt.says) {
					t.Errorf("%s, %+v", d.Status(), d.State.Failure)
				}
			})
		})
	}
}

// A group may get another name while its deployment is under way.
func TestARenameDuringADeployment(t *testing.T) {
	bubble(t, "Canary10Percent5Minutes", nil, func(t *testing.T, s *rollout.Service, _ *traffic) {
		d := mustCreate(t, s, request("g"))
		after(time.Minute)
		if err := s.UpdateGroup(t.Context(), scope, "app", "g", func(g *rollout.Group) { g.Name = "next" }); err != nil {
			t.Fatal(err)
		}
		after(5 * time.Minute)
		if d, _ = s.Deployment(t.Context(), scope, d.ID); d.Status() != rollout.Succeeded || d.Group != "next" {
			t.Errorf("%s in the group %s", d.Status(), d.Group)
		}
	})
}

// Many deployments end at the time that each of them would alone.
func TestManyDeployments(t *testing.T) {
	const many = 300
	bubble(t, "Linear10PercentEvery1Minute", nil, func(t *testing.T, s *rollout.Service, aliases *traffic) {
		for i := range many {
			name := "f" + string(rune('0'+i/100)) + string(rune('0'+i/10%10)) + string(rune('0'+i%10))
			mustGroup(t, s, name, "CodeDeployDefault.LambdaLinear10PercentEvery1Minute")
			r := request(name)
			r.Revision.Content = strings.Replace(yamlSpec, `"f"`, name, 1)
			mustCreate(t, s, r)
		}
		after(10 * time.Minute)
		found, _, err := s.Deployments(t.Context(), rollout.Query{Scope: scope, Statuses: []rollout.Status{rollout.Succeeded}})
		if err != nil || len(found) != many {
			t.Errorf("%d succeeded, %v", len(found), err)
		}
		aliases.set(func(f *traffic) {
			for name, a := range f.aliases {
				if last := a.moves[len(a.moves)-1]; len(a.moves) != 11 || last.Weight != 1 || !last.Last {
					t.Errorf("%s was moved %d times, and last by %+v", name, len(a.moves), last)
				}
			}
		})
	})
}

var _ rollout.Traffic = (*traffic)(nil)
var _ rollout.Traffic = (*function.Service)(nil)
