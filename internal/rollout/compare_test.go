package rollout_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"sluice/internal/comparison"
	"sluice/internal/function"
	"sluice/internal/rollout"
)

// measures stands in for what was counted of each version.
type measures struct {
	mu     sync.Mutex
	counts map[function.Number]comparison.Counts
}

func (m *measures) Measured(id function.ID, alias string, n function.Number) comparison.Counts {
	m.mu.Lock()
	defer m.mu.Unlock()
	if id.Name != "f" || alias != "live" {
		return comparison.Counts{}
	}
	return m.counts[n]
}

func (m *measures) Recently(id function.ID, alias string, n function.Number) comparison.Counts {
	return m.Measured(id, alias, n)
}

// calls counts calls of a version, of which some fail.
func (m *measures) calls(n function.Number, calls, failed int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.counts == nil {
		m.counts = map[function.Number]comparison.Counts{}
	}
	c := m.counts[n]
	for i := range calls {
		c.Add(10*time.Millisecond, i < failed)
	}
	m.counts[n] = c
}

func comparedBubble(t *testing.T, compare, config string, test func(*testing.T, *guarded, *measures)) {
	t.Helper()
	counted := &measures{}
	guardedBubble(t, config, map[string]string{"sluice:compare": compare}, func(t *testing.T, g *guarded) {
		g.Close()
		g.restart = func() {
			g.Service = startService(t, rollout.ServiceConfig{
				Store: g.records, Traffic: g.aliases, Hooks: g.hooks, Alarms: g.alarms, Measures: counted,
			})
		}
		g.restart()
		counted.calls(1, 1000, 1)
		test(t, g, counted)
	})
}

func TestAVersionThatDoesWorseIsStopped(t *testing.T) {
	for compare, want := range map[string]rollout.Status{"on": rollout.Stopped, "off": rollout.InProgress} {
		t.Run(compare, func(t *testing.T) {
			comparedBubble(t, compare, "Canary10Percent5Minutes", func(t *testing.T, g *guarded, counted *measures) {
				d := g.deploy(t, false)
				for range 20 {
					counted.calls(1, 90, 0)
					counted.calls(2, 10, 5)
					after(time.Second)
				}
				if d = g.find(t, d.ID); d.Status() != want {
					t.Fatalf("it is %s, want %s", d.Status(), want)
				}
				if want == rollout.Stopped {
					g.wantRolledBack(t, d.ID, rollout.Stopped, rollout.TargetWorse)
					if detail := d.State.Failure.Detail; !strings.Contains(detail, "version 2 failed") {
						t.Errorf("it says %q", detail)
					}
				}
			})
		})
	}
}

func TestAVersionThatDoesAsWellGoesOn(t *testing.T) {
	comparedBubble(t, "on", "Canary10Percent5Minutes", func(t *testing.T, g *guarded, counted *measures) {
		d := g.deploy(t, false)
		for range 60 * 5 {
			counted.calls(1, 90, 9)
			counted.calls(2, 10, 1)
			after(time.Second)
		}
		if d = g.find(t, d.ID); d.Status() != rollout.Succeeded || d.Comparison == nil {
			t.Errorf("it is %s: %+v", d.Status(), d.State.Failure)
		}
	})
}

// Evidence that was stored with a shift is not lost with the server, whose counts begin anew.
func TestEvidenceOutlivesItsServer(t *testing.T) {
	comparedBubble(t, "on", "Linear10PercentEvery1Minute", func(t *testing.T, g *guarded, counted *measures) {
		d := g.deploy(t, false)
		counted.calls(1, 900, 0)
		counted.calls(2, 4, 2)
		after(61 * time.Second)
		g.Close()
		counted.mu.Lock()
		counted.counts = nil
		counted.mu.Unlock()
		g.restart()
		after(0)
		if got := g.find(t, d.ID).Comparison.Target(); got.Calls != 4 || got.Errors != 2 {
			t.Fatalf("the stored evidence is of %d calls with %d errors", got.Calls, got.Errors)
		}
		counted.calls(1, 100, 0)
		counted.calls(2, 8, 4)
		after(time.Second)
		g.wantRolledBack(t, d.ID, rollout.Stopped, rollout.TargetWorse)
	})
}

// With all of the traffic on the target, it is compared with what the other version did before.
func TestATargetAloneIsComparedWithTheTimeBefore(t *testing.T) {
	comparedBubble(t, "on", "AllAtOnce", func(t *testing.T, g *guarded, counted *measures) {
		d := g.deploy(t, true)
		g.report(t, "before", d, true)
		counted.calls(2, 100, 60)
		after(time.Second)
		g.wantRolledBack(t, d.ID, rollout.Stopped, rollout.TargetWorse)
	})
}
