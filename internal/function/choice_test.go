package function_test

import (
	"fmt"
	"math"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"
	"sluice/internal/function"
	"sluice/internal/race"
)

// anyWeight draws weights of all sizes, with a liking for the ones that people and arithmetic care about.
func anyWeight() *rapid.Generator[float64] {
	return rapid.OneOf(
		rapid.Float64Range(0, 1),
		rapid.Float64Range(0, 1e-5),
		rapid.Float64Range(1-1e-5, 1),
		rapid.SampledFrom([]float64{0, 0.01, 0.1, 0.25, 1.0 / 3, 0.5, math.Nextafter(0.5, 1), 0.9, 1}),
	)
}

func TestChoiceIsExactInEveryPrefix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := anyWeight().Draw(t, "weight")
		lengths := []int{100, 10_000, 100_000, 1_000_000}
		if race.Enabled {
			lengths = lengths[:3]
		}
		length := rapid.SampledFrom(lengths).Draw(t, "length")
		c := function.NewChoice(function.Weight(w), rapid.Uint64().Draw(t, "seed"))
		had := 0
		for n := 1; n <= length; n++ {
			if c.Additional() {
				had++
			}
			if off := float64(had) - w*float64(n); off >= 1+1e-6 || off <= -1-1e-6 {
				t.Fatalf("after %d requests at weight %v the additional version had %d, off by %v", n, w, had, off)
			}
		}
	})
}

func TestChoiceAtTheEnds(t *testing.T) {
	for _, tt := range []struct {
		weight function.Weight
		want   bool
	}{{0, false}, {1, true}} {
		c := function.NewChoice(tt.weight, 1)
		for n := range 10_000 {
			if c.Additional() != tt.want {
				t.Fatalf("weight %v: request %d went the other way", tt.weight, n)
			}
		}
	}
}

func TestZeroChoiceNeverChoosesTheAdditionalVersion(t *testing.T) {
	var c function.Choice
	for range 1000 {
		if c.Additional() {
			t.Fatal("the zero Choice chose the additional version")
		}
	}
}

// A client with a rhythm calls at n = phase, phase+period, … If the chosen places followed a period, some phase would
// get far more or fewer than its share; with places drawn anew in each stratum each phase's count is a sum of nearly
// independent draws, so it stays within six standard deviations.
func TestChoiceHidesFromARhythm(t *testing.T) {
	longest := 1000
	if race.Enabled {
		longest = 100
	}
	for _, w := range []float64{0.01, 0.1, 0.25, 0.3, 0.4, 0.45, 0.7} {
		const length = 200_000
		c := function.NewChoice(function.Weight(w), 42)
		var chosen []int // the requests that the additional version got
		for n := range length {
			if c.Additional() {
				chosen = append(chosen, n)
			}
		}
		for period := 2; period <= longest; period++ {
			counts := make([]int, period)
			for _, n := range chosen {
				counts[n%period]++
			}
			calls := float64(length / period)
			limit := 6*math.Sqrt(calls*w*(1-w)) + 2
			for phase, count := range counts {
				if math.Abs(float64(count)-w*calls) > limit {
					t.Fatalf("weight %v: a caller of every %dth request, from %d on, met the additional version %d times, expected %.0f ± %.0f",
						w, period, phase, count, w*calls, limit)
				}
			}
		}
	}
}

func TestChoiceOrderDependsOnTheSeed(t *testing.T) {
	a, b := function.NewChoice(0.25, 1), function.NewChoice(0.25, 2)
	same := 0
	for range 4000 {
		if a.Additional() == b.Additional() {
			same++
		}
	}
	if want := 0.625 * 4000; math.Abs(float64(same)-want) > 200 {
		t.Errorf("two seeds agree on %d of 4000 requests, expected about %.0f", same, want)
	}
}

func TestChoiceIsExactUnderConcurrency(t *testing.T) {
	const workers, each = 8, 10_000
	c := function.NewChoice(0.1, 7)
	var had atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for range each {
				if c.Additional() {
					had.Add(1)
				}
			}
		})
	}
	wg.Wait()
	if got, want := had.Load(), int64(workers*each/10); got != want {
		t.Errorf("the additional version had %d of %d requests, want %d", got, workers*each, want)
	}
}

func TestChoiceAllocatesNothing(t *testing.T) {
	c := function.NewChoice(0.1, 7)
	if n := testing.AllocsPerRun(1000, func() { c.Additional() }); n != 0 {
		t.Errorf("a choice allocates %v times", n)
	}
}

func BenchmarkChoice(b *testing.B) {
	c := function.NewChoice(0.1, 7)
	b.ReportAllocs()
	for b.Loop() {
		c.Additional()
	}
}

func ExampleChoice() {
	c := function.NewChoice(0.1, 1)
	had := 0
	for range 100 {
		if c.Additional() {
			had++
		}
	}
	fmt.Println(had, "of 100")
	// Output: 10 of 100
}
