package comparison_test

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"sluice/internal/comparison"
	"sluice/internal/race"
)

// tenTimes is a linear rollout: ten percent more after each tenth of the requests.
func tenTimes(requests int) func(int) float64 {
	return func(n int) float64 { return float64(10*n/requests+1) / 10 }
}

// outage makes the middle fifth of the requests fail, whichever version they go to.
func outage(requests int) func(int) float64 {
	return func(n int) float64 {
		if n >= 2*requests/5 && n < 3*requests/5 {
			return 0.6
		}
		return 0.01
	}
}

// rising makes requests fail more and more often while the weight grows, too.
func rising(requests int) func(int) float64 {
	return func(n int) float64 { return 0.3 * float64(n) / float64(requests) }
}

// releases is how many releases are simulated for a rate of false alarms.
func releases() int {
	if race.Enabled {
		return 300
	}
	return 2000
}

// goodErrors are releases of a version that fails no more often than it may.
func goodErrors() map[string]release {
	const n = 1000
	same := func(chance func(int) float64, share func(int) float64) release {
		return release{current: failing(chance), target: failing(chance), share: share, requests: n, look: 50}
	}
	eachCall := same(always(0.2), always(0.1))
	eachCall.look, eachCall.requests = 1, 300
	atTheLimit := same(always(0.1), always(0.1))
	atTheLimit.target = failing(always(1 / (1 + 9/1.25))) // the tolerated odds
	return map[string]release{
		"no errors":                     same(always(0), always(0.1)),
		"0.1 %":                         same(always(0.001), always(0.1)),
		"1 %":                           same(always(0.01), always(0.1)),
		"20 %":                          same(always(0.2), always(0.1)),
		"99 %":                          same(always(0.99), always(0.5)),
		"20 %, a look after each call":  eachCall,
		"1 %, traffic grows":            same(always(0.01), tenTimes(n)),
		"outage while traffic grows":    same(outage(n), tenTimes(n)),
		"errors grow as traffic does":   same(rising(n), tenTimes(n)),
		"as bad as tolerated, no more":  atTheLimit,
		"negligible, the other has 0 %": {current: failing(always(0)), target: failing(always(0.001)), share: always(0.1), requests: 4 * n, look: 200},
	}
}

// goodDurations are releases of a version that is no slower than it may be.
func goodDurations() map[string]release {
	const n = 1000
	same := func(sigma float64, factor func(int) float64, share func(int) float64) release {
		calls := lasting(100*time.Millisecond, sigma, factor)
		return release{current: calls, target: calls, share: share, requests: n, look: 50}
	}
	busier := func(i int) float64 { return 1 + 4*float64(i)/n }
	aFifth := same(0.3, always(1), always(0.1))
	aFifth.target = lasting(100*time.Millisecond, 0.3, always(1.2))
	short := same(0.5, always(1), always(0.1))
	short.current, short.target = lasting(time.Millisecond, 0.5, always(1)), lasting(time.Millisecond, 0.5, always(2))
	return map[string]release{
		"same durations":                same(0.5, always(1), always(0.1)),
		"same, traffic grows":           same(0.5, always(1), tenTimes(n)),
		"slower as traffic grows":       same(0.5, busier, tenTimes(n)),
		"20 % slower":                   aFifth,
		"1 ms becomes 2 ms":             short,
		"new processes start up slowly": {current: same(0.5, always(1), nil).current, target: startingUp, share: always(0.1), requests: n, look: 50},
	}
}

// startingUp is slow for the first requests of the release: some twenty of its own, if it gets one of ten.
func startingUp(r *rand.Rand, n int) (time.Duration, bool) {
	took := time.Duration(float64(100*time.Millisecond) * math.Exp(0.5*r.NormFloat64()))
	if n < 200 {
		took += 2 * time.Second
	}
	return took, false
}

func TestFalseAlarmsAreAsRareAsSaid(t *testing.T) {
	for kind, table := range map[string]map[string]release{"errors": goodErrors(), "durations": goodDurations()} {
		for name, good := range table {
			t.Run(kind+"/"+name, func(t *testing.T) {
				t.Parallel()
				rate := rejected(good.repeat(releases()))
				t.Logf("| %s | %.2f %% |", name, 100*rate)
				if rate > 0.01 {
					t.Errorf("that is more than 1 %%")
				}
			})
		}
	}
}

// The bound has to hold at other rates too, and not because nothing ever rings.
func TestFalseAlarmsFollowTheRateThatIsAskedFor(t *testing.T) {
	t.Parallel()
	good := goodErrors()["as bad as tolerated, no more"]
	good.options.FalseAlarms = 0.4
	rate := rejected(good.repeat(releases()))
	t.Logf("stopped %.2f %% of good releases", 100*rate)
	if rate > 0.2 || rate < 0.005 {
		t.Errorf("stopped %.2f %% of releases at the limit, with 20 %% allowed for errors", 100*rate)
	}
}

// A target without a current version beside it is compared with a sample from before, which is off by chance as well.
func TestFalseAlarmsOfATargetAlone(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	call := lasting(100*time.Millisecond, 0.5, always(1))
	sample := func(calls int) (c comparison.Counts) {
		for range calls {
			took, _ := call(r, 0)
			c.Add(took, r.Float64() < 0.01)
		}
		return c
	}
	alarms := 0
	for range releases() {
		test := comparison.New(comparison.Options{}, sample(200))
		for look := 0; look < 40 && !test.Verdict().Worse; look++ {
			test = test.Alone(sample(25))
		}
		if test.Verdict().Worse {
			alarms++
		}
	}
	t.Logf("stopped %d of %d", alarms, releases())
	if float64(alarms) > 0.01*float64(releases()) {
		t.Errorf("that is more than 1 %%")
	}
}
