package comparison

import (
	"fmt"
	"math"
	"testing"
)

// chances returns how likely each number of the target's events is, counted out with logarithms of factorials.
func chances(current, target, events int64, odds float64) map[int64]float64 {
	weights := map[int64]float64{}
	top := math.Inf(-1)
	for k := max(0, events-current); k <= min(target, events); k++ {
		weights[k] = logChoose(target, k) + logChoose(current, events-k) + float64(k)*math.Log(odds)
		top = max(top, weights[k])
	}
	total := 0.0
	for k, w := range weights {
		weights[k] = math.Exp(w - top)
		total += weights[k]
	}
	for k := range weights {
		weights[k] /= total
	}
	return weights
}

func logChoose(n, k int64) float64 {
	return logFactorial(float64(n)) - logFactorial(float64(k)) - logFactorial(float64(n-k))
}

// expectation is what a stake of 1 on the multiple i is expected to become if the versions' true ratio of odds is truth.
func expectation(current, target, events int64, tolerated, truth float64, i int) float64 {
	sum := 0.0
	for k, chance := range chances(current, target, events, truth) {
		b := block{Current: current, Target: target, CurrentEvents: events - k, TargetEvents: k}
		sum += chance * math.Exp(b.ratios(tolerated)[i])
	}
	return sum
}

var sizes = []struct{ current, target int64 }{{1, 1}, {9, 1}, {1, 9}, {90, 10}, {10, 90}, {7, 5}, {400, 30}}

func TestBetOnABlockIsFairAtTheToleratedOdds(t *testing.T) {
	for _, size := range sizes {
		for events := int64(1); events < size.current+size.target; events++ {
			for i := range multiples {
				if got := expectation(size.current, size.target, events, 1.5, 1.5, i); math.Abs(got-1) > 1e-9 {
					t.Fatalf("%v calls, %d events, multiple %v: a stake of 1 becomes %v", size, events, multiples[i], got)
				}
			}
		}
	}
}

func TestBetOnABlockLosesBelowTheToleratedOdds(t *testing.T) {
	for _, truth := range []float64{0.01, 0.5, 1, 1.4} {
		for _, size := range sizes {
			for events := int64(1); events < size.current+size.target; events += 3 {
				for i := range multiples {
					if got := expectation(size.current, size.target, events, 1.5, truth, i); got > 1+1e-9 {
						t.Fatalf("%v calls, %d events, true odds %v: a stake of 1 becomes %v", size, events, truth, got)
					}
				}
			}
		}
	}
}

func TestBetOnABlockWinsAtItsOwnOdds(t *testing.T) {
	for i, multiple := range multiples {
		if got := expectation(90, 10, 12, 1.5, 1.5*multiple, i); got < 1.05 {
			t.Errorf("multiple %v: a stake of 1 becomes %v", multiple, got)
		}
	}
}

func TestBetAloneIsFair(t *testing.T) {
	const calls, odds = 40, 0.05
	for i := range multiples {
		sum := 0.0
		for events := int64(0); events <= calls; events++ {
			chance := math.Exp(logChoose(calls, events) + float64(events)*math.Log(odds) - calls*math.Log1p(odds))
			sum += chance * math.Exp(solo{calls, events}.ratios(odds)[i])
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Errorf("multiple %v: a stake of 1 becomes %v", multiples[i], sum)
		}
	}
}

// A block of many calls has to weigh as much as counting out each number of events says.
func TestRatiosOfLargeBlocks(t *testing.T) {
	for _, b := range []block{
		{Current: 9000, Target: 1000, CurrentEvents: 450, TargetEvents: 60},
		{Current: 1000, Target: 9000, CurrentEvents: 900, TargetEvents: 8900},
		{Current: 50, Target: 100000, CurrentEvents: 50, TargetEvents: 40},
	} {
		t.Run(fmt.Sprint(b), func(t *testing.T) {
			events := b.CurrentEvents + b.TargetEvents
			null := chances(b.Current, b.Target, events, 1.5)[b.TargetEvents]
			for i, multiple := range multiples[:3] {
				want := math.Log(chances(b.Current, b.Target, events, 1.5*multiple)[b.TargetEvents] / null)
				if got := b.ratios(1.5)[i]; math.Abs(got-want) > 1e-6*max(1, math.Abs(want)) {
					t.Errorf("multiple %v: %v, want %v", multiple, got, want)
				}
			}
		})
	}
}

func TestRatiosOfHugeBlocksAreNumbers(t *testing.T) {
	for _, b := range []block{
		{Current: 1e9, Target: 1e9, CurrentEvents: 1e4, TargetEvents: 1e4},
		{Current: 1e9, Target: 1, CurrentEvents: 1e9, TargetEvents: 0},
		{Current: 1, Target: 1e9, CurrentEvents: 0, TargetEvents: 1e9},
	} {
		for i, ratio := range b.ratios(1.5) {
			if math.IsNaN(ratio) || math.IsInf(ratio, 0) {
				t.Errorf("%v: the ratio for %v is %v", b, multiples[i], ratio)
			}
		}
	}
}

func TestTelling(t *testing.T) {
	for _, tt := range []struct {
		name string
		b    block
		want bool
	}{
		{"an event among calls of both", block{9, 1, 0, 1}, true},
		{"no event", block{9, 1, 0, 0}, false},
		{"events everywhere", block{9, 1, 9, 1}, false},
		{"one version alone", block{0, 10, 0, 5}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.b.telling(); got != tt.want {
				t.Errorf("telling = %v", got)
			}
		})
	}
}
