package comparison_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"sluice/internal/comparison"
)

// behaviour is what a version does with its call number n of the release.
type behaviour func(r *rand.Rand, n int) (took time.Duration, failed bool)

// release is a release to simulate.
type release struct {
	current, target behaviour
	share           func(n int) float64 // of the target, at request n
	requests        int                 // after which it ends
	look            int                 // requests between looks
	options         comparison.Options
}

// outcome is how a simulated release ended.
type outcome struct {
	what          comparison.What
	target, inAll int // requests until then
}

// run simulates one release. Requests go to the versions by lot, as the weight says.
func (l release) run(seed uint64) outcome {
	r := rand.New(rand.NewPCG(seed, 6))
	test := comparison.New(l.options, comparison.Counts{})
	var current, target comparison.Counts
	var o outcome
	for n := range l.requests {
		if r.Float64() < l.share(n) {
			took, failed := l.target(r, n)
			target.Add(took, failed)
			o.target++
		} else {
			current.Add(l.current(r, n))
		}
		if (n+1)%l.look != 0 {
			continue
		}
		test = test.Observe(current, target)
		current, target = comparison.Counts{}, comparison.Counts{}
		if verdict := test.Verdict(); verdict.Worse {
			o.what, o.inAll = verdict.What, n+1
			return o
		}
	}
	o.inAll = l.requests
	return o
}

// repeat simulates a release with many seeds.
func (l release) repeat(times int) []outcome {
	all := make([]outcome, times)
	for i := range all {
		all[i] = l.run(uint64(i))
	}
	return all
}

// rejected is the share of releases that were stopped.
func rejected(all []outcome) float64 {
	n := 0
	for _, o := range all {
		if o.what != comparison.Nothing {
			n++
		}
	}
	return float64(n) / float64(len(all))
}

// quantile returns the figure that the share q of the releases does not exceed.
func quantile(all []outcome, q float64, figure func(outcome) int) int {
	figures := make([]int, len(all))
	for i, o := range all {
		figures[i] = figure(o)
	}
	slices.Sort(figures)
	return figures[int(math.Ceil(q*float64(len(figures))))-1]
}

func always(share float64) func(int) float64 { return func(int) float64 { return share } }

// failing fails each call with a chance that may depend on when it comes, and takes 1 ms.
func failing(chance func(n int) float64) behaviour {
	return func(r *rand.Rand, n int) (time.Duration, bool) { return time.Millisecond, r.Float64() < chance(n) }
}

// lasting never fails. Its durations are lognormal: their median times factor, and ±σ on the logarithmic scale.
func lasting(median time.Duration, sigma float64, factor func(n int) float64) behaviour {
	return func(r *rand.Rand, n int) (time.Duration, bool) {
		return time.Duration(float64(median) * factor(n) * math.Exp(sigma*r.NormFloat64())), false
	}
}
