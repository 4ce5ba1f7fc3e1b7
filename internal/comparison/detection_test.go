package comparison_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"sluice/internal/comparison"
	"sluice/internal/race"
)

func ofTarget(o outcome) int { return o.target }
func inAll(o outcome) int    { return o.inAll }

// bad is a release of a version that has to be caught within so many of its own requests, in half of the cases.
type bad struct {
	name string
	release
	want   comparison.What
	within int
}

func failingMore(current, target, share float64, within int) bad {
	return bad{
		name: fmt.Sprintf("%g %% to %g %% at a share of %g", 100*current, 100*target, share), want: comparison.Errors, within: within,
		release: release{current: failing(always(current)), target: failing(always(target)), share: always(share), requests: 200_000, look: 20},
	}
}

func lastingLonger(sigma, factor float64, within int) bad {
	return bad{
		name: fmt.Sprintf("times %g at a spread of %g", factor, sigma), want: comparison.Latency, within: within,
		release: release{
			current: lasting(100*time.Millisecond, sigma, always(1)), target: lasting(100*time.Millisecond, sigma, always(factor)),
			share: always(0.1), requests: 50_000, look: 20,
		},
	}
}

// hanging takes five seconds for a call in twenty.
func hanging() bad {
	b := lastingLonger(0.3, 1, 300)
	b.name = "one call of 20 hangs"
	usual := b.target
	b.target = func(r *rand.Rand, n int) (time.Duration, bool) {
		took, failed := usual(r, n)
		if r.Float64() < 0.05 {
			took = 5 * time.Second
		}
		return took, failed
	}
	return b
}

// breaksLate is good for 20 000 requests, of which it gets 2000, and fails half of its calls then.
func breaksLate() bad {
	b := failingMore(0.01, 0.5, 0.1, 2060)
	b.name = "1 % to 50 %, after 20000 requests"
	b.target = failing(func(n int) float64 {
		if n < 20_000 {
			return 0.01
		}
		return 0.5
	})
	b.look = 100
	return b
}

func badReleases() []bad {
	slight, rare := failingMore(0.01, 0.02, 0.1, 6500), failingMore(0, 0.01, 0.01, 550)
	slight.look, rare.look = 200, 200
	return []bad{
		failingMore(0, 0.01, 0.1, 600), failingMore(0, 0.05, 0.1, 120), failingMore(0, 0.5, 0.1, 12),
		failingMore(0.001, 0.01, 0.1, 1000), failingMore(0.001, 0.05, 0.1, 140), failingMore(0.001, 0.5, 0.1, 12),
		slight, failingMore(0.01, 0.05, 0.1, 450), failingMore(0.01, 0.5, 0.1, 12),
		rare, failingMore(0, 0.5, 0.01, 10), failingMore(0, 0.01, 0.5, 1700), failingMore(0, 0.5, 0.5, 35),
		breaksLate(),
		lastingLonger(0.2, 1.5, 70), lastingLonger(0.2, 2, 50), lastingLonger(0.2, 5, 50),
		lastingLonger(0.5, 1.5, 500), lastingLonger(0.5, 2, 80), lastingLonger(0.5, 5, 50),
		lastingLonger(1, 2, 450), lastingLonger(1, 5, 60),
		hanging(),
	}
}

func TestBadVersionsAreCaught(t *testing.T) {
	times := 40
	if race.Enabled {
		times = 20
	}
	for _, b := range badReleases() {
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			var all []outcome
			for seed := range times {
				o := b.run(uint64(seed))
				if o.what != b.want {
					t.Fatalf("release %d ended with %q after %d requests", seed, o.what, o.inAll)
				}
				all = append(all, o)
			}
			half, most := quantile(all, 0.5, ofTarget), quantile(all, 0.9, ofTarget)
			t.Logf("| %s | %d | %d | %d |", b.name, half, most, quantile(all, 0.5, inAll))
			if half > b.within {
				t.Errorf("half of them took more than %d requests of the target", b.within)
			}
		})
	}
}

// A fifth more is within what the default tolerates, but for whom it matters it can be found.
func TestAFifthSlowerIsToldOnlyToThoseWhoAsk(t *testing.T) {
	t.Parallel()
	b := lastingLonger(0.5, 1.2, 0)
	b.requests = 40_000
	if rate := rejected(b.repeat(20)); rate > 0 {
		t.Errorf("by default %v of the releases were stopped", rate)
	}
	b.options = comparison.Options{Odds: 1.1, Slower: 1.02}
	all := b.repeat(20)
	t.Logf("| times 1.2, tolerating 1.02 | %d | %d | %d |", quantile(all, 0.5, ofTarget), quantile(all, 0.9, ofTarget), quantile(all, 0.5, inAll))
	if rate := rejected(all); rate < 0.9 {
		t.Errorf("with less tolerance only %v of the releases were stopped", rate)
	}
}
