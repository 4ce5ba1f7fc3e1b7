package function_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"sluice/internal/function"
)

// TestGaugeCounts holds a gauge against a plain number, with limits that change while calls run.
func TestGaugeCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var g function.Gauge
		limit, running := 0, 0
		t.Repeat(map[string]func(*rapid.T){
			"limit": func(t *rapid.T) {
				limit = rapid.IntRange(-1, 4).Draw(t, "limit")
				g.SetLimit(limit)
			},
			"enter": func(t *rapid.T) {
				want := 0
				if running < limit {
					running++
					want = running
				}
				if got := g.Enter(); got != want {
					t.Fatalf("Enter = %d with %d of %d running, want %d", got, running, limit, want)
				}
			},
			"leave": func(t *rapid.T) {
				if running == 0 {
					t.Skip("nobody is there")
				}
				running--
				g.Leave()
			},
			"": func(t *rapid.T) {
				if g.Running() != running || g.Limit() != limit {
					t.Fatalf("%d of %d run, want %d of %d", g.Running(), g.Limit(), running, limit)
				}
			},
		})
	})
}

// TestGaugeIsNeverOverItsLimit lets many callers in and out at once.
func TestGaugeIsNeverOverItsLimit(t *testing.T) {
	const limit, callers, rounds = 3, 8, 2000
	var g function.Gauge
	g.SetLimit(limit)
	var inside, most atomic.Int64
	var all sync.WaitGroup
	for range callers {
		all.Go(func() {
			for range rounds {
				if g.Enter() == 0 {
					continue
				}
				n := inside.Add(1)
				for seen := most.Load(); n > seen && !most.CompareAndSwap(seen, n); seen = most.Load() {
				}
				inside.Add(-1)
				g.Leave()
			}
		})
	}
	all.Wait()
	if most.Load() > limit || g.Running() != 0 {
		t.Errorf("%d were inside of %d, %d are left", most.Load(), limit, g.Running())
	}
}
