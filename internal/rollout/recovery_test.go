package rollout_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/function"
	"sluice/internal/rollout"
)

// mortal counts what a server does to its records and its aliases, and dies at one of these acts: just before it, or
// just after it and before it hears of it. Everything that a dead server tries fails.
type mortal struct {
	rollout.Store
	rollout.Traffic
	mu    sync.Mutex
	acts  int // so far
	last  int // the act that it dies at; negative means never
	after bool
	dead  bool
}

var errDead = errors.New("killed")

// act runs one act of the server.
func (m *mortal) act(do func() error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.dead {
		return errDead
	}
	m.acts++
	m.dead = m.acts == m.last
	if m.dead && !m.after {
		return errDead
	}
	err := do()
	if m.dead {
		return errDead
	}
	return err
}

func (m *mortal) WriteRollouts(ctx context.Context, write func(rollout.Tx) error) error {
	return m.act(func() error { return m.Store.WriteRollouts(ctx, write) })
}

func (m *mortal) Claim(ctx context.Context, move function.Move) error {
	return m.act(func() error { return m.Traffic.Claim(ctx, move) })
}

func (m *mortal) Move(ctx context.Context, move function.Move) error {
	return m.act(func() error { return m.Traffic.Move(ctx, move) })
}

// A server dies at each of its acts in turn, and another one takes over: the deployment ends as it would have, its
// weight never goes down on the way, and its alias is free in the end.
func TestADeploymentEndsWhereverItsServerDies(t *testing.T) {
	ends := map[string]struct {
		stop bool
		want []int
		end  rollout.Status
	}{
		"by itself": {false, []int{10, 20, 30, 40, 50, 60, 70, 80, 90, 100}, rollout.Succeeded},
		"stopped":   {true, []int{10, 20, 0}, rollout.Stopped},
	}
	for name, tt := range ends {
		for _, afterwards := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				for last, died := 1, true; died; last++ {
					synctest.Test(t, func(t *testing.T) {
						died = diesAt(t, &mortal{last: last, after: afterwards}, tt.stop, tt.want, tt.end)
					})
					if t.Failed() {
						t.Fatalf("when it died at act %d", last)
					}
				}
			})
		}
	}
}

// diesAt runs a deployment whose server dies, and reports whether it did.
func diesAt(t *testing.T, m *mortal, stop bool, want []int, end rollout.Status) bool {
	records, aliases := openStore(t, t.TempDir()), newTraffic()
	prepared := rollout.NewService(rollout.ServiceConfig{Store: records, Traffic: aliases})
	mustGroup(t, prepared, "g", "CodeDeployDefault.LambdaLinear10PercentEvery1Minute")

	m.Store, m.Traffic = records, aliases
	first := rollout.NewService(rollout.ServiceConfig{Store: m, Traffic: m, Owner: "first"})
	if err := first.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	d, createErr := first.CreateDeployment(t.Context(), request("g"))
	after(90 * time.Second)
	stopped := false
	if stop && createErr == nil {
		_, err := first.Stop(t.Context(), scope, d.ID, nil)
		if stopped = err == nil; !stopped && !m.dead {
			t.Error(err)
		}
	}
	after(20 * time.Minute)
	first.Close()

	second := startService(t, rollout.ServiceConfig{Store: records, Traffic: aliases, Owner: "second"})
	after(0)
	if stop && createErr == nil && !m.dead {
		return false
	}
	after(20 * time.Minute)
	all, _, err := second.Deployments(t.Context(), rollout.Query{Scope: scope})
	if err != nil || len(all) > 1 || createErr == nil && len(all) != 1 {
		t.Fatalf("%d deployments, %v", len(all), err)
	}
	if len(all) == 1 {
		if stop && !stopped && all[0].Status() == rollout.Succeeded { // nobody was told that it was stopped
			want, end = []int{10, 20, 30, 40, 50, 60, 70, 80, 90, 100}, rollout.Succeeded
		}
		checkEnd(t, all[0], aliases, want, end)
	}
	return m.dead
}

// checkEnd checks how a deployment has ended. One that was stopped may have come further than it would have, or less far.
func checkEnd(t *testing.T, d *rollout.Deployment, aliases *traffic, want []int, end rollout.Status) {
	got := aliases.weights("f")
	if end == rollout.Stopped {
		want = append(slices.DeleteFunc(slices.Clone(got), func(weight int) bool { return weight == 0 }), 0)
		if !slices.IsSorted(want[:len(want)-1]) {
			t.Errorf("the weights were %v", got)
		}
	}
	if d.Status() != end || !slices.Equal(got, want) || aliases.owner("f") != "" {
		t.Errorf("%s with the weights %v, and the alias is %q's; want %s with %v", d.Status(), got, aliases.owner("f"), end, want)
	}
}

// A server that was away looks at the share that the alias has for its whole time again, and at each later one.
func TestAServerThatWasAwayGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		records, aliases := openStore(t, t.TempDir()), newTraffic()
		first := rollout.NewService(rollout.ServiceConfig{Store: records, Traffic: aliases})
		if err := first.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		mustGroup(t, first, "g", "CodeDeployDefault.LambdaLinear10PercentEvery1Minute")
		d := mustCreate(t, first, request("g"))
		after(30 * time.Second)
		first.Close()
		after(time.Hour)
		second := startService(t, rollout.ServiceConfig{Store: records, Traffic: aliases, Owner: "second"})
		after(time.Minute - time.Millisecond)
		if got := aliases.weights("f"); !slices.Equal(got, []int{10}) {
			t.Errorf("within the minute: %v", got)
		}
		after(time.Millisecond)
		if got := aliases.weights("f"); !slices.Equal(got, []int{10, 20}) {
			t.Errorf("after it: %v", got)
		}
		after(8 * time.Minute)
		if d, _ = second.Deployment(t.Context(), scope, d.ID); d.Status() != rollout.Succeeded || d.Owner != "second" {
			t.Errorf("%s, driven by %q", d.Status(), d.Owner)
		}
	})
}

// What is left of a wait passes at the scale of the server that is up.
func TestARestartAtAnotherTimeScale(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		records, aliases := openStore(t, t.TempDir()), newTraffic()
		slow := rollout.NewService(rollout.ServiceConfig{Store: records, Traffic: aliases, Scale: 0.01})
		if err := slow.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		mustGroup(t, slow, "g", "CodeDeployDefault.LambdaCanary10Percent10Minutes")
		d := mustCreate(t, slow, request("g"))
		after(600 * time.Minute) // six of its ten minutes
		slow.Close()
		fast := startService(t, rollout.ServiceConfig{Store: records, Traffic: aliases, Scale: 60})
		after(4*time.Second - time.Millisecond)
		if got := aliases.weights("f"); !slices.Equal(got, []int{10}) {
			t.Errorf("within the rest of the wait: %v", got)
		}
		after(time.Millisecond)
		if d, _ = fast.Deployment(t.Context(), scope, d.ID); d.Status() != rollout.Succeeded {
			t.Errorf("after it: %s", d.Status())
		}
	})
}
