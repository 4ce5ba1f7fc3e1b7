package comparison

import (
	"fmt"
	"math"
	"testing"
)

// atMost is the chance of so many events or fewer.
func atMost(events, calls int64, share float64) float64 {
	sum := 0.0
	for k := range events + 1 {
		sum += math.Exp(logChoose(calls, k) + float64(k)*math.Log(share) + float64(calls-k)*math.Log1p(-share))
	}
	return sum
}

func TestUpperOddsMissesNoOftenerThanSaid(t *testing.T) {
	for _, tt := range []struct {
		events, calls int64
		miss          float64
	}{{0, 1, 0.1}, {0, 30, 0.01}, {3, 200, 1e-4}, {100, 1000, 1e-4}, {999, 1000, 0.01}} {
		t.Run(fmt.Sprint(tt), func(t *testing.T) {
			odds := upperOdds(tt.events, tt.calls, tt.miss)
			share := odds / (1 + odds)
			if got := atMost(tt.events, tt.calls, share); got > tt.miss*1.0001 {
				t.Errorf("at the bound %v so few events have the chance %v", share, got)
			}
			if share <= float64(tt.events)/float64(tt.calls) {
				t.Errorf("the bound %v is not above what was seen", share)
			}
		})
	}
}

func TestUpperOddsTightensWithCalls(t *testing.T) {
	last := math.Inf(1)
	for _, calls := range []int64{10, 100, 1000, 100000} {
		odds := upperOdds(calls/10, calls, 1e-4)
		if odds >= last {
			t.Errorf("%d calls: %v, no tighter than %v", calls, odds, last)
		}
		last = odds
	}
	if last > 0.117 {
		t.Errorf("the last bound is %v, far from 1/9", last)
	}
}

func TestUpperOddsKnowsNothing(t *testing.T) {
	for _, calls := range []int64{0, 5} {
		if got := upperOdds(calls, calls, 0.01); !math.IsInf(got, 1) {
			t.Errorf("%d of %d: %v", calls, calls, got)
		}
	}
}
